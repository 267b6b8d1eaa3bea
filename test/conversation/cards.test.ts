import { expect, test } from 'vitest'
import { asText } from '../../src/conversation/as-text.ts'
import { buttonsFor, labelOf } from '../../src/conversation/buttons.ts'
import { parseClick, writeClick } from '../../src/conversation/click.ts'
import { attemptCard } from '../../src/conversation/decided-card.ts'
import { parseMemory, reasonForm, startForm } from '../../src/conversation/forms.ts'
import { headlineCard } from '../../src/conversation/headline-card.ts'
import { helpCard } from '../../src/conversation/help-card.ts'
import { outcomeCard } from '../../src/conversation/outcome-card.ts'
import { planCard } from '../../src/conversation/plan-card.ts'
import { plansCard } from '../../src/conversation/plans-card.ts'
import { cardDigest } from '../../src/domain/decide.ts'
import { executionId } from '../../src/domain/execution.ts'
import { needsReason, PERSON_EVENTS, personEvents, STATUSES } from '../../src/domain/transitions.ts'
import { after, atGate, begun, failedDns, PLAN, the } from './payments.ts'

const NOW = new Date('2026-11-23T14:10:00.000Z')
const ended = () =>
  after(
    failedDns(),
    ['dns', 'skip', 12, { reason: 'done by hand' }],
    ['mail', 'start', 12],
    ['mail', 'complete', 70],
  )

test('the headline says mode, state, progress, who is waited for and the objective', () => {
  expect(asText(headlineCard(atGate(), NOW))).toMatchInlineSnapshot(`
    "# 🔴 REAL · Payments
    ✋ Waiting for approval
    Progress: 1 of 4 tasks done · approvals 0 of 1
    Needs approval: Go for DNS
    Time: 10 min since 14:00 UTC · objective 1 h 00 min, by 15:00 UTC
    Forecast: done 14:20 UTC – 40 min to spare · waits for Go for DNS → DNS cutover → Tell customers
    Waited for people: 5 min
    ✓ Recover servers
    ▶ Go for DNS – waiting for approval
    ○ DNS cutover
    ○ Tell customers
    (Started by Ann · run 01RUN)"
  `)
})

test('a run that ended incomplete has not met its objective, however short it was', () => {
  const short = after(failedDns(), ['dns', 'abandon', 12, { reason: 'no' }], ['mail', 'cascade', 12])
  expect(asText(outcomeCard(short))).toContain('objective 1 h 00 min not met')
})

test('the headline’s text for notifications is one sentence', () => {
  expect(headlineCard(atGate(), NOW).text).toBe(
    '🔴 REAL · Payments: waiting for approval, 1 of 4 tasks done.',
  )
  expect(headlineCard(ended(), NOW).text).toMatch(/one task skipped\.$/)
})

test('a paused run says by whom, and a cancelled one that it is cancelling', () => {
  const asked = { by: the(failedDns(), 'gate').decision?.by ?? begun().startedBy, at: NOW.toISOString() }
  expect(asText(headlineCard({ ...atGate(), paused: asked }, NOW))).toContain('⏸ Paused by Ann')
  expect(asText(headlineCard({ ...atGate(), cancelled: asked }, NOW))).toContain(
    '🚫 Cancelling, asked by Ann',
  )
})

test('an approval is asked for with Approve and Reject first', () => {
  expect(asText(attemptCard(atGate(), the(atGate(), 'gate'), 1))).toMatchInlineSnapshot(`
    "# 🔴 REAL · Approve: Go for DNS
    Move the traffic?
    Opens the way to DNS cutover.
    Needs anyone with the approver role.
    [Approve] [Reject…] (Skip task…) (Abandon branch…)
    (Payments · task gate · run 01RUN)"
  `)
})

test('an approved card has no buttons and says who, when, why and its receipt', () => {
  const run = failedDns()
  expect(asText(attemptCard(run, the(run, 'gate'), 1))).toMatchInlineSnapshot(`
    "# 🔴 REAL · ✅ Go for DNS: approved
    Approved by Ann · 14:07 UTC · “looks good”
    Recorded · receipt 3d0c8ef3
    (Payments · task gate · run 01RUN)"
  `)
})

test('a failure says what each choice means', () => {
  const run = failedDns()
  expect(asText(attemptCard(run, the(run, 'dns'), 1))).toMatchInlineSnapshot(`
    "# 🔴 REAL · ❌ DNS cutover failed in AWS
    Route 53 said <!here> *no*
    - Retry – Runs this task again from its start.
    - Skip task – Leaves this task out and goes on with Tell customers, as if it had been done.
    - Abandon branch – Gives this task up and one task after it: Tell customers will not run.
    [Retry] [Skip task…] [Abandon branch…]
    (Payments · task dns · attempt 1 · 14:09 UTC · run 01RUN)"
  `)
})

test('rejected, expired and superseded are told apart', () => {
  const rejected = after(atGate(), [
    'gate',
    'reject',
    8,
    { reason: 'not yet', failure: { kind: 'rejected', message: 'not yet' } },
  ])
  const expired = after(atGate(), [
    'gate',
    'expire',
    8,
    { failure: { kind: 'expired', message: 'Nobody decided.' } },
  ])
  const retried = after(rejected, ['gate', 'retry', 9], ['gate', 'askApproval', 9])
  const headings = [rejected, expired, retried].map(
    (run) => asText(attemptCard(run, the(run, 'gate'), 1)).split('\n')[0],
  )
  expect(headings).toEqual([
    '# 🔴 REAL · ❌ Go for DNS rejected',
    '# 🔴 REAL · ❌ Go for DNS expired without a decision',
    '# 🔴 REAL · 🔁 Go for DNS: attempt 1 is over',
  ])
  expect(asText(attemptCard(retried, the(retried, 'gate'), 1))).toContain('Retried by Ann')
})

test('the outcome holds time against objective, what was left out and who decided', () => {
  expect(asText(outcomeCard(ended()))).toMatchInlineSnapshot(`
    "# 🔴 REAL · Payments has ended
    ✅ Completed after 1 h 10 min, with one task skipped.
    Completed: 3 of 4 tasks
    Skipped: DNS cutover
    Time: 1 h 10 min · objective 1 h 00 min not met
    Decisions
    - Go for DNS: Approved by Ann · 14:07 UTC · “looks good”
    - DNS cutover: Skipped by Ann · 14:12 UTC · “done by hand”
    (Started by Ann · run 01RUN)"
  `)
})

test('plans and a plan are listed with what they hold', () => {
  expect(asText(plansCard([PLAN]))).toContain(
    '4 tasks, one approval; objective: recovered within 1 h 00 min (RTO)',
  )
  expect(asText(planCard(PLAN, new Map()))).toContain('- DNS cutover – route53-failover, after Go for DNS')
  expect(asText(plansCard([]))).toContain('no plan yet')
})

test.each(STATUSES)(
  'a card of a task that is %s offers only what the table allows, at most three side by side',
  (status) => {
    const run = begun()
    const candidates = [['drsjob-1'], ['drsjob-2']]
    const failure = { kind: 'unknown', message: 'It may have been started twice.', candidates } as const
    const task = { ...the(run, 'gate'), status, name: 'x'.repeat(300), failure }
    const buttons = buttonsFor(run, task)
    const allowed = personEvents(status)
      .filter((event) => event !== 'hold' && event !== 'release')
      .flatMap((event) => (event === 'adopt' ? ['adopt', 'adopt'] : [event]))
    expect(buttons.map(({ click }) => 'task' in click && click.asks)).toEqual(allowed)
    expect(buttons.filter(({ rank }) => rank === 'first').length).toBeLessThanOrEqual(3)
    expect(buttons.every(({ label, spoken }) => label.length <= 75 && spoken.length <= 75)).toBe(true)
  },
)

test('a dialog that asks for the reason says what will happen: what is lost, what begins, and when it ends then', () => {
  const run = failedDns()
  const form = (asks: 'skip' | 'abandon') =>
    asText({ text: '', tone: 'neutral', blocks: reasonForm(run, the(run, 'dns'), asks, { now: NOW }).blocks })
  expect(form('abandon')).toMatchInlineSnapshot(`
    "# 🔴 REAL · DNS cutover
    Gives this task up and one task after it: Tell customers will not run.
    - 🚫 one task will not run: Tell customers
    - 🏁 Expected finish 14:10 UTC instead of 14:20 UTC"
  `)
  expect(form('skip')).toMatchInlineSnapshot(`
    "# 🔴 REAL · DNS cutover
    Leaves this task out and goes on with Tell customers, as if it had been done.
    - ▶️ one task will begin at once: Tell customers
    - 🏁 Expected finish 14:15 UTC instead of 14:20 UTC"
  `)
})

test('a label ends in … exactly where a reason is asked for', () => {
  for (const event of PERSON_EVENTS) expect(labelOf(event).endsWith('…')).toBe(needsReason(event))
})

test('a click comes back as it was written, and anything else is no click', () => {
  const [button] = buttonsFor(atGate(), the(atGate(), 'gate'))
  expect(parseClick(writeClick(button?.click ?? expect.fail()))).toEqual(button?.click)
  expect(button?.click).toMatchObject({ digest: cardDigest(atGate(), the(atGate(), 'gate')) })
  const good = { ...button?.click }
  const bad = [
    undefined,
    null,
    7,
    '',
    '{',
    '[]',
    {},
    { ...good, asks: 'start' },
    { ...good, attempt: 0 },
    { ...good, attempt: 1.5 },
    { ...good, task: '' },
    { ...good, digest: 'x'.repeat(101) },
  ]
  for (const value of bad) expect(parseClick(value)).toBeUndefined()
})

test('forged markup stays plain text', () => {
  const forged = '<!channel> <@U1> *bold* "quote'
  const run = failedDns(forged)
  const card = attemptCard(run, the(run, 'dns'), 1)
  const people = JSON.stringify(card).match(/"kind":"(person|group)"/g)
  expect(people).toBeNull()
  expect(asText(card)).toContain(forged)
  expect(asText(card)).toContain('<!here> *no*')
})

test('secrets in what AWS says are not repeated', () => {
  const run = after(
    begun(),
    ['servers', 'start', 0],
    ['servers', 'fail', 1, { failure: { kind: 'aws', message: 'key AKIAABCDEFGHIJKLMNOP' } }],
  )
  expect(asText(attemptCard(run, the(run, 'servers'), 1))).not.toContain('AKIA')
})

test('every card has its text for screen readers and notifications', () => {
  const run = failedDns()
  const cards = [
    headlineCard(run, NOW),
    outcomeCard(ended()),
    helpCard(),
    plansCard([PLAN]),
    planCard(PLAN, new Map()),
    ...[...run.tasks.values()].map((task) => attemptCard(run, task, 1)),
  ]
  for (const card of cards) expect(card.text).toMatch(/\w{3,}/)
})

test('a real failover asks for the plan’s name and its Region, a drill does not, and both remember the order', () => {
  const form = (mode: 'drill' | 'recovery') =>
    startForm({
      plan: PLAN,
      mode,
      region: 'us-west-2',
      id: executionId.parse('01NEW'),
      places: [{ platform: 'slack', channel: 'C1' }],
      describe: ({ type }) => type,
    })
  expect(form('recovery').fields.map(({ name, required }) => [name, required])).toEqual([
    ['plan-name', true],
    ['region', true],
    ['reason', false],
  ])
  expect(form('drill').fields.map(({ name }) => name)).toEqual(['reason'])
  expect(parseMemory(form('drill').memory)).toMatchObject({
    form: 'start',
    id: '01NEW',
    mode: 'drill',
    hash: 'plan-hash',
  })
})

test('the reason form says the consequence and remembers the attempt', () => {
  const form = reasonForm(failedDns(), the(failedDns(), 'dns'), 'abandon')
  expect(form.blocks.map((block) => ('text' in block ? block.text : ''))).toContainEqual([
    'Gives this task up and one task after it: Tell customers will not run.',
  ])
  expect(form.title.length).toBeLessThanOrEqual(24)
  expect(parseMemory(form.memory)).toMatchObject({
    form: 'reason',
    asks: 'abandon',
    click: { task: 'dns', attempt: 1 },
  })
  expect(reasonForm(failedDns(), undefined, 'cancel').fields[0]?.required).toBe(true)
  for (const text of ['', '{', 'null', '{"form":"other"}', '{"form":"start","mode":"real"}'])
    expect(parseMemory(text)).toBeUndefined()
})
