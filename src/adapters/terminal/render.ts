import type { Block, Button, Card, Choice, Field, Form, Inline, Rich } from '../../conversation/card.ts'
import { STEP_SIGNS } from '../../conversation/steps.ts'
import { type Ink, inked, type Span, span } from './ink.ts'
import { safe, safeLog } from './safe.ts'
import { typed } from './typed.ts'
import { widthOf } from './width.ts'
import { wrap } from './wrap.ts'

/** Who looks, and through what. */
export interface Screen {
  readonly width: number
  readonly isColoured: boolean
  /** The reader's, e.g. "Europe/Berlin". */
  readonly timeZone: string
  /** Stands before every command that there is to type: "lifeboat ". */
  readonly program: string
}

const NARROWEST = 20
/** Labels of facts stand in a column of their own where that leaves this much for the values. */
const VALUE_ROOM = 28

/** The card as lines. Its buttons are numbered from `first` on, in their order. */
export const renderCard = (card: Card, screen: Screen, first = 1): string =>
  written(linesOf(card.blocks, screen, card.tone === 'neutral' ? 'bold' : card.tone, first), screen)

/** What the form says, and what its fields ask. */
export const renderForm = ({ blocks, fields }: Form, screen: Screen): string =>
  written(linesOf([...blocks, { kind: 'facts', rows: fields.map(fieldRow) }], screen, 'bold', 1), screen)

/** One line of a thread. */
export const renderLine = (rich: Rich, screen: Screen): string =>
  written(hung(spansOf(rich, screen), screen, '', '   '), screen)

/** Our own words, e.g. of an error. */
export const renderWords = (text: string, screen: Screen): string =>
  written(hung([span(safe(text))], screen, '', ''), screen)

/** The buttons in the order in which they are numbered. */
export const buttonsOf = ({ blocks }: Card): Button[] =>
  blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))

type Line = readonly Span[]

const written = (lines: readonly Line[], screen: Screen): string =>
  lines.map((line) => inked(line, screen.isColoured)).join('\n')

function linesOf(blocks: readonly Block[], screen: Screen, heading: Ink, first: number): Line[] {
  let number = first
  let before: Block['kind'] | undefined
  return blocks.flatMap((block): Line[] => {
    const lines = blockLines(block, screen, heading, number)
    if (lines.length === 0) return []
    if (block.kind === 'buttons') number += block.buttons.length
    const isApart = before !== undefined && !JOINED.has(`${before} ${block.kind}`)
    before = block.kind
    return isApart ? [[], ...lines] : lines
  })
}

/** These follow each other without an empty line. */
const JOINED: ReadonlySet<string> = new Set([
  'heading text',
  'heading facts',
  'heading list',
  'text text',
  'note note',
  'log log',
])

function blockLines(block: Block, screen: Screen, heading: Ink, first: number): Line[] {
  switch (block.kind) {
    case 'heading':
      return hung([span(safe(block.text), heading)], screen, '', '')
    case 'text':
      return hung(spansOf(block.text, screen), screen, '', '')
    case 'facts':
      return factLines(block.rows, screen)
    case 'list':
      return block.items.flatMap((item) => hung(spansOf(item, screen), screen, '  • ', '    '))
    case 'note':
      return hung(
        spansOf(block.text, screen).map((each) => (each.ink === 'plain' ? { ...each, ink: 'faint' } : each)),
        screen,
        '',
        '',
      )
    case 'steps':
      return block.steps.flatMap(({ title, state }) =>
        hung([span(safe(title))], screen, `  ${STEP_SIGNS[state]} `, '    '),
      )
    case 'log':
      return block.lines.flatMap((line) => hung([span(safeLog(line))], screen, '  │ ', '  │ '))
    case 'divider':
      return [[span('─'.repeat(Math.min(roomOf(screen), 40)), 'faint')]]
    case 'buttons':
      return block.buttons.flatMap((button, at) => buttonLines(button, first + at, block.buttons, screen))
  }
}

function factLines(rows: Extract<Block, { kind: 'facts' }>['rows'], screen: Screen): Line[] {
  const labels = rows.map(([label]) => safe(label))
  const column = Math.max(0, ...labels.map(widthOf)) + 2
  const fits = 2 + column + VALUE_ROOM <= screen.width
  return rows.flatMap(([, value], row) => {
    const label = labels[row] ?? ''
    const spans = spansOf(value, screen)
    if (!fits) return hung([span(`${label}: `, 'faint'), ...spans], screen, '  ', '    ')
    const gap = ' '.repeat(column - widthOf(label))
    return hung(spans, screen, [span('  '), span(label, 'faint'), span(gap)], ' '.repeat(2 + column))
  })
}

/** "[1] Retry  →  lifeboat retry cache run:01ABC"; the command on lines of its own where it does not fit. */
function buttonLines(button: Button, number: number, all: readonly Button[], screen: Screen): Line[] {
  const ink = button.style === 'danger' ? 'bad' : button.style === 'primary' ? 'good' : 'bold'
  const label = safe(button.label)
  const column = Math.max(...all.map((each) => widthOf(safe(each.label))))
  const command = `${screen.program}${safe(typed(button.click))}`
  const head = `  [${number}] `
  const gap = ' '.repeat(column - widthOf(label))
  const isWide = head.length + column + 5 + widthOf(command) <= screen.width
  if (isWide) return [[span(head), span(label, ink), span(`${gap}  →  `), span(command, 'code')]]
  return [
    ...hung([span(label, ink)], screen, head, '      '),
    ...hung([span(command, 'code')], screen, '      → ', '        '),
  ]
}

/** What the field is called, and what it asks. */
function fieldRow({ name, label, hint, required, placeholder, choices }: Field): readonly [string, Rich] {
  const like = placeholder ? `, e.g. ${placeholder}` : ''
  const said = `${label} (${required ? 'needed' : 'optional'}${like})${hint ? `. ${hint}` : ''}`
  return [name, choices ? [`${said} – one of: `, ...choices.flatMap(choiceOf)] : [said]]
}

/** What to type, and what it is. */
const choiceOf = ({ value, label }: Choice, at: number): Rich => [
  at === 0 ? '' : '; ',
  { kind: 'code', text: value },
  ` (${label})`,
]

/** The text, wrapped: `head` before its first line and `rest` before the others. */
function hung(spans: readonly Span[], screen: Screen, head: string | Span[], rest: string): Line[] {
  if (spans.every(({ text }) => text.trim() === '')) return []
  const before = typeof head === 'string' ? [span(head)] : head
  const inside = roomOf(screen) - widthOf(rest)
  return wrap(spans, inside).map((line, at) => [...(at === 0 ? before : [span(rest)]), ...line])
}

const roomOf = ({ width }: Screen): number => Math.max(width, NARROWEST)

const spansOf = (rich: Rich, screen: Screen): Span[] =>
  rich.map((inline) => spanOf(inline, screen)).filter(({ text }) => text !== '')

function spanOf(inline: Inline, screen: Screen): Span {
  if (typeof inline === 'string') return span(safe(inline))
  switch (inline.kind) {
    case 'strong':
      return span(safe(inline.text), 'bold')
    case 'code':
      return screen.isColoured ? span(safe(inline.text), 'code') : span(`\`${safe(inline.text)}\``)
    case 'person':
      return span(safe(inline.name), 'bold')
    case 'group':
      return span(safe(inline.id), 'bold')
    case 'channel':
      return span(`#${safe(inline.name)}`, 'bold')
    case 'link':
      return span(`${safe(inline.text)}: ${safe(inline.url)}`)
    case 'time':
      return span(timeIn(screen.timeZone, inline))
  }
}

/** The time in the reader's zone, with the zone's name. */
function timeIn(timeZone: string, { at, style }: Extract<Inline, { kind: 'time' }>): string {
  const moment = new Date(at)
  if (Number.isNaN(moment.getTime())) return safe(at)
  const day = style === 'clock' ? {} : ({ year: 'numeric', month: 'short', day: 'numeric' } as const)
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
  return safe(new Intl.DateTimeFormat('en-GB', { timeZone, ...day, ...clock }).format(moment))
}
