import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { dynamoExecutions } from '../../src/adapters/dynamodb/executions.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { startBot } from '../../src/apps/bot.ts'
import { logger } from '../../src/apps/log.ts'
import { readConfig } from '../../src/config.ts'
import { policySchema } from '../../src/domain/permission.ts'
import type { ExecutionStore } from '../../src/ports/execution-store.ts'
import { sampleWorkspace } from '../../src/sandbox/slack/sample-workspace.ts'
import { type Slack, startSlack } from '../../src/sandbox/slack/start.ts'
import { startPractice } from '../../src/sandbox/start.ts'

export const CHANNEL = 'C0HANDS'
/** Who asks for the gates and puts the plan; no hand of a round. */
export const HOST = 'host'
const BY_EACH_WAY = 25

const numbers = Array.from({ length: BY_EACH_WAY }, (_, at) => String(at + 1).padStart(2, '0'))
/** People who press in Slack, by their ids there. */
export const PRESSERS: readonly string[] = numbers.map((number) => `U0HAND${number}`)
/** People, or their programs, who call the API, by the names of their tokens. */
export const CALLERS: readonly string[] = numbers.map((number) => `caller-${number}`)

export interface Ground {
  readonly slack: Slack
  readonly store: ExecutionStore
  /** Calls the API of one of the two bots, by the holder of that token. */
  call(by: string, method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>
  close(): Promise<void>
}

/** The practice ground with two bots on one table, and fifty people who all may decide. */
export async function startGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-hands-'))
  const practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, withoutApps: true })
  const { settings } = practice
  const slack = await startSlack({
    clock: systemClock,
    manifest: JSON.parse(readFileSync(resolve(import.meta.dirname, '../../manifests/slack.json'), 'utf8')),
    signingSecret: settings.SLACK_SIGNING_SECRET ?? '',
    botToken: settings.SLACK_BOT_TOKEN ?? '',
    workspace: crowd(),
    // Twenty-five people who press every few seconds for an hour are more than Slack lets one app answer in one channel.
    faults: { rateLimits: 'off' },
  })
  const policy = policySchema.parse({
    bindings: [{ role: 'approver', people: PRESSERS.map((id) => `slack:${id}`) }],
    api_tokens: [HOST, ...CALLERS].map((name) => ({
      name,
      sha256: createHash('sha256').update(tokenOf(name)).digest('hex'),
      roles: [name === HOST ? 'admin' : 'approver'],
    })),
  })
  const configured = readConfig({
    ...settings,
    SLACK_API_URL: `${slack.url}/api/`,
    SLACK_CHANNEL: CHANNEL,
    EVENT_BUS_NAME: '',
    SNS_TOPIC_ARN: '',
    PLANS_FOLDER: '',
  })
  if (configured.kind !== 'config') throw new Error('The ground made settings that do not fit the schema.')
  const { config } = configured
  const bots = [
    await startBot(config, policy, logger('silent')),
    await startBot(config, policy, logger('silent')),
  ]
  const ports = bots.map(({ port }) => port)
  slack.setRequestUrl(`http://127.0.0.1:${ports[0]}/slack/events`)
  const client = new DynamoDBClient({
    region: 'us-west-2',
    endpoint: settings.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    credentials: { accessKeyId: 'practice', secretAccessKey: 'practice' },
  })
  let calls = 0
  return {
    slack,
    store: dynamoExecutions(DynamoDBDocumentClient.from(client), settings.DYNAMODB_TABLE ?? ''),
    async call(by, method, path, body) {
      const port = ports[calls++ % ports.length]
      const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${tokenOf(by)}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      return { status: response.status, body: await response.json() }
    },
    async close() {
      await Promise.all(bots.map((bot) => bot.close()))
      client.destroy()
      await slack.close()
      await practice.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const tokenOf = (name: string): string => `practice-token-of-${name}`

function crowd() {
  const people = PRESSERS.map((id, at) => ({
    id,
    name: `hand-${numbers[at]}`,
    realName: `Hand ${numbers[at]}`,
    title: 'May approve',
    email: `hand-${numbers[at]}@example.com`,
    timeZone: 'Europe/Berlin',
    role: 'member' as const,
    deactivated: false,
  }))
  const members = [...PRESSERS, sampleWorkspace.app.botUserId]
  const channels = [{ id: CHANNEL, name: 'hands', topic: 'One card, many hands', members }]
  return { ...sampleWorkspace, people, userGroups: [], channels }
}
