import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { startAws } from '../../src/sandbox/aws/start.ts'
import { startDynamoDb } from '../../src/sandbox/embedded/dynamodb.ts'
import { startRedis } from '../../src/sandbox/embedded/redis.ts'
import { practiceSecrets } from '../../src/sandbox/secrets.ts'
import { sampleWorkspace } from '../../src/sandbox/slack/sample-workspace.ts'
import { startSlack } from '../../src/sandbox/slack/start.ts'
import { type Mortal, mortal } from './mortal.ts'

export const ROOT = resolve(import.meta.dirname, '../..')
export const TABLE = 'lifeboat-chaos'
export const CREDENTIALS = { accessKeyId: 'practice', secretAccessKey: 'practice' }
/** How long a start may be without an outcome before others look for it: a process is stopped for longer than that. */
export const LEASE_SECONDS = 2
/** AWS seconds in one real second: a DRS job takes some nine seconds, an automation one or two. */
const SPEED = 120

export interface Ground {
  readonly folder: string
  /** The environment that points a bot or a worker here. */
  readonly settings: { readonly [name: string]: string }
  readonly apiToken: string
  readonly aws: Awaited<ReturnType<typeof startAws>>
  readonly redis: Mortal
  readonly dynamo: Mortal
  close(): Promise<void>
}

/** The practice ground without its bot and worker, with a Redis and a DynamoDB that can be killed. */
export async function startGround(folder: string): Promise<Ground> {
  const { apiToken, botToken, signingSecret } = practiceSecrets(join(folder, 'secrets.json'))
  const [dynamo, redis] = await Promise.all([
    mortal((port) => startDynamoDb({ folder: join(folder, 'dynamodb'), port })),
    mortal((port) => startRedis({ folder: join(folder, 'redis'), port })),
  ])
  const aws = await startAws({ clock: systemClock, speed: SPEED, scenario: [] })
  const slack = await startSlack({
    clock: systemClock,
    manifest: JSON.parse(readFileSync(join(ROOT, 'manifests', 'slack.json'), 'utf8')),
    signingSecret,
    botToken,
    workspace: sampleWorkspace,
  })
  const settings = {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${slack.url}/api/`,
    SLACK_CHANNEL: 'C0INCIDENTS',
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: dynamo.url,
    DYNAMODB_TABLE: TABLE,
    REDIS_URL: redis.url,
    POLICY_FILE: policyFile(folder, apiToken),
    POLL_SECONDS: '1',
    LEASE_SECONDS: String(LEASE_SECONDS),
    LOG_LEVEL: 'info',
    PATH: '/usr/bin:/bin',
  }
  const close = async () => {
    await Promise.all([dynamo, redis, aws, slack].map((one) => one.close()))
  }
  return { folder, settings, apiToken, aws, redis, dynamo, close }
}

/** One API token that may do everything. */
function policyFile(folder: string, apiToken: string): string {
  const file = join(folder, 'policy.json')
  const sha256 = createHash('sha256').update(apiToken).digest('hex')
  const policy = { bindings: [], api_tokens: [{ name: 'decider', sha256, roles: ['admin'] }] }
  writeFileSync(file, JSON.stringify(policy))
  return file
}
