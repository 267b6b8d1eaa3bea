import { withEmoji } from './emoji.ts'

/** Slack's own markup, parsed. Blocks (quotes, code) are told from what stands in a line. */
export type Mrkdwn =
  | { kind: 'text' | 'code' | 'preformatted'; text: string }
  | { kind: 'bold' | 'italic' | 'strike' | 'quote'; children: Mrkdwn[] }
  | { kind: 'link'; url: string; text: string }
  | { kind: 'user' | 'channel' | 'group'; id: string; label?: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; seconds: number; format: string; url?: string; fallback: string }

export function parseMrkdwn(text: string): Mrkdwn[] {
  return text.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, at) => {
    if (at % 2 === 1) return [{ kind: 'preformatted', text: plain(part) } satisfies Mrkdwn]
    return part === '' ? [] : withQuotes(part)
  })
}

/** Text without markup, for names and titles: `&amp;` and `:wave:` still mean what they mean in Slack. */
export function plain(text: string): string {
  return unescaped(withEmoji(text))
}

function withQuotes(text: string): Mrkdwn[] {
  return text.split(/((?:^(?:&gt;|>) ?.*(?:\n|$))+)/m).flatMap((part, at): Mrkdwn[] => {
    if (part === '') return []
    if (at % 2 === 0) return inline(part)
    return [{ kind: 'quote', children: inline(part.replace(/^(?:&gt;|>) ?/gm, '').trimEnd()) }]
  })
}

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const

// In this order of alternatives: <what Slack inserts>, `code`, and *styled* text, which must start and end at a word's edge.
const SPECIAL =
  /<([^<>\n]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)((?:<[^<>\n]*>|`[^`\n]+`|[^\n])*?[^\s])\3(?![\p{L}\p{N}])/gu

function inline(text: string): Mrkdwn[] {
  const nodes: Mrkdwn[] = []
  let from = 0
  for (const found of text.matchAll(SPECIAL)) {
    if (found.index > from) nodes.push({ kind: 'text', text: plain(text.slice(from, found.index)) })
    nodes.push(special(found))
    from = found.index + found[0].length
  }
  if (from < text.length) nodes.push({ kind: 'text', text: plain(text.slice(from)) })
  return nodes
}

function special([, inserted, code, mark, styled = '']: RegExpMatchArray): Mrkdwn {
  if (inserted !== undefined) return parseInserted(inserted)
  if (code !== undefined) return { kind: 'code', text: unescaped(code) }
  const kind = mark === '*' ? STYLES['*'] : mark === '_' ? STYLES._ : STYLES['~']
  return { kind, children: inline(styled) }
}

function parseInserted(inserted: string): Mrkdwn {
  const bar = inserted.indexOf('|')
  const target = bar < 0 ? inserted : inserted.slice(0, bar)
  const label = bar < 0 ? undefined : plain(inserted.slice(bar + 1))
  const named = label === undefined ? {} : { label }
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), ...named }
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), ...named }
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice('!subteam^'.length), ...named }
  if (target.startsWith('!date^')) return parseDate(target, label ?? '')
  if (target.startsWith('!')) return { kind: 'broadcast', range: target.slice(1) }
  const url = unescaped(target)
  return { kind: 'link', url, text: label ?? url.replace(/^mailto:/, '') }
}

function parseDate(target: string, fallback: string): Mrkdwn {
  const [, seconds, format = '', url] = target.split('^')
  if (!Number.isFinite(Number(seconds))) return { kind: 'text', text: fallback }
  return { kind: 'date', seconds: Number(seconds), format, fallback, ...(url && { url: unescaped(url) }) }
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
