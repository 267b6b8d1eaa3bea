import { createRequire } from 'node:module'
import type * as AdaptiveCards from 'adaptivecards'
import { expect } from 'vitest'
import type { AdaptiveCard } from '../../../src/adapters/teams/render.ts'
import { elementsIn } from '../as-read.ts'

const {
  AdaptiveCard: Parser,
  HostConfig,
  SerializationContext,
  Versions,
}: typeof AdaptiveCards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js')

/** What Microsoft's own parser of cards, as of version 1.5, has against the card as it goes over the wire. */
export function complaints(card: AdaptiveCard): string[] {
  const context = new SerializationContext(Versions.v1_5)
  const parsed = new Parser()
  // It counts those in the menu as well; how many are in sight is for the tests to say.
  parsed.hostConfig = new HostConfig({ actions: { maxActions: 100 } })
  const sent = JSON.parse(JSON.stringify(card))
  parsed.parse(sent, context)
  const found = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message)
  const { validationEvents } = parsed.validateProperties()
  return [...found, ...validationEvents.map(({ message }) => message), ...unknownIn(sent, '')]
}

/** The parser overlooks what it does not know, so this table says what 1.5 has. */
const SETTINGS: { readonly [type: string]: readonly string[] } = {
  AdaptiveCard: ['$schema', 'version', 'fallbackText', 'body', 'msteams'],
  TextBlock: [
    'text',
    'wrap',
    'size',
    'weight',
    'isSubtle',
    'color',
    'fontType',
    'spacing',
    'separator',
    'style',
  ],
  RichTextBlock: ['inlines', 'spacing', 'separator'],
  TextRun: ['text', 'size', 'weight', 'isSubtle', 'fontType', 'color', 'selectAction'],
  Container: ['style', 'bleed', 'items', 'spacing', 'separator'],
  ActionSet: ['actions', 'spacing', 'separator'],
  'Action.Execute': ['title', 'verb', 'data', 'tooltip', 'style', 'mode', 'associatedInputs', 'fallback'],
  'Action.Submit': ['title', 'data', 'associatedInputs', 'tooltip', 'style', 'mode'],
  'Action.OpenUrl': ['url'],
  'Input.Text': [
    ...['id', 'label', 'isRequired', 'errorMessage', 'placeholder', 'value', 'spacing', 'separator'],
    ...['isMultiline', 'maxLength'],
  ],
  'Input.ChoiceSet': [
    ...['id', 'label', 'isRequired', 'errorMessage', 'placeholder', 'value', 'spacing', 'separator'],
    ...['style', 'choices', 'wrap'],
  ],
}
/** What is not an element of a card: ours, or Teams'. */
const FOREIGN: ReadonlySet<string> = new Set(['data', 'msteams', 'choices'])

function unknownIn(value: unknown, where: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => unknownIn(one, `${where}[${at}]`))
  if (typeof value !== 'object' || value === null) return []
  const { type = 'nothing', ...settings }: { [name: string]: unknown } = { ...value }
  const known = SETTINGS[String(type)]
  if (!known) return [`${where}: ${String(type)} is no element of ours`]
  return Object.entries(settings).flatMap(([name, set]) => {
    if (!known.includes(name)) return [`${where}: ${String(type)} has no ${name}`]
    return FOREIGN.has(name) ? [] : unknownIn(set, `${where}.${name}`)
  })
}

const bytesOf = (card: AdaptiveCard): number => Buffer.byteLength(JSON.stringify(card))
/** What Teams takes of one card. */
const TEAMS_BYTES = 28 * 1024

/** What must be so of every card of ours, forms among them. */
export function expectSound(card: AdaptiveCard): void {
  expect(complaints(card)).toEqual([])
  expect(card.version).toBe('1.5')
  expect(bytesOf(card)).toBeLessThanOrEqual(TEAMS_BYTES)
  for (const element of elementsIn(card.body)) {
    if (element.type !== 'ActionSet') continue
    expect(element.actions.filter(({ mode }) => mode !== 'secondary').length).toBeLessThanOrEqual(6)
    for (const { title, data, fallback, associatedInputs } of element.actions)
      expect(fallback).toEqual({
        type: 'Action.Submit',
        title,
        data,
        ...(associatedInputs && { associatedInputs }),
      })
  }
}
