import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../../src/config.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-notices-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const published = z.object({
  Subject: z.string(),
  Message: z.string(),
  MessageAttributes: z.array(z.object({ Name: z.string(), Value: z.object({ StringValue: z.string() }) })),
})
const mails = () =>
  practice.aws
    .calls()
    .filter(({ operation }) => operation === 'Publish')
    .map(({ input }) => {
      const { Subject, Message, MessageAttributes } = published.parse(input)
      const email = MessageAttributes.find(({ Name }) => Name === 'Email')?.Value.StringValue
      return { Subject, Message, email }
    })

const events = async () => {
  const response = await fetch(`${practice.aws.url}/_sandbox/events`)
  const kept = z.array(z.object({ bus: z.string(), detailType: z.string(), detail: z.string() }))
  return kept.parse(await response.json())
}

test('a drill whose database cannot move writes to the team of the plan and to that of the task', async () => {
  practice.aws.setScenario([
    {
      when: { operation: 'DescribeGlobalClusters' },
      // biome-ignore lint/suspicious/noThenProperty: the word of a scenario's author; no rule is ever awaited.
      then: { error: { code: 'GlobalClusterNotFoundFault', status: 404 } },
    },
  ])
  const started = await fetch(`${practice.apiUrl}/api/v1/executions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${practice.apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ recovery_plan_id: 'payments', mode: 'drill' }),
  })
  expect(started.status).toBe(201)

  await expect
    .poll(() => mails().map(({ Subject }) => Subject), { timeout: 30_000 })
    .toEqual(['DRILL - run started: Payments', 'DRILL - task failed: Move the database (Payments)'])
  const [begun, failed] = mails()
  expect(begun?.email).toBe('["dr-team@example.com"]')
  expect(failed?.email).toBe('["dr-team@example.com","dba-team@example.com"]')
  expect(failed?.Message).toContain('The database of payments moves to us-west-2.')

  await expect
    .poll(async () => (await events()).map(({ detailType }) => detailType))
    .toEqual(['RunStarted', 'TaskFailed'])
  const [, event] = await events()
  expect(event?.bus).toBe('lifeboat')
  expect(JSON.parse(event?.detail ?? '')).toMatchObject({
    recovery_plan_id: 'payments',
    task_id: 'database-failover',
    recipients: ['dr-team@example.com', 'dba-team@example.com'],
  })
}, 60_000)

test.each([
  ['SNS_TOPIC_ARN', 'lifeboat-notices'],
  ['SNS_TOPIC_ARN', 'arn:aws:sns:us-west-2:111122223333:notices.fifo'],
  ['EVENT_BUS_NAME', 'a bus'],
])('the setting %s refuses %s at the start', (name, value) => {
  const read = readConfig({ ...practice.settings, [name]: value })
  expect(read).toMatchObject({ kind: 'invalid', problems: [expect.stringContaining(`${name} is malformed`)] })
})

test('without both settings nothing is sent', () => {
  const read = readConfig({ ...practice.settings, EVENT_BUS_NAME: '', SNS_TOPIC_ARN: '' })
  if (read.kind !== 'config') throw new Error('It was not taken.')
  expect([read.config.eventBus, read.config.topicArn]).toEqual([undefined, undefined])
})
