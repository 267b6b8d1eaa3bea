import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageMessage } from '../../src/sandbox/slack/page-api.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-decisions-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What stands in the channel and says all of this. */
const appears = (channel: string, has: readonly string[]): Promise<PageMessage> =>
  practice.slack.until(() =>
    practice.slack
      .person('U0VIEWER')
      .messages(channel)
      .findLast((message) => {
        const text = JSON.stringify(message)
        return has.every((part) => text.includes(part))
      }),
  )

const dialog = (id: string, title: string) =>
  practice.slack.until(() =>
    practice.slack
      .person(id)
      .views()
      .findLast(({ view }) => view.type === 'modal' && view.title.text === title),
  )

async function start(channel: string): Promise<void> {
  const olive = practice.slack.person('U0OPERATOR')
  await olive.say(channel, '/dr failover ledger')
  await olive.submit(await dialog('U0OPERATOR', 'Start REAL failover'), {
    'plan-name': { value: 'ledger' },
    region: { value: 'us-west-2' },
  })
}

/** Presses what asks why, and answers. Resolves when Slack has the answer of the bot. */
async function decide(id: string, card: PageMessage, decision: string, why: string) {
  const person = practice.slack.person(id)
  await person.click(card, `decide:${decision}`)
  const title = { skip: 'Skip task', abandon: 'Abandon branch', reject: 'Reject' }[decision] ?? decision
  return person.submit(await dialog(id, title), { reason: { value: why } })
}

test('a launch fails twice and is retried twice, a hopeless check is skipped, a gate approved: completed', async () => {
  const channel = 'C0INCIDENTS'
  const olive = practice.slack.person('U0OPERATOR')
  await start(channel)
  for (const attempt of [1, 2]) {
    const failure = await appears(channel, ['not launched', 'decide:retry', `attempt ${attempt}`])
    await olive.click(failure, 'decide:retry')
  }
  const hopeless = await appears(channel, ['answers 503', 'decide:skip'])
  await decide('U0OPERATOR', hopeless, 'skip', 'Seen by hand that the application answers.')
  const gate = await appears(channel, ['Send users to us-west-2', 'decide:approve'])
  await practice.slack.person('U0APPROVER').click(gate, 'decide:approve')
  const end = await appears(channel, ['Ledger has ended'])
  expect(JSON.stringify(end)).toContain('Completed')
  expect(JSON.stringify(end)).toContain('Seen by hand that the application answers.')
}, 60_000)

test('one approves while another rejects: one of them wins, and the other is told who it was', async () => {
  const channel = 'C0PAYMENTS'
  await start(channel)
  const hopeless = await appears(channel, ['answers 503', 'decide:skip'])
  await decide('U0OPERATOR', hopeless, 'skip', 'Known.')
  const gate = await appears(channel, ['Send users to us-west-2', 'decide:approve'])

  const [avery, blake] = ['U0APPROVER', 'U0APPROVER2'].map((id) => practice.slack.person(id))
  await blake?.click(gate, 'decide:reject')
  const why = await dialog('U0APPROVER2', 'Reject')
  const [, rejecting] = await Promise.all([
    avery?.click(gate, 'decide:approve'),
    blake?.submit(why, { reason: { value: 'Not yet.' } }),
  ])
  const decided = await practice.slack.until(() => {
    const now = practice.slack
      .person('U0VIEWER')
      .messages(channel)
      .find(({ ts }) => ts === gate.ts)
    return /(Approved|Rejected) by/.test(JSON.stringify(now)) ? now : undefined
  })
  expect(JSON.stringify(decided)).not.toContain('decide:approve')
  if (JSON.stringify(decided).includes('Approved by')) {
    expect(JSON.stringify(rejecting)).toContain('U0APPROVER')
  } else {
    const told = await practice.slack.until(() => avery?.ephemerals(channel).at(-1))
    expect(JSON.stringify(told)).toContain('U0APPROVER2')
  }
}, 60_000)
