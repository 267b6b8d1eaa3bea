import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AdaptiveCard, renderCard } from '../../../src/adapters/teams/render.ts'
import type { Block, Button, Card, Inline } from '../../../src/conversation/card.ts'
import { actionsIn, elementsIn, inTeams } from '../as-read.ts'
import { ANNS_ID, SEEN, withPeopleOf } from '../seen-cards.ts'
import { anything, cardOf } from './any-card.ts'
import { expectSound } from './parsed.ts'

const of = (...blocks: Block[]): Card => ({ text: 'A card', tone: 'neutral', blocks })
const drawn = (...blocks: Block[]): AdaptiveCard => renderCard(of(...blocks))
const text = (...inlines: Inline[]): Block => ({ kind: 'text', text: inlines })
const person = (id: string, name: string): Inline => ({ kind: 'person', id, name })
const BEN = `teams:${ANNS_ID.replace('8', '9')}`
const ANN = `teams:${ANNS_ID}`
const AT = '2026-11-23T14:05:07.123Z'

const button = (label: string, more: Partial<Button> = {}): Button => ({
  ...{ label, spoken: `${label}: DNS cutover`, style: 'plain', rank: 'first', click: { command: label } },
  ...more,
})
const buttons = (...all: Button[]): Block => ({ kind: 'buttons', buttons: all })
const times = <Item>(length: number, make: (at: number) => Item): Item[] =>
  Array.from({ length }, (_, at) => make(at))
const shown = (card: AdaptiveCard): string => inTeams(card).lines.join('\n')

test.each(SEEN)('Teams takes the card: %s', (_, card) => {
  expectSound(renderCard(card))
  expectSound(renderCard(withPeopleOf('teams', card)))
})

test('Teams takes every card, whatever it holds', () => {
  fc.assert(
    fc.property(cardOf(anything), (card) => expectSound(renderCard(card))),
    { numRuns: 500 },
  )
})

test('buttons: the first six in sight, the others in the menu, with what a screen reader says', () => {
  const many = times(8, (at) => button(`B${at}`, { rank: at === 1 ? 'secondary' : 'first' }))
  const actions = actionsIn(drawn(buttons(...many)).body)
  expect(actions.map(({ mode }) => mode ?? 'primary')).toEqual([
    ...['primary', 'secondary', 'primary', 'primary', 'primary', 'primary', 'primary', 'secondary'],
  ])
  expect(actions.map(({ tooltip }) => tooltip)).toEqual(many.map(({ spoken }) => spoken))
})

test.each([
  ['primary', 'positive'],
  ['danger', 'destructive'],
  ['plain', undefined],
] as const)('a %s button is %s', (style, expected) => {
  const [action] = actionsIn(drawn(buttons(button('Go', { style }))).body)
  expect(action?.style).toBe(expected)
  expect(action?.data).toEqual({ lifeboat: { verb: 'click', click: { command: 'Go' } } })
})

test('people of Teams are mentioned by their object id, once each, by the name that stands in the text', () => {
  const card = drawn(
    text('By ', person(ANN, 'Ann'), ' and ', person(BEN, 'Ben')),
    { kind: 'list', items: [[person(ANN, 'Ann'), ' again']] },
    text(person('slack:U1', 'Cleo'), person('teams:dora', 'Dora'), person('api:ci', 'CI')),
  )
  expect(card.msteams?.entities).toEqual([
    { type: 'mention', text: '<at>Ann</at>', mentioned: { id: ANNS_ID, name: 'Ann' } },
    { type: 'mention', text: '<at>Ben</at>', mentioned: { id: BEN.slice(6), name: 'Ben' } },
  ])
  expect(card.body.map(({ type }) => type)).toEqual(['TextBlock', 'TextBlock', 'RichTextBlock'])
  expect(inTeams(card).lines).toEqual(['By Ann and Ben', 'Ann again', 'CleoDoraCI'])
})

test('a card that mentions nobody has no mentions', () => {
  expect(JSON.stringify(drawn(text('By ', person('slack:U1', 'Ann'))))).not.toContain('"mention"')
})

test('two people of one name are two people', () => {
  const card = drawn(text('Asked by ', person(ANN, 'Ann')), text('Approved by ', person(BEN, 'Ann')))
  const entities = card.msteams?.entities ?? []
  const whom = elementsIn(card.body).map((block) =>
    block.type === 'TextBlock'
      ? entities.filter((one) => block.text.includes(one.text)).map((one) => one.mentioned.id)
      : [],
  )
  expect(whom).toEqual([[ANNS_ID], [BEN.slice(6)]])
})

test.each([
  ['clock', '{{TIME(2026-11-23T14:05:07Z)}}'],
  ['day-and-clock', '{{DATE(2026-11-23T14:05:07Z, SHORT)}} {{TIME(2026-11-23T14:05:07Z)}}'],
] as const)('a time (%s) is shown in the reader’s zone, without milliseconds', (style, expected) => {
  const time: Inline = { kind: 'time', at: AT, style }
  expect(drawn(text('At ', time)).body).toMatchObject([{ inlines: [{ text: 'At ' }, { text: expected }] }])
  expect(drawn(text(person(ANN, 'Ann'), ' ', time)).body).toMatchObject([
    { text: `<at>Ann</at> ${expected}` },
  ])
})

test.each([
  ['https://dr.example.com/decide/x?a=1&b=2_3', true],
  ['http://localhost:3000/', true],
  ['javascript:alert(1)', false],
  ['ftp://example.com', false],
  ['https://evil.example/)[x](https://evil.example', false],
])('whether %s is a link: %s', (url, isLink) => {
  const link: Inline = { kind: 'link', url, text: 'Sign in' }
  expect(JSON.stringify(drawn(text(link))).includes('"Action.OpenUrl"')).toBe(isLink)
  expect(shown(drawn(text(link)))).toBe(isLink ? `Sign in: ${url}` : 'Sign in')
  expect(shown(drawn(text(person(ANN, 'Ann'), ': ', link)))).toBe(
    isLink ? `Ann: Sign in: ${url}` : 'Ann: Sign in',
  )
})

test.each([
  ['neutral', 'emphasis'],
  ['attention', 'warning'],
  ['bad', 'attention'],
  ['good', 'good'],
] as const)('the banner of a %s card is %s, and its words are the same', (tone, style) => {
  const card = { ...of({ kind: 'heading', text: '❌ DNS failed' }, text('Why')), tone }
  expect(renderCard(card).body[0]).toMatchObject({ type: 'Container', style, bleed: true })
  expect(inTeams(renderCard(card)).lines).toEqual(['❌ DNS failed', 'Why'])
})

test.each([
  ['🔴 REAL · Payments', 'attention'],
  ['🟡 DRILL · Payments', 'warning'],
])('where the tone says nothing, the banner of %s has the colour of the mode', (heading, style) => {
  expect(drawn({ kind: 'heading', text: heading }).body).toMatchObject([{ style }])
  expect(renderCard({ ...of({ kind: 'heading', text: heading }), tone: 'good' }).body).toMatchObject([
    { style: 'good' },
  ])
})

test.each(SEEN.filter(([, { tone, blocks }]) => tone !== 'neutral' && blocks[0]?.kind === 'heading'))(
  'what the colour of the banner says, its words say too: %s',
  (_, card) =>
    expect(shown(renderCard(card))).toMatch(
      /REAL|DRILL|[❌✅🚫✋⚠]|wait|missing|You are|sign|link|decision/iu,
    ),
)

test('only a heading that comes first is the banner', () => {
  const heading: Block = { kind: 'heading', text: 'Running now' }
  const containers = (card: AdaptiveCard) => card.body.map(({ type }) => type)
  expect(containers(drawn(heading, heading))).toEqual(['Container', 'RichTextBlock'])
  expect(containers(drawn(text('x'), heading))).toEqual(['RichTextBlock', 'RichTextBlock'])
  expect(drawn(text('x'), heading).body[1]).toMatchObject({ inlines: [{ weight: 'Bolder' }] })
})

test('a divider is a line above what follows it, and none where nothing does', () => {
  const divider: Block = { kind: 'divider' }
  const lines = (...blocks: Block[]) => drawn(...blocks).body.map(({ separator }) => separator ?? false)
  expect(lines(text('a'), divider, text('b'), text('c'))).toEqual([false, true, false])
  expect(lines(text('a'), divider, divider, text(''), text('b'), divider)).toEqual([false, true])
  expect(lines(divider, text('a'))).toEqual([false])
  expect(lines(text('a'), divider, buttons(button('Go')))).toEqual([false, true])
})
