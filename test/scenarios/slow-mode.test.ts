import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTable } from '../../src/adapters/dynamodb/table.ts'
import { readPolicyFile } from '../../src/adapters/files/policy-file.ts'
import { startBot } from '../../src/apps/bot.ts'
import { logger } from '../../src/apps/log.ts'
import { startWorker } from '../../src/apps/worker.ts'
import { readConfig } from '../../src/config.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

const CHANNEL = 'C0PAYMENTS'
const PLAN = `
recovery_plan_id: reports
name: Reports
tasks:
  - task_id: recover
    task_type: drs_recovery
    name: Recover the report server
    task_successors: [dns]
    inputs:
      role_arn: arn:aws:iam::444455556666:role/LifeboatRecovery
      external_id_secret: lifeboat/external-id/444455556666
      source_servers: [s-0c000000000000004]
  - task_id: dns
    task_type: route53_failover
    name: Point the reports to us-west-2
    inputs:
      role_arn: arn:aws:iam::444455556666:role/LifeboatRecovery
      external_id_secret: lifeboat/external-id/444455556666
      hosted_zone_id: Z0SAMPLELEDGER
      records:
        - { name: reports.ledger.example.com, type: CNAME, ttl: 60, values: [reports.example.com] }
`

let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-slow-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, withoutApps: true })
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('without Redis and without a stream the bot starts and says so, and the sweep brings a run to its end with one start', async () => {
  const plans = join(folder, 'plans')
  mkdirSync(plans)
  writeFileSync(join(plans, 'reports.yaml'), PLAN)
  const settings = { ...practice.settings, REDIS_URL: 'redis://127.0.0.1:1', PLANS_FOLDER: plans }
  const configured = readConfig(settings)
  if (configured.kind !== 'config') throw new Error('The settings do not fit.')
  const { config } = configured
  const policy = readPolicyFile(readFileSync(config.policyFile, 'utf8'), config.policyFile)
  if (policy.kind === 'invalid') throw new Error('The policy does not fit.')
  const { table, region, credentials, endpoints } = config.aws
  const dynamo = new DynamoDBClient({
    ...{ region, endpoint: endpoints.dynamodb ?? '' },
    ...(credentials && { credentials }),
  })
  await createTable(dynamo, table)
  const StreamSpecification = { StreamEnabled: false }
  await dynamo.send(new UpdateTableCommand({ TableName: table, StreamSpecification }))

  const log = logger('silent')
  const bot = await startBot(config, policy.policy, log)
  const worker = await startWorker(config, log)
  practice.slack.setRequestUrl(`http://127.0.0.1:${bot.port}/slack/events`)
  const olive = practice.slack.person('U0OPERATOR')
  const shows = (read: () => readonly unknown[], part: string) =>
    practice.slack.until(() => read().find((message) => JSON.stringify(message).includes(part)))
  const whispers = () => olive.ephemerals(CHANNEL)
  const messages = () => olive.messages(CHANNEL)
  try {
    await olive.say(CHANNEL, '/dr status')
    await shows(whispers, 'Redis does not answer')
    await shows(whispers, 'has no stream: turn it on')

    await olive.say(CHANNEL, '/dr drill reports')
    const form = await practice.slack.until(() =>
      olive.views().find(({ view }) => view.type === 'modal' && view.title.text === 'Start drill'),
    )
    await olive.submit(form, {})
    await shows(messages, 'Point the reports to us-west-2')
    await shows(messages, 'Reports has ended')
    const starts = practice.aws.calls().filter(({ operation }) => operation === 'StartRecovery')
    expect(starts).toHaveLength(1)
  } finally {
    await worker.close()
    await bot.close()
    dynamo.destroy()
  }
}, 120_000)
