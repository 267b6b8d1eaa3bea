import type { Inline, Rich } from '../../conversation/card.ts'
import { shortened } from '../common/shortened.ts'
import { objectIdOf } from './ids.ts'
import { LIMITS } from './limits.ts'

export interface Look {
  readonly size?: 'Small' | 'Default' | 'Medium' | 'Large'
  readonly weight?: 'Bolder'
  readonly isSubtle?: true
  readonly fontType?: 'Monospace'
}

export interface TextRun extends Look {
  readonly type: 'TextRun'
  readonly text: string
  readonly selectAction?: { readonly type: 'Action.OpenUrl'; readonly url: string }
}

export type Paragraph =
  | { readonly type: 'RichTextBlock'; readonly inlines: readonly TextRun[] }
  | (Look & { readonly type: 'TextBlock'; readonly text: string; readonly wrap: true })

export interface Mention {
  readonly type: 'mention'
  readonly text: string
  readonly mentioned: { readonly id: string; readonly name: string }
}

/** The text, and whom it mentions. */
export interface Written {
  readonly paragraph: Paragraph
  readonly mentions: readonly Mention[]
}

/**
 * A paragraph as Teams shows it; undefined for no text. Runs of text know no Markdown and no mentions, so what comes from plans,
 * AWS or people stands in them as it is. Only where somebody is mentioned it must be Markdown: there everything else is escaped.
 */
export function written(rich: Rich, look: Look = {}, taken = new Map<string, string>()): Written | undefined {
  const shown = rich.filter((inline) => typeof inline !== 'string' || inline !== '')
  if (shown.length === 0) return undefined
  const mentions = shown.flatMap((inline) => mentionOf(inline, taken) ?? [])
  if (mentions.length === 0) {
    const inlines = shown.map((inline) => runOf(inline, look))
    return { paragraph: { type: 'RichTextBlock', inlines }, mentions }
  }
  const text = asParagraph(
    shown.map((inline) => mentionOf(inline, taken)?.text ?? markdownOf(inline)).join(''),
  )
  const { fontType: _, ...words } = look
  return { paragraph: { type: 'TextBlock', text, wrap: true, ...words }, mentions }
}

export const plainRun = (text: string, look: Look = {}): TextRun => ({
  type: 'TextRun',
  text: plain(text),
  ...look,
})

/** "{{DATE(…)}}" makes a time: nobody else's braces may. */
const plain = (text: string): string =>
  shortened(text.replaceAll('\r', '').replaceAll(/\{(?=\{)/g, '{ '), LIMITS.text)

function runOf(inline: Inline, look: Look): TextRun {
  if (typeof inline === 'string') return plainRun(inline, look)
  switch (inline.kind) {
    case 'strong':
      return plainRun(inline.text, { ...look, weight: 'Bolder' })
    case 'code':
      return plainRun(inline.text, { ...look, fontType: 'Monospace' })
    case 'person':
      return plainRun(inline.name, { ...look, weight: 'Bolder' })
    case 'group':
      return plainRun(inline.id, { ...look, weight: 'Bolder' })
    case 'channel':
      return plainRun(`#${inline.name}`, { ...look, weight: 'Bolder' })
    case 'link':
      return isForTheWeb(inline.url)
        ? { ...plainRun(inline.text, look), selectAction: { type: 'Action.OpenUrl', url: inline.url } }
        : plainRun(inline.text, look)
    case 'time':
      return { type: 'TextRun', text: timeOf(inline), ...look }
  }
}

function markdownOf(inline: Inline): string {
  if (typeof inline === 'string') return escaped(inline)
  switch (inline.kind) {
    case 'strong':
      return bold(inline.text)
    case 'code':
      return escaped(inline.text)
    case 'person':
      return bold(inline.name)
    case 'group':
      return bold(inline.id)
    case 'channel':
      return bold(`#${inline.name}`)
    case 'link':
      return isForTheWeb(inline.url) ? `[${escaped(inline.text)}](${inline.url})` : escaped(inline.text)
    case 'time':
      return Number.isNaN(Date.parse(inline.at)) ? escaped(inline.at) : timeOf(inline)
  }
}

/** Stars that touch a space or a sign would be shown. */
const bold = (text: string): string =>
  /^[\p{L}\p{N}](.*[\p{L}\p{N}])?$/su.test(text) ? `**${escaped(text)}**` : escaped(text)

/** What would make a list, a heading or code of the whole paragraph. */
const asParagraph = (text: string): string =>
  text
    .trimStart()
    .replace(/^[#>+=~|-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')

const isForTheWeb = (url: string): boolean => /^https?:\/\/[^\s()<>]+$/.test(url)

/** Everything that Markdown or a mention could be made of. */
const escaped = (text: string): string =>
  plain(text)
    .replaceAll(/[\\`*_{[\]]|&(?=[#\w]|$)/g, '\\$&')
    .replaceAll('<', '‹')
    .replaceAll(/\s*\n\s*/g, ' ')

/** `taken` says whose each name is already: a second person of the same name gets a number. */
function mentionOf(inline: Inline, taken: Map<string, string>): Mention | undefined {
  if (typeof inline === 'string' || inline.kind !== 'person') return undefined
  const id = objectIdOf(inline.id)
  if (!id) return undefined
  // What stands between the marks must be the same in the entity, so nothing that is markup stays in it.
  const plainName =
    inline.name
      .replaceAll(/[<>&*_`[\]\\{}\0]/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim() || 'Somebody'
  let name = plainName
  for (let number = 2; (taken.get(name) ?? id) !== id; number += 1) name = `${plainName} ${number}`
  taken.set(name, id)
  return { type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } }
}

/** In the reader's zone, by Teams' own function; it takes no milliseconds. */
function timeOf({ at, style }: Extract<Inline, { kind: 'time' }>): string {
  const moment = new Date(at)
  if (Number.isNaN(moment.getTime())) return plain(at)
  const iso = `${moment.toISOString().slice(0, 19)}Z`
  return style === 'clock' ? `{{TIME(${iso})}}` : `{{DATE(${iso}, SHORT)}} {{TIME(${iso})}}`
}
