import { expect, test } from 'vitest'
import { renderHome } from '../../src/adapters/slack/render.ts'
import { asText } from '../../src/conversation/as-text.ts'
import type { Card } from '../../src/conversation/card.ts'
import { chooseForm } from '../../src/conversation/choose-form.ts'
import { asking, formCard } from '../../src/conversation/command-buttons.ts'
import { opensForm, parseCommand } from '../../src/conversation/commands.ts'
import { type Home, homeCard } from '../../src/conversation/home-card.ts'
import { pickerCard } from '../../src/conversation/picker-card.ts'
import { cardDigest } from '../../src/domain/decide.ts'
import { executionId } from '../../src/domain/execution.ts'
import { checkHome } from '../../src/sandbox/slack/blocks/validate.ts'
import { after, atGate, failedDns, PLAN, the } from './payments.ts'

const EMPTY: Home = { waiting: [], running: [], plans: [], recent: [] }
const ended = () =>
  after(
    failedDns(),
    ['dns', 'skip', 12, { reason: 'by hand' }],
    ['mail', 'start', 12],
    ['mail', 'complete', 30],
  )
const LEDGER = { ...PLAN, id: 'ledger', name: 'Ledger' }

const buttons = ({ blocks }: Card) =>
  blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))

test('the Home has what waits first, each with its own buttons, then runs, plans and what has ended', () => {
  const gate = atGate()
  const failed = { ...failedDns(), id: executionId.parse('01OTHER'), mode: 'drill' as const }
  const home = homeCard({
    waiting: [
      { execution: gate, tasks: [the(gate, 'gate')] },
      { execution: failed, tasks: [the(failed, 'dns')] },
    ],
    running: [gate, failed],
    plans: [{ plan: PLAN }, { plan: LEDGER }],
    recent: [ended()],
  })
  expect(home.text).toBe('2 decisions wait for you. 2 runs are under way.')
  expect(asText(home)).toMatchInlineSnapshot(`
    "# Waiting for you
    🔴 REAL · Payments · ✋ Approve: Go for DNS
    Move the traffic? Opens the way to DNS cutover.
    [Approve] [Reject…] (Skip task…) (Abandon branch…)
    (task gate · attempt 1 · run 01RUN)
    🟡 DRILL · Payments · ❌ DNS cutover failed in AWS
    Route 53 said <!here> *no*
    [Retry] [Skip task…] [Abandon branch…]
    (task dns · attempt 1 · run 01OTHER)
    ---
    # Running now
    - 🔴 REAL · Payments – waiting for approval, 1 of 4 tasks done · since 14:00 UTC
    - 🟡 DRILL · Payments – stopped by a failure, a decision is needed, 2 of 4 tasks done · since 14:00 UTC
    [Status of Payments] [Status of Payments]
    ---
    # Plans you may start
    Payments payments – 4 tasks, one approval; objective: recovered within 1 h 00 min (RTO). ⏳ It is running now.
    Ledger ledger – 4 tasks, one approval; objective: recovered within 1 h 00 min (RTO). ✅ Ready.
    [🟡 Start drill…] [🔴 Start REAL failover…]
    ---
    # Ended recently
    - 🔴 REAL · Payments – ✅ Completed after 30 min, with one task skipped. 2026-11-23 14:30 UTC · run 01RUN
    (Say “help”, in the messages here or in a channel, to see every command.)"
  `)
})

test('an empty Home says what will be where, and whom to ask', () => {
  expect(asText(homeCard(EMPTY))).toMatchInlineSnapshot(`
    "# Waiting for you
    Nothing waits for you. What needs your decision appears here.
    ---
    # Running now
    Nothing is running.
    ---
    # Plans you may start
    There is none that you may start. An admin can give you the role operator for a plan.
    ---
    # Ended recently
    No run has ended yet.
    (Say “help”, in the messages here or in a channel, to see every command.)"
  `)
  expect(homeCard(EMPTY).text).toBe('Nothing waits for you. Nothing is running.')
})

test.each<[string, Home['plans'][number], RegExp, boolean]>([
  ['ready', { plan: LEDGER }, /Ready/, true],
  [
    'without its inputs',
    { plan: { ...LEDGER, missing: [{ task: 'dns', inputs: ['zone'] }] } },
    /missing: dns \(zone\)/,
    false,
  ],
  ['under way', { plan: PLAN }, /running now/, false],
  [
    'with a gate that nobody could open',
    { plan: LEDGER, unmet: ['Go for DNS'] },
    /Nobody could open Go for DNS/,
    true,
  ],
])('a plan %s says so, and has buttons where it can be started', (_, plan, says, canStart) => {
  const home = homeCard({ ...EMPTY, running: [atGate()], plans: [plan] })
  expect(asText(home)).toMatch(says)
  const starts = buttons(home).filter(({ label }) => label.includes('Start'))
  expect(starts.map(({ click }) => click)).toEqual(
    canStart ? [{ command: 'drill ledger' }, { command: 'failover ledger' }] : [],
  )
})

test('a button that asks in words is labelled with … exactly where the words open a form', () => {
  const gate = atGate()
  const all = [
    ...buttons(homeCard({ ...EMPTY, running: [gate], plans: [{ plan: LEDGER }] })),
    ...buttons(pickerCard({ waiting: [], running: [gate], plans: [{ plan: LEDGER }] })),
    ...buttons(formCard(chooseForm([PLAN], []), 'start')),
  ]
  expect(all).toHaveLength(5)
  for (const { click, label } of all) {
    if (!('command' in click)) throw new Error(`${label} asks nothing in words`)
    const parsed = parseCommand(click.command)
    expect([click.command, parsed.kind]).not.toEqual([click.command, 'unclear'])
    expect([click.command, opensForm(parsed)]).toEqual([click.command, label.endsWith('…')])
  }
})

test('however much there is, Slack takes the Home', () => {
  const long = { ...PLAN, name: 'x'.repeat(150), objectives: { rtoMinutes: 1000, rpoMinutes: 1000 } }
  const gate = atGate()
  const vote = {
    human: 'a',
    for: 'approve' as const,
    by: gate.startedBy,
    at: gate.startedAt,
    reason: 'r'.repeat(3000),
    digest: cardDigest(gate, the(gate, 'gate')),
  }
  const task = { ...the(gate, 'gate'), name: 'y'.repeat(150), votes: [vote] }
  const home = homeCard({
    waiting: Array.from({ length: 30 }, () => ({ execution: gate, tasks: [task] })),
    running: Array.from({ length: 30 }, () => ({
      ...gate,
      plan: { ...gate.plan, id: 'other', name: long.name },
    })),
    plans: Array.from({ length: 200 }, (_, at) => ({ plan: { ...long, id: `plan-${at}` } })),
    recent: Array.from({ length: 20 }, ended),
  })
  const view = JSON.parse(JSON.stringify(renderHome(home)))
  expect(checkHome(view)).toMatchObject({ kind: 'valid' })
  expect(JSON.stringify(view)).not.toContain('more parts are not shown')
  expect(asText(home)).toMatch(/and 22 more decisions/)
  expect(asText(home)).toMatch(/and 188 more plans/)
})

test('the picker says what waits, what runs and how to start, in a few lines', () => {
  const gate = atGate()
  const waiting = [{ execution: gate, tasks: [the(gate, 'gate')] }]
  expect(asText(pickerCard({ waiting, running: [gate], plans: [{ plan: LEDGER }] }))).toMatchInlineSnapshot(`
    "# One decision waits for you.
    🔴 REAL · Payments · ✋ Approve: Go for DNS
    Move the traffic? Opens the way to DNS cutover.
    [Approve] [Reject…] (Skip task…) (Abandon branch…)
    (task gate · attempt 1 · run 01RUN)
    # One run is under way.
    - 🔴 REAL · Payments – waiting for approval, 1 of 4 tasks done · since 14:00 UTC
    You may start one plan, e.g. drill ledger.
    [Start a failover or drill…]
    (Say “help” to see every command.)"
  `)
  expect(asText(pickerCard({ waiting: [], running: [], plans: [] }))).toMatchInlineSnapshot(`
    "# Nothing waits for you.
    # Nothing is running.
    (Say “help” to see every command.)"
  `)
})

test('words that cannot open a form offer the button that does', () => {
  expect(buttons(formCard({ title: 'Start drill', submit: 'Start drill' }, 'drill payments'))).toEqual([
    asking('drill payments', 'Open the form…', 'Open the form: Start drill', 'primary'),
  ])
})
