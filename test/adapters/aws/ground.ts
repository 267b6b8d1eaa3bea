import { onTestFinished } from 'vitest'
import { type AwsSettings, awsClients } from '../../../src/adapters/aws/clients.ts'
import { awsRecovery } from '../../../src/adapters/aws/drs.ts'
import { awsQuotas } from '../../../src/adapters/aws/quotas.ts'
import { awsDatabases } from '../../../src/adapters/aws/rds.ts'
import { awsDns } from '../../../src/adapters/aws/route53.ts'
import { awsAutomation } from '../../../src/adapters/aws/ssm.ts'
import { awsCommands } from '../../../src/adapters/aws/ssm-commands.ts'
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
    recovery: awsRecovery(clients),
    quotas: awsQuotas(clients),
    automation: awsAutomation(clients),
    commands: awsCommands(clients),
    databases: awsDatabases(clients),
    dns: awsDns(clients),
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
