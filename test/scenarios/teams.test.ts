import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import type { Teams } from '../../src/sandbox/teams/start.ts'
import { drawn, lookingAt } from './in-teams.ts'

const INCIDENTS = '19:practice-incidents@thread.tacv2'
const PAYMENTS = '19:practice-payments@thread.tacv2'
let folder: string
let practice: Practice
let teams: Teams

const start = () =>
  startPractice({
    ...{ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error', teams: 'connector' },
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-teams-'))
  practice = await start()
  if (!practice.teams) throw new Error('There is no Teams.')
  teams = practice.teams
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const { shown, appears } = lookingAt(() => teams)
const answered = (outcome: unknown): string => JSON.stringify(outcome)

test('a real failover in Teams, from a mention to its end: a failure retried, a forbidden press, an approval', async () => {
  const olive = teams.person('olive')
  const avery = teams.person('avery')
  await olive.say('failover payments', { channel: PAYMENTS })
  const form = await appears(PAYMENTS, 'Start REAL failover')
  const wrong = await olive.press(form, 'Start REAL failover', {
    'plan-name': 'storefront',
    region: 'us-west-2',
    reason: 'It burns',
  })
  expect(answered(wrong)).toContain('type “Payments”')
  const started = await olive.press(form, 'Start REAL failover', {
    'plan-name': 'Payments',
    region: 'us-west-2',
    reason: 'It burns',
  })
  expect(answered(started)).toContain('Recorded')

  const failure = await appears(PAYMENTS, '"asks":"retry"', 'payments-cache-1 did not answer')
  await olive.press(failure, 'Retry')

  const gate = await appears(PAYMENTS, '"asks":"approve"')
  expect(gate.conversationId).toBe(failure.conversationId)
  const refused = await olive.press(gate, 'Approve')
  expect(answered(refused)).toMatch(/approver/i)
  expect(refused).toMatchObject({ body: { type: 'application/vnd.microsoft.activity.message' } })
  await avery.press(gate, 'Approve')

  const end = await appears(PAYMENTS, 'Payments has ended')
  expect(drawn(end)).toContain('Completed')
  const decided = await teams.until(() => {
    const now = teams.message(gate.id)
    return now && !drawn(now).includes('"asks"') ? now : undefined
  })
  expect(drawn(decided)).toContain('Approved by')
  expect(practice.aws.calls().filter(({ operation }) => operation === 'StartRecovery')).toHaveLength(1)
}, 60_000)

test('the same run was told in Slack and in the incidents channel of Teams', async () => {
  const inSlack = () =>
    practice.slack
      .person('U0VIEWER')
      .messages('C0INCIDENTS')
      .find((message) => JSON.stringify(message).includes('Payments has ended'))
  await practice.slack.until(inSlack)
  expect(shown(INCIDENTS, 'You are asked to be here')).toBeDefined()
})

test('a run that is started in the channel for war rooms has its room in its own thread, and is told there once', async () => {
  const olive = teams.person('olive')
  await olive.say('drill payments', { channel: INCIDENTS })
  await olive.press(await appears(INCIDENTS, 'Payments', 'Start drill'), 'Start drill', {})
  const gate = await appears(INCIDENTS, '"asks":"approve"')
  await olive.say('room', { channel: INCIDENTS })
  const panel = await appears(INCIDENTS, 'DRILL · War room of Payments')
  expect(panel.conversationId).toBe(gate.conversationId)
  const asked = await teams.until(() =>
    teams.messages(gate.conversationId).find((one) => drawn(one).includes('You are asked to be here')),
  )
  expect(asked.deleted).toBeFalsy()
  await olive.press(panel, 'Take command')
  await teams.until(() => {
    const now = teams.message(panel.id)
    return now && drawn(now).includes('Take over command') ? now : undefined
  })
  const told = teams.messages().filter((one) => drawn(one).includes('"asks":"approve"'))
  expect(new Set(told.map(({ conversationId }) => conversationId)).size).toBe(1)
  await teams.person('avery').press(gate, 'Approve')
}, 60_000)

test('one human is one vote, in Slack and in Teams alike: two people are needed, and each card shows every decision', async () => {
  await teams.person('olive').say('failover storefront', { channel: PAYMENTS })
  const form = await appears(PAYMENTS, 'Storefront', 'Start REAL failover')
  await teams.person('olive').press(form, 'Start REAL failover', {
    'plan-name': 'Storefront',
    region: 'us-west-2',
    reason: 'It burns',
  })
  const gate = await appears(PAYMENTS, '"asks":"approve"', 'approve-database-failover')
  const avery = teams.person('avery')
  await avery.press(gate, 'Approve')
  await appears(PAYMENTS, '"asks":"approve"', 'approve-database-failover', 'Avery')

  const inSlack = (person: string) =>
    practice.slack.until(() =>
      practice.slack
        .person(person)
        .messages('C0INCIDENTS')
        .findLast((message) =>
          ['approve-database-failover', 'Avery', 'decide:approve'].every((part) =>
            JSON.stringify(message).includes(part),
          ),
        ),
    )
  await practice.slack.person('U0APPROVER').click(await inSlack('U0APPROVER'), 'decide:approve')
  const refusal = await practice.slack.until(() =>
    practice.slack.person('U0APPROVER').ephemerals('C0INCIDENTS').at(-1),
  )
  expect(refusal.text).toContain('is on record')

  await practice.slack.person('U0APPROVER2').click(await inSlack('U0APPROVER2'), 'decide:approve')
  const decided = await teams.until(() => {
    const now = teams.message(gate.id)
    return now && !drawn(now).includes('"asks"') ? now : undefined
  })
  expect(drawn(decided)).toContain('Avery Approver')
  expect(drawn(decided)).toContain('Blake Approver')
}, 60_000)

test('after a restart of everything the run is told on in its threads, and is decided there', async () => {
  const before = await appears(PAYMENTS, 'Storefront', 'approvals 1 of')
  await practice.close()
  practice = await start()
  if (!practice.teams) throw new Error('There is no Teams.')
  teams = practice.teams
  const pauses = await teams.person('olive').say('pause storefront is slow', { thread: before })
  expect(pauses.outcome).toMatchObject({ kind: 'answered', status: 200 })
  const paused = await teams.until(() => {
    const now = teams.message(before.id)
    return now && /paused/i.test(drawn(now)) ? now : undefined
  })
  expect(paused.conversationId).toBe(before.conversationId)
}, 60_000)
