import { onTestFinished } from 'vitest'
import { type AwsSettings, awsClients } from '../../../src/adapters/aws/clients.ts'
import { awsServices } from '../../../src/adapters/aws/services.ts'
import type { Origin } from '../../../src/ports/aws.ts'
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts'
import type { PracticeAwsOptions } from '../../../src/sandbox/aws/start.ts'
import { practise } from '../../sandbox/aws/practice.ts'

const SERVICES = ['drs', 'ssm', 'sts', 'rds', 'route53', 'secretsmanager', 'service_quotas']

/** The id of a server of `payments`. */
export const server = (number: number) => `s-0a${String(number).padStart(15, '0')}`

/** The adapters over the real SDK, spoken to by a practice AWS on a clock that the test turns. */
export async function awsGround(
  scenario: Scenario = [],
  settings: Partial<AwsSettings> = {},
  practice: Partial<PracticeAwsOptions> = {},
) {
  const ground = await practise({ scenario, ...practice })
  const { clock, url, calls } = ground
  const clients = awsClients({
    region: 'us-west-2',
    clock,
    endpoints: Object.fromEntries(SERVICES.map((name) => [name, url])),
    credentials: { accessKeyId: 'AKIASAMPLE', secretAccessKey: 'sample' },
    ...settings,
  })
  onTestFinished(() => clients.close())
  const world = {
    clock,
    ...awsServices(clients),
  }
  const origin = (attempt = 1): Origin => ({
    execution: '01SAMPLE',
    task: 'launch',
    attempt,
    intendedAt: clock.now().toISOString(),
  })
  const callsOf = (operation: string) => calls().filter((call) => call.operation === operation)
  return { ...ground, ...world, world, clients, origin, callsOf }
}
