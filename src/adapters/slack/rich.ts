import type { ContextBlock, RichTextSection } from '@slack/types'
import type { Inline, Rich } from '../../conversation/card.ts'
import { shortened } from '../common/shortened.ts'
import { LIMITS } from './limits.ts'

export type RichElement = RichTextSection['elements'][number]
type Small = ContextBlock['elements'][number]

/** Text with mentions and times. Strings become text elements, in which Slack reads no markup: they can forge nothing. */
export function richElements(rich: Rich): RichElement[] {
  let left: number = LIMITS.blockText
  return rich.flatMap((inline): RichElement[] => {
    const element = elementOf(inline)
    if (element.type !== 'text') return [element]
    if (element.text === '' || left <= 0) return []
    const text = shortened(element.text, Math.max(left, 20))
    left -= text.length
    return [{ ...element, text }]
  })
}

/** Small print. A context block has no rich text: only what we made ourselves is marked up, everything else is plain. */
export function smallPrint(rich: Rich): Small[] {
  const parts: Small[] = []
  for (const inline of rich) {
    const markup = markupOf(inline)
    const last = parts.at(-1)
    if (markup) parts.push({ type: 'mrkdwn', text: markup })
    else if (last?.type === 'plain_text') last.text += plain([inline])
    else parts.push({ type: 'plain_text', text: plain([inline]) })
  }
  const filled = parts.filter((part) => !('text' in part) || part.text.trim() !== '')
  const fitting: Small[] =
    filled.length > LIMITS.contextElements ? [{ type: 'plain_text', text: plain(rich) }] : filled
  return fitting.map((part) =>
    part.type === 'plain_text' ? { ...part, text: shortened(part.text, LIMITS.blockText) } : part,
  )
}

/** The same in plain words. */
export const plain = (rich: Rich): string =>
  rich
    .map((inline) => {
      if (typeof inline === 'string') return inline
      if (inline.kind === 'person') return inline.name
      if (inline.kind === 'group') return inline.id
      if (inline.kind === 'link') return `${inline.text}: ${inline.url}`
      if (inline.kind === 'channel') return `#${inline.name}`
      return inline.kind === 'time' ? inWords(inline.at) : inline.text
    })
    .join('')

function elementOf(inline: Inline): RichElement {
  if (typeof inline === 'string') return { type: 'text', text: inline }
  switch (inline.kind) {
    case 'strong':
      return { type: 'text', text: inline.text, style: { bold: true } }
    case 'code':
      return { type: 'text', text: inline.text, style: { code: true } }
    case 'person': {
      const id = idOf(inline.id, USER)
      return id ? { type: 'user', user_id: id } : { type: 'text', text: inline.name, style: { bold: true } }
    }
    case 'group': {
      const id = idOf(inline.id, GROUP)
      return id
        ? { type: 'usergroup', usergroup_id: id }
        : { type: 'text', text: inline.id, style: { bold: true } }
    }
    case 'link':
      return isForTheWeb(inline.url)
        ? { type: 'link', url: inline.url, text: inline.text }
        : { type: 'text', text: inline.text }
    case 'channel':
      return inline.platform === 'slack'
        ? { type: 'channel', channel_id: inline.id }
        : { type: 'text', text: `#${inline.name}`, style: { bold: true } }
    case 'time': {
      const timestamp = seconds(inline.at)
      if (timestamp === undefined) return { type: 'text', text: inline.at }
      return { type: 'date', timestamp, format: FORMATS[inline.style], fallback: inWords(inline.at) }
    }
  }
}

function markupOf(inline: Inline): string | undefined {
  if (typeof inline === 'string') return undefined
  if (inline.kind === 'person') return wrapped('<@', idOf(inline.id, USER))
  if (inline.kind === 'group') return wrapped('<!subteam^', idOf(inline.id, GROUP))
  if (inline.kind === 'channel') return inline.platform === 'slack' ? `<#${inline.id}>` : undefined
  if (inline.kind !== 'time') return undefined
  const timestamp = seconds(inline.at)
  return timestamp === undefined
    ? undefined
    : `<!date^${timestamp}^${FORMATS[inline.style]}|${inWords(inline.at)}>`
}

const isForTheWeb = (url: string): boolean => url.length <= LIMITS.url && /^https?:\/\/[^\s<>|]+$/.test(url)

const FORMATS = { clock: '{time}', 'day-and-clock': '{date_short_pretty} at {time}' } as const
const USER = /^slack:([UW][A-Z0-9]+)$/
const GROUP = /^slack:(S[A-Z0-9]+)$/

const idOf = (id: string, shape: RegExp): string | undefined => shape.exec(id)?.[1]
const wrapped = (before: string, id: string | undefined) => (id ? `${before}${id}>` : undefined)

function seconds(at: string): number | undefined {
  const milliseconds = Date.parse(at)
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

function inWords(at: string): string {
  const timestamp = seconds(at)
  if (timestamp === undefined) return at
  const [day = '', time = ''] = new Date(timestamp * 1000).toISOString().split('T')
  return `${day} ${time.slice(0, 5)} UTC`
}
