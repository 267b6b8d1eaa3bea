import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  buttonsOf,
  renderCard,
  renderForm,
  renderLine,
  type Screen,
} from '../../../src/adapters/terminal/render.ts'
import { safe } from '../../../src/adapters/terminal/safe.ts'
import { widthOf } from '../../../src/adapters/terminal/width.ts'
import type { Block, Button, Card, Rich, TaskClick } from '../../../src/conversation/card.ts'
import { attemptCard } from '../../../src/conversation/decided-card.ts'
import { reasonForm, startForm } from '../../../src/conversation/forms.ts'
import { headlineCard } from '../../../src/conversation/headline-card.ts'
import { helpCard } from '../../../src/conversation/help-card.ts'
import { outcomeCard } from '../../../src/conversation/outcome-card.ts'
import { planCard } from '../../../src/conversation/plan-card.ts'
import { plansCard } from '../../../src/conversation/plans-card.ts'
import { refusalCard } from '../../../src/conversation/refusals.ts'
import { executionId } from '../../../src/domain/execution.ts'
import { after, atGate, begun, failedDns, PLAN, the } from '../../conversation/payments.ts'

const AT = '2026-11-23T14:05:00.000Z'
const screen: Screen = { width: 80, isColoured: false, timeZone: 'Europe/Berlin', program: 'lifeboat ' }
const coloured: Screen = { ...screen, isColoured: true }
const of = (...blocks: Block[]): Card => ({ text: '', tone: 'neutral', blocks })

const click = { execution: '01RUN', task: 'dns', attempt: 1, digest: 'd' }
const button = (label: string, asks: TaskClick['asks'], style: Button['style'] = 'plain'): Button => ({
  label,
  spoken: label,
  style,
  rank: 'first',
  click: { ...click, asks },
})

const BLOCKS: [string, Block, string][] = [
  ['a heading', { kind: 'heading', text: 'Where it stands' }, 'Where it stands'],
  ['text', { kind: 'text', text: ['Look at ', { kind: 'code', text: 'plans' }, '.'] }, 'Look at `plans`.'],
  [
    'a person and a group by their names',
    {
      kind: 'text',
      text: [{ kind: 'person', id: 'slack:U1', name: 'Ann' }, ' ', { kind: 'group', id: 'dr' }],
    },
    'Ann dr',
  ],
  [
    'a link with its address',
    { kind: 'text', text: [{ kind: 'link', url: 'https://dr.example.com/decide/x', text: 'Sign in' }] },
    'Sign in: https://dr.example.com/decide/x',
  ],
  [
    'a time in the zone of the reader',
    { kind: 'text', text: [{ kind: 'time', at: AT, style: 'clock' }] },
    '15:05 CET',
  ],
  [
    'a day',
    { kind: 'text', text: [{ kind: 'time', at: AT, style: 'day-and-clock' }] },
    '23 Nov 2026, 15:05 CET',
  ],
  [
    'a time that is none as it came',
    { kind: 'text', text: [{ kind: 'time', at: 'soon', style: 'clock' }] },
    'soon',
  ],
  [
    'facts in columns',
    {
      kind: 'facts',
      rows: [
        ['Size', ['5 tasks']],
        ['Objective', ['30 min']],
      ],
    },
    '  Size       5 tasks\n  Objective  30 min',
  ],
  ['a list', { kind: 'list', items: [['one'], ['two']] }, '  • one\n  • two'],
  ['small print', { kind: 'note', text: ['task dns'] }, 'task dns'],
  ['a log with its spaces', { kind: 'log', lines: ['a  b', '  c'] }, '  │ a  b\n  │   c'],
  ['a divider', { kind: 'divider' }, '─'.repeat(40)],
  [
    'buttons with their numbers and what to type',
    { kind: 'buttons', buttons: [button('Approve', 'approve'), button('Reject…', 'reject')] },
    '  [1] Approve  →  lifeboat approve dns run:01RUN\n  [2] Reject…  →  lifeboat reject dns run:01RUN',
  ],
  ['nothing where a block is empty', { kind: 'text', text: [''] }, ''],
]

test.each(BLOCKS)('a terminal shows %s', (_, block, expected) => {
  expect(renderCard(of(block), screen)).toBe(expected)
})

const failed = failedDns()
const CARDS: [string, Card][] = [
  ['help', helpCard()],
  ['the plans', plansCard([PLAN])],
  ['a plan', planCard(PLAN, new Map())],
  ['the headline', headlineCard(failed, new Date(AT))],
  ['an approval', attemptCard(atGate(), the(atGate(), 'gate'), 1)],
  ['a failure', attemptCard(failed, the(failed, 'dns'), 1)],
  ['a decision', attemptCard(failed, the(failed, 'gate'), 1)],
  [
    'the outcome',
    outcomeCard(after(failed, ['dns', 'skip', 12], ['mail', 'start', 12], ['mail', 'complete', 70])),
  ],
  ['a refusal', refusalCard({ why: 'no-such-plan', plan: 'paymets', nearest: ['payments'] })],
]

test.each(CARDS)('%s fits into every width and says the same in colour', (_, card) => {
  for (const width of [80, 40, 20]) {
    const plain = renderCard(card, { ...screen, width })
    for (const line of plain.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width)
  }
  const words = (text: string) => text.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim()
  expect(words(withoutColour(renderCard(card, coloured)))).toBe(words(renderCard(card, screen)))
})

test('a failure card in a terminal of 80 columns', () => {
  expect(`\n${renderCard(attemptCard(failed, the(failed, 'dns'), 1), screen)}\n`).toMatchInlineSnapshot(`
    "
    🔴 REAL · ❌ DNS cutover failed in AWS
    Route 53 said <!here> *no*

      • Retry – Runs this task again from its start.
      • Skip task – Leaves this task out and goes on with Tell customers, as if it
        had been done.
      • Abandon branch – Gives this task up and one task after it: Tell customers
        will not run.

      [1] Retry            →  lifeboat retry dns run:01RUN
      [2] Skip task…       →  lifeboat skip dns run:01RUN
      [3] Abandon branch…  →  lifeboat abandon dns run:01RUN

    Payments · task dns · attempt 1 · 15:09 CET · run 01RUN
    "
  `)
})

test('the form of a real failover in a terminal of 60 columns', () => {
  const form = startForm({
    plan: PLAN,
    mode: 'recovery',
    id: executionId.parse('01RUN'),
    places: [],
    describe: (task) => `does ${task.id}`,
  })
  expect(`\n${renderForm(form, { ...screen, width: 60 })}\n`).toMatchInlineSnapshot(`
    "
    🔴 REAL · Payments
    This moves production for real.

      Size       4 tasks, one approval
      Objective  recovered within 1 h 00 min (RTO)

      • Recover servers – does servers
      • Go for DNS – does gate
      • DNS cutover – does dns
      • Tell customers – does mail

      plan-name  Type the plan’s name to start a REAL failover
                 (needed, e.g. Payments)
      reason     Reason (optional). Kept in the audit trail. No
                 passwords or keys.
    "
  `)
})

test('a form that asks why says what it will do', () => {
  const text = renderForm(reasonForm(failed, the(failed, 'dns'), 'skip'), screen)
  expect(text).toContain('Leaves this task out')
  expect(text).toContain('  reason  Reason (needed). Kept in the audit trail.')
})

test('facts stand one a line with their label where the terminal is narrow', () => {
  const card = of({ kind: 'facts', rows: [['Failed, needs a decision', ['Warm the caches']]] })
  expect(renderCard(card, { ...screen, width: 40 })).toBe('  Failed, needs a decision: Warm the\n    caches')
})

test('the buttons of several cards are numbered on', () => {
  const card = of({ kind: 'buttons', buttons: [button('Retry', 'retry')] })
  expect(renderCard(card, screen, 7)).toContain('[7] Retry')
  expect(buttonsOf(card).map(({ label }) => label)).toEqual(['Retry'])
})

test('a command that is pasted runs nothing that a name holds', () => {
  const nasty = button('Adopt', 'adopt')
  const reference = "job; $(touch x) 'y'"
  const card = of({
    kind: 'buttons',
    buttons: [{ ...nasty, click: { ...click, asks: 'adopt' as const, reference } }],
  })
  expect(renderCard(card, screen)).toContain(`adopt dns 'job; $(touch x) '\\''y'\\''' run:01RUN`)
})

test('colour is only added to words that stand there anyway', () => {
  const card: Card = { ...of({ kind: 'heading', text: '❌ DNS failed' }), tone: 'bad' }
  expect(renderCard(card, coloured)).toBe('\u001B[1;31m❌ DNS failed\u001B[0m')
  expect(renderCard(card, screen)).toBe('❌ DNS failed')
})

test.each([
  ['plain letters', 'abc', 3],
  ['Chinese', '支付', 4],
  ['Korean, composed or not', '한\u1112\u1161\u11AB', 4],
  ['a mark on its letter', 'e\u0301e\u0323', 2],
  ['emoji', '🔴✅', 4],
  ['emoji with a selector that terminals disagree on', '⚠\uFE0F', 1],
  ['a family that terminals disagree on', '👩\u200D👧', 4],
  ['a skin tone', '👍🏽', 2],
  ['a flag', '🇩🇪', 2],
  ['full-width letters', 'ＡＢ', 4],
])('%s are measured as terminals show them', (_, text, width) => {
  expect(widthOf(safe(text))).toBe(width)
})

test.each([
  ['an escape sequence', 'a\u001B[2Jb', 'a�[2Jb'],
  ['a C1 control', 'a\u009B2Jb', 'a�2Jb'],
  ['a title', '\u001B]0;title\u0007', '�]0;title�'],
  ['lines of its own', 'a\r\n  [1] Approve', 'a [1] Approve'],
  ['writing turned round', 'a\u202Eb\u2066c', 'abc'],
  ['half a character', 'a\uD800b', 'a�b'],
  ['marks piled up', `a${'\u0302'.repeat(50)}`, 'a\u0302\u0302\u0302'],
])('%s steers nothing', (_, text, expected) => {
  expect(safe(text).normalize('NFD')).toBe(expected.normalize('NFD'))
})

const anything = fc.string({ unit: 'binary', maxLength: 120 })
const steering = fc
  .array(
    fc.oneof(
      anything,
      fc.constantFrom('\u001B[31m', '\u009B', '\r', '\n', '支', '👩\u200D👧', ' ', '\u0000'),
    ),
  )
  .map((parts) => parts.join(''))
const rich: fc.Arbitrary<Rich> = fc.array(
  fc.oneof(
    steering,
    steering.map((text) => ({ kind: 'code' as const, text })),
    steering.map((name) => ({ kind: 'person' as const, id: name, name })),
    steering.map((url) => ({ kind: 'link' as const, url, text: url })),
    steering.map((at) => ({ kind: 'time' as const, at, style: 'clock' as const })),
  ),
  { maxLength: 5 },
)
const block: fc.Arbitrary<Block> = fc.oneof(
  steering.map((text) => ({ kind: 'heading' as const, text })),
  rich.map((text) => ({ kind: 'text' as const, text })),
  rich.map((text) => ({ kind: 'note' as const, text })),
  fc.array(rich, { maxLength: 3 }).map((items) => ({ kind: 'list' as const, items })),
  fc.array(fc.tuple(steering, rich), { maxLength: 3 }).map((rows) => ({ kind: 'facts' as const, rows })),
  fc.array(steering, { maxLength: 3 }).map((lines) => ({ kind: 'log' as const, lines })),
  fc.tuple(steering, steering, steering).map(([label, task, execution]) => ({
    kind: 'buttons' as const,
    buttons: [{ ...button(label, 'retry'), click: { ...click, asks: 'retry' as const, task, execution } }],
  })),
)

test('whatever a card holds, nothing of it steers the terminal and no line is too long', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 4 }), fc.integer({ min: 20, max: 100 }), (blocks, width) => {
      const plain = renderCard(of(...blocks), { ...screen, width })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(plain).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
      for (const line of plain.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width)
      const inColour = renderCard(of(...blocks), { ...coloured, width })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(withoutColour(inColour)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
      expect(renderLine(['x'], screen)).toBe('x')
    }),
    { numRuns: 300 },
  )
})

test('a run that has just begun shows its mode in words', () => {
  expect(renderCard(headlineCard(begun('drill'), new Date(AT)), screen)).toContain('DRILL · Payments')
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours are taken out
const withoutColour = (text: string) => text.replaceAll(/\u001B\[[\d;]+m/g, '')
