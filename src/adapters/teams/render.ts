import type { Block, Card, Rich } from '../../conversation/card.ts'
import { clip, HEADING_LIMIT, MODE_WORDS } from '../../conversation/in-words.ts'
import { STEP_SIGNS } from '../../conversation/steps.ts'
import { say } from '../../conversation/words/index.ts'
import { MODES } from '../../domain/execution.ts'
import { buttonActions, type Execute } from './actions.ts'
import { LIMITS } from './limits.ts'
import { type Look, type Mention, type Paragraph, plainRun, type TextRun, written } from './rich.ts'

type Spaced = { readonly spacing?: 'None' | 'Small' | 'Medium'; readonly separator?: true }

export type Element = Spaced &
  (
    | Paragraph
    | { readonly type: 'RichTextBlock'; readonly inlines: readonly TextRun[] }
    | {
        readonly type: 'Container'
        readonly style?: 'good' | 'attention' | 'warning' | 'emphasis'
        readonly bleed?: true
        readonly items: readonly Element[]
      }
    | { readonly type: 'Image'; readonly url: string; readonly altText: string; readonly size: 'Stretch' }
    | { readonly type: 'ActionSet'; readonly actions: readonly Execute[] }
    | {
        readonly type: 'Input.Text' | 'Input.ChoiceSet'
        readonly id: string
        readonly [setting: string]: unknown
      }
  )

export interface AdaptiveCard {
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json'
  readonly type: 'AdaptiveCard'
  readonly version: '1.5'
  readonly fallbackText: string
  readonly body: readonly Element[]
  readonly msteams?: {
    /** Pictures may be looked at in full. */
    readonly allowExpand?: true
    readonly entities?: readonly Mention[]
  }
}

/** A card as Teams shows it. What does not fit is shortened, its buttons last of all, and says so. */
export function renderCard(card: Card, more: readonly Element[] = []): AdaptiveCard {
  for (const shorten of SHORTER) {
    const drawn = cardOf({ ...card, blocks: shorten(card.blocks) }, more)
    if (Buffer.byteLength(JSON.stringify(drawn)) <= LIMITS.cardBytes) return drawn
  }
  return cardOf({ ...card, blocks: leastOf(card) }, more)
}

function cardOf(card: Card, more: readonly Element[]): AdaptiveCard {
  const mentions: Mention[] = []
  const known = new Set<string>()
  const taken = new Map<string, string>()
  const pen: Pen = (rich, look) => {
    const one = written(rich, look, taken)
    mentions.push(...(one?.mentions ?? []))
    return one ? [one.paragraph] : []
  }
  const body: Element[] = []
  let isDivided = false
  card.blocks.forEach((block, at) => {
    if (block.kind === 'divider') isDivided = true
    const [first, ...rest] = elementsOf(block, card.tone, at === 0, pen)
    if (!first) return
    const isNext = block.kind === 'text' && card.blocks[at - 1]?.kind === 'text'
    const look: Spaced = {
      ...(isDivided && body.length > 0 && { separator: true as const }),
      ...(isNext && { spacing: 'Small' as const }),
    }
    body.push({ ...first, ...look }, ...rest)
    isDivided = false
  })
  const entities = mentions.filter(({ text }) => !known.has(text) && known.add(text))
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: clip(card.text, LIMITS.fallbackText),
    body: [...body, ...more],
    ...(entities.length > 0 && { msteams: { entities } }),
  }
}

/** A picture with its title, and the same in words for who does not see it. */
export const renderPicture = ({
  title,
  alt,
  url,
}: {
  title: string
  alt: string
  url: string
}): AdaptiveCard => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: clip(alt, LIMITS.fallbackText),
  body: [
    { type: 'RichTextBlock', inlines: [plainRun(title, { weight: 'Bolder' })] },
    { type: 'Image', url, altText: clip(alt, LIMITS.alt), size: 'Stretch' },
  ],
  msteams: { allowExpand: true },
})

/** The heading, what notifications say, and the first buttons. */
const leastOf = ({ text, blocks: [first, ...others] }: Card): Block[] => [
  ...(first?.kind === 'heading' ? [{ ...first, text: clip(first.text, HEADING_LIMIT) }] : []),
  { kind: 'text', text: [clip(text, LIMITS.fallbackText)] },
  cut(),
  ...[first, ...others].flatMap((block) => (block?.kind === 'buttons' ? [block] : [])).slice(0, 1),
]

const cut = (): Block => ({ kind: 'note', text: [say().answers.left.rest] })

const LOG_LINES = 6
const LIST_ITEMS = 8

/** What is left out first: checklists, long logs, long lists; then all but the beginning and the buttons. */
const SHORTER: readonly ((blocks: readonly Block[]) => readonly Block[])[] = [
  (blocks) => blocks,
  (blocks) => blocks.filter(({ kind }) => kind !== 'steps'),
  (blocks) => blocks.filter(({ kind }) => kind !== 'steps').map(trimmed),
  ...[20, 12, 6, 3].map((most) => (blocks: readonly Block[]) => beginning(blocks, most)),
]

function trimmed(block: Block): Block {
  if (block.kind === 'log') {
    const left = block.lines.length - LOG_LINES
    return left > 0
      ? { ...block, lines: [say().answers.left.earlierLines(left), ...block.lines.slice(-LOG_LINES)] }
      : block
  }
  if (block.kind !== 'list' || block.items.length <= LIST_ITEMS) return block
  const left = block.items.length - LIST_ITEMS
  return { ...block, items: [...block.items.slice(0, LIST_ITEMS), [say().answers.left.more(left)]] }
}

function beginning(blocks: readonly Block[], most: number): Block[] {
  const shown = blocks.filter(({ kind }) => kind !== 'steps').map(trimmed)
  const first = shown.slice(0, most)
  const buttons = shown.slice(most).filter(({ kind }) => kind === 'buttons')
  return first.length + buttons.length === shown.length ? shown : [...first, cut(), ...buttons.slice(0, 1)]
}

const STYLES = { neutral: 'emphasis', attention: 'warning', bad: 'attention', good: 'good' } as const
const MODE_STYLES = { recovery: 'attention', drill: 'warning' } as const

/** Where the tone says nothing, the colour is the mode's: the words beside it say the same. */
function bannerOf(heading: string, tone: Card['tone']) {
  const mode = MODES.find((one) => heading.startsWith(MODE_WORDS[one]))
  return tone === 'neutral' && mode ? MODE_STYLES[mode] : STYLES[tone]
}

/** Writes a paragraph, and remembers whom it mentions; nothing for no text. */
type Pen = (rich: Rich, look?: Look) => Paragraph[]

function elementsOf(block: Block, tone: Card['tone'], isFirst: boolean, pen: Pen): Element[] {
  const lines = (rows: readonly Rich[], look?: Look): Element[] =>
    rows.flatMap((row, at) =>
      pen(row, look).map((one) => (at === 0 ? one : { ...one, spacing: 'None' as const })),
    )
  switch (block.kind) {
    case 'heading': {
      const look: Look = { size: isFirst ? 'Medium' : 'Default', weight: 'Bolder' }
      const heading = pen([block.text], look)
      // The tone is told by the words as well: the headings say REAL or DRILL, failed or done.
      return isFirst && heading.length > 0
        ? [{ type: 'Container', style: bannerOf(block.text, tone), bleed: true, items: heading }]
        : heading
    }
    case 'text':
      return lines([block.text])
    case 'facts':
      return lines(block.rows.map(([label, value]) => [{ kind: 'strong', text: label }, ': ', ...value]))
    case 'list':
      return lines(block.items.map((item) => ['• ', ...item]))
    case 'note':
      return lines([block.text], { size: 'Small', isSubtle: true })
    case 'steps':
      return lines(block.steps.map(({ title, state }) => [`${STEP_SIGNS[state]} ${title}`]))
    case 'log':
      return logOf(block.lines)
    case 'divider':
      return []
    case 'buttons':
      return block.buttons.length === 0 ? [] : [{ type: 'ActionSet', actions: buttonActions(block.buttons) }]
  }
}

function logOf(lines: readonly string[]): Element[] {
  if (lines.length === 0) return []
  const items = lines.map((line, at): Element => {
    const inlines = [plainRun(line === '' ? ' ' : line, { fontType: 'Monospace', size: 'Small' })]
    return { type: 'RichTextBlock', inlines, ...(at > 0 && { spacing: 'None' as const }) }
  })
  return [{ type: 'Container', style: 'emphasis', items }]
}
