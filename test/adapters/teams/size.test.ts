import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AdaptiveCard, renderCard } from '../../../src/adapters/teams/render.ts'
import type { Block, Card, Inline } from '../../../src/conversation/card.ts'
import { actionsIn, inTeams, meant } from '../as-read.ts'
import { ANNS_ID } from '../seen-cards.ts'
import { expectSound } from './parsed.ts'

const of = (...blocks: Block[]): Card => ({ text: 'A card', tone: 'neutral', blocks })
const text = (...inlines: Inline[]): Block => ({ kind: 'text', text: inlines })
const person = (id: string, name: string): Inline => ({ kind: 'person', id, name })
const buttons = (...labels: string[]): Block => ({
  kind: 'buttons',
  buttons: labels.map((label) => ({
    ...{ label, spoken: `${label}: DNS cutover`, style: 'plain', rank: 'first', click: { command: label } },
  })),
})
const titles = (card: AdaptiveCard): string[] => actionsIn(card.body).map(({ title }) => title)

/** Whatever is left out but a checklist is said to be: nothing that is given here has an ellipsis of its own. */
function isHonest(given: Card, card: AdaptiveCard): boolean {
  const shown = inTeams(card).lines.join('\n')
  return (
    shown.includes('…') || [true, false].some((hasSteps) => shown === meant(given, hasSteps).lines.join('\n'))
  )
}

const LETTERS = {
  Latin: 'x',
  Chinese: '支',
  emoji: '👩\u200D👧',
  quotes: '"',
  controls: '\u0001',
  backslashes: '\\',
}
const times = <Item>(length: number, make: (at: number) => Item): Item[] =>
  Array.from({ length }, (_, at) => make(at))

const LARGE: { readonly [what: string]: (letter: string) => readonly Block[] } = {
  '2,000 items': (letter) => [{ kind: 'list', items: times(2_000, (at) => [`${at} ${letter}`]) }],
  'few long items': (letter) => [{ kind: 'list', items: times(8, () => [letter.repeat(2_500)]) }],
  'a long log': (letter) => [{ kind: 'log', lines: times(3_000, (at) => `${at} ${letter.repeat(80)}`) }],
  'a log of long lines': (letter) => [{ kind: 'log', lines: times(20, () => letter.repeat(4_000)) }],
  '40 long texts': (letter) => times(40, () => text(letter.repeat(2_500))),
  'one text of many parts': (letter) => [text(...times(100, () => letter.repeat(2_500)))],
  'one text of many parts that mentions somebody': (letter) => [
    text(person(`teams:${ANNS_ID}`, 'Ann'), ...times(100, () => letter.repeat(2_500))),
  ],
  'facts that are long': (letter) => [
    { kind: 'facts', rows: times(60, (at) => [`Fact ${at}`, [letter.repeat(1_000)]]) },
  ],
  'a long heading': (letter) => [{ kind: 'heading', text: letter.repeat(200_000) }],
  'a long checklist': (letter) => [
    {
      kind: 'steps',
      title: 'Tasks',
      steps: times(300, (at) => ({ id: `${at}`, title: letter.repeat(90), state: 'done' })),
    },
    text('What matters'),
  ],
  '400 people': (letter) => [
    text(
      ...times(400, (at) =>
        person(`teams:${ANNS_ID.slice(0, -4)}${String(at).padStart(4, '0')}`, `${letter}${at}`),
      ),
    ),
  ],
}

describe.each(Object.entries(LARGE))('%s', (_, blocksOf) => {
  test.each(Object.entries(LETTERS))(
    'of %s are shortened to what Teams takes, say so, and keep the buttons',
    (__, letter) => {
      const decide = ['Approve', 'Reject…', 'Skip task…', 'Abandon branch…']
      const given: Card = {
        text: letter.repeat(50_000),
        tone: 'bad',
        blocks: [{ kind: 'heading', text: '🔴 REAL · Go' }, ...blocksOf(letter), buttons(...decide)],
      }
      const card = renderCard(given)
      expectSound(card)
      expect(titles(card)).toEqual(decide)
      expect(isHonest(given, card)).toBe(true)
    },
  )
})

test('whatever its size, a card fits, keeps its first buttons, and says when something is left out', () => {
  const unit = fc.constantFrom(...Object.values(LETTERS))
  const large: fc.Arbitrary<Block> = fc
    .tuple(
      fc.constantFrom('text', 'list', 'facts', 'log', 'note', 'heading'),
      unit,
      fc.nat(4_000),
      fc.nat(60),
    )
    .map(([kind, letter, length, count]): Block => {
      const long = letter.repeat(length)
      if (kind === 'list') return { kind, items: times(count, () => [long]) }
      if (kind === 'facts') return { kind, rows: times(count, () => ['Fact', [long]]) }
      if (kind === 'log') return { kind, lines: times(count, () => long) }
      if (kind === 'heading') return { kind, text: long }
      return { kind: kind === 'note' ? 'note' : 'text', text: times(count, () => long) }
    })
  fc.assert(
    fc.property(fc.array(large, { maxLength: 40 }), fc.nat(40), (blocks, at) => {
      const given = of(...blocks.slice(0, at), buttons('Approve'), ...blocks.slice(at))
      const card = renderCard(given)
      expectSound(card)
      expect(titles(card)).toEqual(['Approve'])
      expect(isHonest(given, card)).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test('of a long log the end is kept, and of a long list the beginning', () => {
  const long = 'x'.repeat(60)
  const card = renderCard(
    of(
      { kind: 'list', items: times(900, (at) => [`item ${at} ${long}`]) },
      { kind: 'log', lines: times(900, (at) => `line ${at} ${long}`) },
    ),
  )
  const { lines } = inTeams(card)
  expect(lines[0]).toBe(`item 0 ${long}`)
  expect(lines.at(-1)).toBe(`line 899 ${long}`)
  expect(lines.join()).not.toMatch(/item 899|line 0 /)
})

test('a card that fits is whole', () => {
  const list: Block = { kind: 'list', items: times(40, (at) => [`item ${at}`]) }
  const log: Block = { kind: 'log', lines: times(40, (at) => `line ${at}`) }
  const whole = inTeams(renderCard(of(list, log))).lines.join('\n')
  for (const at of [0, 39]) expect(whole).toMatch(new RegExp(`item ${at}\n[^]*line ${at}(\n|$)`))
  expect(whole).not.toContain('…')
})
