import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageMessage } from '../../src/sandbox/slack/page-api.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

const CHANNEL = 'C0PAYMENTS'
let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-flight-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const shown = (id: string, part: string): PageMessage | undefined =>
  practice.slack
    .person(id)
    .messages(CHANNEL)
    .findLast((message) => JSON.stringify(message).includes(part))

const appears = (id: string, part: string): Promise<PageMessage> =>
  practice.slack.until(() => shown(id, part))

const opened = (id: string, title: string) =>
  practice.slack.until(() =>
    practice.slack
      .person(id)
      .views()
      .find(({ view }) => view.type === 'modal' && view.title.text === title),
  )

const headline = () =>
  practice.slack
    .person('U0VIEWER')
    .messages(CHANNEL)
    .find((message) => !message.threadTs)

test('a real failover from the slash command to the report: a failure retried, a forbidden click, an approval', async () => {
  const olive = practice.slack.person('U0OPERATOR')
  const avery = practice.slack.person('U0APPROVER')

  await olive.say(CHANNEL, '/dr failover payments')
  const form = await opened('U0OPERATOR', 'Start REAL failover')
  const wrong = await olive.submit(form, {
    'plan-name': { value: 'storefront' },
    region: { value: 'us-west-2' },
  })
  expect(JSON.stringify(wrong)).toContain('type “Payments”')
  const elsewhere = await olive.submit(form, {
    'plan-name': { value: 'Payments' },
    region: { value: 'us-east-1' },
  })
  expect(JSON.stringify(elsewhere)).toContain('recovers to “us-west-2”')
  await olive.submit(form, { 'plan-name': { value: 'Payments' }, region: { value: 'us-west-2' } })

  const failure = await appears('U0OPERATOR', 'decide:retry')
  expect(failure.threadTs).toBe(headline()?.ts)
  expect(JSON.stringify(failure)).toContain('payments-cache-1 did not answer')
  await olive.click(failure, 'decide:retry')

  const gate = await appears('U0OPERATOR', 'decide:approve')
  await olive.click(gate, 'decide:approve')
  const refusal = await practice.slack.until(() => olive.ephemerals(CHANNEL).at(-1))
  expect(refusal.text).toMatch(/approver/i)

  const again = await appears('U0APPROVER', 'decide:approve')
  await avery.click(again, 'decide:approve')
  const end = await appears('U0VIEWER', 'Payments has ended')
  expect(JSON.stringify(end)).toContain('Completed')

  const decided = practice.slack
    .person('U0VIEWER')
    .messages(CHANNEL)
    .find(({ ts }) => ts === gate.ts)
  expect(JSON.stringify(decided)).toContain('Approved by')
  expect(JSON.stringify(decided)).not.toContain('decide:')
  expect(practice.aws.calls().filter(({ operation }) => operation === 'StartRecovery')).toHaveLength(1)
  await practice.slack.until(() => (JSON.stringify(headline()).includes('✅') ? true : undefined))
}, 60_000)

test('the same run is there over the API, and its tasks are where the chat says', async () => {
  const response = await fetch(`${practice.apiUrl}/api/v1/executions`, {
    headers: { authorization: `Bearer ${practice.apiToken}` },
  })
  expect(response.status).toBe(200)
  const body: unknown = await response.json()
  expect(body).toMatchObject({
    executions: [{ recovery_plan_id: 'payments', mode: 'recovery', status: 'COMPLETED' }],
  })
})
