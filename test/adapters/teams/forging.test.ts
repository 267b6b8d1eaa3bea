import fc from 'fast-check'
import { micromark } from 'micromark'
import { expect, test } from 'vitest'
import { type AdaptiveCard, renderCard } from '../../../src/adapters/teams/render.ts'
import type { Card, Inline, Rich } from '../../../src/conversation/card.ts'
import { actionsIn, elementsIn, textOf } from '../as-read.ts'
import { ANNS_ID } from '../seen-cards.ts'
import { anything, cardOf, nasty, teamsPerson, words, wordsOnly } from './any-card.ts'

const ANN: Inline = { kind: 'person', id: `teams:${ANNS_ID}`, name: 'Ann' }
const drawn = (text: Rich): AdaptiveCard =>
  renderCard({ text: '', tone: 'neutral', blocks: [{ kind: 'text', text }] })

const runsIn = ({ body }: AdaptiveCard) =>
  elementsIn(body).flatMap((element) => (element.type === 'RichTextBlock' ? [...element.inlines] : []))
const paragraphsIn = ({ body }: AdaptiveCard) =>
  elementsIn(body).flatMap((element) => (element.type === 'TextBlock' ? [element] : []))

/** What we change in words on purpose: braces are pulled apart, and an angle of a paragraph is another letter. */
const bare = (text: string): string =>
  text.replaceAll('<', '‹').replaceAll('\u0000', '\uFFFD').replaceAll(/\s+/g, '')

/** What the words are, whoever reads them. */
function said(inline: Inline): string {
  if (typeof inline === 'string') return inline
  if (inline.kind === 'person') return inline.name
  if (inline.kind === 'group') return inline.id
  if (inline.kind === 'channel') return `#${inline.name}`
  return inline.kind === 'time' ? inline.at : inline.text
}

test('in runs no words become a mention, a link or a time, and all of them stand there as they were', () => {
  fc.assert(
    fc.property(wordsOnly, (rich) => {
      const card = drawn(rich)
      expect(paragraphsIn(card)).toEqual([])
      expect(card.msteams?.entities).toBeUndefined()
      const runs = runsIn(card)
      expect(runs.filter(({ selectAction }) => selectAction)).toEqual([])
      expect(runs.filter(({ text }) => text.includes('{{'))).toEqual([])
      expect(bare(runs.map(({ text }) => text).join(''))).toBe(bare(rich.map(said).join('')))
    }),
    { numRuns: 1_000 },
  )
})

test('a card has the buttons that it was given, whatever its words are', () => {
  fc.assert(
    fc.property(cardOf(anything), (card: Card) => {
      const given = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
      const actions = actionsIn(renderCard(card).body)
      expect(actions.map(({ data }) => data)).toEqual(
        given.map(({ click }) => ({ lifeboat: { verb: 'click', click } })),
      )
    }),
    { numRuns: 300 },
  )
})

/** Somebody is mentioned, so it is Markdown. In our sentences the parts stand apart. */
const mentioning = (gap: string): fc.Arbitrary<Rich> =>
  fc
    .tuple(fc.array(words, { maxLength: 4 }), fc.array(fc.oneof(words, teamsPerson), { maxLength: 4 }))
    .map(([before, after]) => [...before, ANN, ...after].flatMap((one) => [one, gap]))

const paragraphOf = (rich: Rich) => {
  const { msteams, body } = drawn(rich)
  const [paragraph, ...others] = body
  if (paragraph?.type !== 'TextBlock' || others.length > 0) throw new Error('not one paragraph')
  return { text: paragraph.text, entities: msteams?.entities ?? [] }
}

test('where somebody is mentioned, no words become emphasis, a list, a link or an entity, and all of them stand there', () => {
  fc.assert(
    fc.property(mentioning(' '), (rich) => {
      const { text, entities } = paragraphOf(rich)
      const html = micromark(text)
      expect([...new Set(html.match(/<\/?\w+/g))].sort()).toEqual(
        ['</p', '</strong', '<p', '<strong'].filter((tag) => html.includes(tag)),
      )
      expect(html.match(/<p>/g)).toHaveLength(1)
      const strongs = rich.filter(
        (one) => typeof one !== 'string' && ['strong', 'person', 'group', 'channel'].includes(one.kind),
      )
      expect(html.match(/<strong>/g)?.length ?? 0).toBeLessThan(strongs.length)
      const names = new Map(entities.map(({ text: key, mentioned }) => [mentioned.id, key]))
      const expected = rich.map((one) => {
        const id = typeof one !== 'string' && one.kind === 'person' ? one.id.replace('teams:', '') : ''
        return names.get(id) ?? said(one)
      })
      expect(bare(textOf(html))).toBe(bare(expected.join('')))
    }),
    { numRuns: 2_000 },
  )
})

test('where somebody is mentioned, no words become a mention or a time, nor do two parts together', () => {
  fc.assert(
    fc.property(fc.constantFrom('', ' ').chain(mentioning), (rich) => {
      const { text, entities } = paragraphOf(rich)
      expect(text).not.toContain('{{')
      const people = rich.filter(
        (one) => typeof one !== 'string' && one.kind === 'person' && /^teams:[\da-f-]{36}$/.test(one.id),
      )
      for (const shown of [text, textOf(micromark(text))])
        expect(shown.match(/<\/?at>/g)).toHaveLength(people.length * 2)
      for (const { text: key } of entities) expect(textOf(micromark(text))).toContain(key)
    }),
    { numRuns: 2_000 },
  )
})

test('whoever is mentioned is called in the text as in the mention, and by nothing that is markup', () => {
  fc.assert(
    fc.property(fc.uuid(), nasty, (id, name) => {
      const { text, entities } = paragraphOf(['By ', { kind: 'person', id: `teams:${id}`, name }])
      expect(entities).toHaveLength(1)
      expect(entities[0]?.mentioned.id).toBe(id)
      expect(text).toBe(`By ${entities[0]?.text}`)
      expect(micromark(text)).toBe(
        `<p>By &lt;at&gt;${micromarkText(entities[0]?.mentioned.name ?? '')}&lt;/at&gt;</p>`,
      )
      expect(entities[0]?.text).toBe(`<at>${entities[0]?.mentioned.name}</at>`)
      expect(entities[0]?.mentioned.name.trim()).not.toBe('')
    }),
    { numRuns: 1_000 },
  )
})

/** Plain text as HTML has it. */
const micromarkText = (text: string): string => text.replaceAll('"', '&quot;').replaceAll('\u0000', '\uFFFD')

test.each(['teams:', 'teams:ann', `slack:${ANNS_ID}`, `teams:${ANNS_ID}x`, `x teams:${ANNS_ID}`, 'api:ci'])(
  '%s is nobody whom Teams could mention',
  (id) => {
    const card = drawn([{ kind: 'person', id, name: '<at>Ann</at>' }])
    expect(card.msteams?.entities).toBeUndefined()
    expect(runsIn(card).map(({ text }) => text)).toEqual(['<at>Ann</at>'])
  },
)
