import type { Block, Card, Inline, Rich } from './card.ts'
import { STEP_SIGNS } from './steps.ts'

/** The card as lines of plain text: for the terminal, and for tests. */
export const asText = (card: Card): string => card.blocks.flatMap(linesOf).join('\n')

/** The same in one string, times in UTC. */
export const plainText = (rich: Rich): string => rich.map(inlineText).join('')

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`# ${block.text}`]
    case 'text':
      return [plainText(block.text)]
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${plainText(value)}`)
    case 'list':
      return block.items.map((item) => `- ${plainText(item)}`)
    case 'note':
      return [`(${plainText(block.text)})`]
    case 'steps':
      return block.steps.map(({ title, state }) => `${STEP_SIGNS[state]} ${title}`)
    case 'log':
      return block.lines.map((line) => `| ${line}`)
    case 'divider':
      return ['---']
    case 'buttons':
      return [
        block.buttons.map(({ label, rank }) => (rank === 'first' ? `[${label}]` : `(${label})`)).join(' '),
      ]
  }
}

function inlineText(inline: Inline): string {
  if (typeof inline === 'string') return inline
  switch (inline.kind) {
    case 'person':
      return inline.name
    case 'group':
      return inline.id
    case 'link':
      return `${inline.text}: ${inline.url}`
    case 'channel':
      return `#${inline.name}`
    case 'time': {
      const iso = new Date(inline.at).toISOString()
      return `${inline.style === 'clock' ? iso.slice(11, 16) : iso.slice(0, 16).replace('T', ' ')} UTC`
    }
    default:
      return inline.text
  }
}
