import { micromark } from 'micromark'
import { carriedBy } from '../../src/adapters/slack/buttons.ts'
import type { renderCard as slackCard } from '../../src/adapters/slack/render.ts'
import type { Execute } from '../../src/adapters/teams/actions.ts'
import type { AdaptiveCard, Element } from '../../src/adapters/teams/render.ts'
import type { Mention, TextRun } from '../../src/adapters/teams/rich.ts'
import { plainText } from '../../src/conversation/as-text.ts'
import type { Block, Card, Inline } from '../../src/conversation/card.ts'
import { STEP_SIGNS } from '../../src/conversation/steps.ts'

/** What somebody reads from top to bottom, and the buttons by their labels; times in UTC, spaces single. */
export interface AsRead {
  readonly lines: readonly string[]
  readonly buttons: readonly string[]
  /** What each button would send, in the same order. */
  readonly clicks: readonly unknown[]
}

const read = (lines: readonly string[], buttons: readonly string[], clicks: readonly unknown[]): AsRead => ({
  lines: lines.map(tidy).filter((line) => line !== ''),
  buttons,
  clicks,
})

/** Terminals leave out the mark that asks for the coloured form of an emoji. */
const tidy = (text: string): string => text.replaceAll('\uFE0F', '').replaceAll(/\s+/g, ' ').trim()

const timeAt = (at: string, style: 'clock' | 'day-and-clock'): string =>
  plainText([{ kind: 'time', at, style }])

/** The card as whoever wrote it meant it. `hasSteps`: on a platform that has checklists. */
export function meant({ blocks }: Card, hasSteps = true): AsRead {
  const all = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  return read(
    blocks.flatMap((block) => meantBy(block, hasSteps)),
    all.map(({ label }) => label),
    all.map(({ click }) => click),
  )
}

function meantBy(block: Block, hasSteps: boolean): string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text]
    case 'text':
    case 'note':
      return [plainText(block.text)]
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${plainText(value)}`)
    case 'list':
      return block.items.map(plainText)
    case 'steps':
      return hasSteps ? block.steps.map(({ title, state }) => `${STEP_SIGNS[state]} ${title}`) : []
    case 'log':
      return [...block.lines]
    case 'divider':
      return ['---']
    case 'buttons':
      return []
  }
}

type SlackBlock = ReturnType<typeof slackCard>['blocks'][number]

/** `card` says how the people in it are called. */
export function inSlack(blocks: readonly SlackBlock[], card: Card): AsRead {
  const names = namesIn(card)
  const actions = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
  const pressed = actions.flatMap((element): [string, unknown][] => {
    if (element.type === 'button') return [[element.text.text, carriedBy(element)]]
    if (element.type !== 'overflow') throw new Error(`No button of ours: ${element.type}`)
    return element.options.map((option) => [
      option.text.text,
      carriedBy({ ...element, selected_option: option }),
    ])
  })
  return read(
    blocks.flatMap((block) => slackLines(block, names)),
    pressed.map(([label]) => label),
    pressed.map(([, click]) => click),
  )
}

type Names = ReadonlyMap<string, string>

/** Slack puts in the names itself. */
function namesIn(card: Card): Names {
  const found = new Map<string, string>()
  JSON.stringify(card, (_, value: Inline | undefined) => {
    if (typeof value === 'object' && value !== null && 'kind' in value) {
      if (value.kind === 'person') found.set(value.id.replace('slack:', ''), value.name)
      if (value.kind === 'channel') found.set(value.id, `#${value.name}`)
    }
    return value
  })
  return found
}

const SIGN_OF: { readonly [status: string]: string } = {
  pending: STEP_SIGNS.waiting,
  in_progress: STEP_SIGNS.running,
  complete: STEP_SIGNS.done,
  error: STEP_SIGNS.failed,
}

function slackLines(block: SlackBlock, names: Names): string[] {
  switch (block.type) {
    case 'header':
      return [block.text.text]
    case 'divider':
      return ['---']
    case 'actions':
      return []
    case 'context':
      return [block.elements.map((part) => ('text' in part ? smallText(part, names) : '')).join('')]
    case 'plan':
      return (block.tasks ?? []).map(({ title, status }) => `${SIGN_OF[String(status)] ?? '?'} ${title}`)
    case 'rich_text':
      return block.elements.flatMap((element) => {
        if (element.type === 'rich_text_list') return element.elements.map((item) => richText(item, names))
        return richText(element, names).split('\n')
      })
    default:
      throw new Error(`No block of ours: ${block.type}`)
  }
}

const richText = ({ elements }: { elements: readonly { type: string }[] }, names: Names): string =>
  elements.map((element) => partText(element, names)).join('')

/** What we never send is read as something that no card says. */
function partText(part: { [name: string]: unknown; type: string }, names: Names): string {
  const of = (name: string): string => String(part[name] ?? '?')
  if (part.type === 'text') return of('text')
  if (part.type === 'link') return `${of('text')}: ${of('url')}`
  if (part.type === 'user') return names.get(of('user_id')) ?? '?'
  if (part.type === 'channel') return names.get(of('channel_id')) ?? '?'
  if (part.type === 'usergroup') return `slack:${of('usergroup_id')}`
  return part.type === 'date' ? dateText(Number(part.timestamp), of('format')) : '?'
}

const dateText = (timestamp: number, format: string): string =>
  timeAt(new Date(timestamp * 1000).toISOString(), format === '{time}' ? 'clock' : 'day-and-clock')

const smallText = ({ type, text }: { type: string; text: string }, names: Names): string =>
  type === 'plain_text'
    ? text
    : text
        .replaceAll(/<@(\w+)>|<#(\w+)>/g, (_, user, channel) => names.get(String(user ?? channel)) ?? '?')
        .replaceAll(/<!subteam\^(\w+)>/g, 'slack:$1')
        .replaceAll(/<!date\^(\d+)\^([^|]+)\|[^>]*>/g, (_, at, format) => dateText(Number(at), format))

/** Braces are pulled apart there: two of them would make a time. */
export function inTeams({ body, msteams }: AdaptiveCard): AsRead {
  const actions = actionsIn(body)
  const lines = body.flatMap((element) => teamsLines(element, msteams?.entities ?? []))
  return read(
    lines.map((line) => line.replaceAll('{ {', '{{')),
    actions.map(({ title }) => title),
    actions.map(({ data }) => data.lifeboat.click),
  )
}

/** Every element, also those inside of others. */
export const elementsIn = (body: readonly Element[]): Element[] =>
  body.flatMap((element) => [element, ...(element.type === 'Container' ? elementsIn(element.items) : [])])

export const actionsIn = (body: readonly Element[]): Execute[] =>
  elementsIn(body).flatMap((element) => (element.type === 'ActionSet' ? [...element.actions] : []))

function teamsLines(element: Element, mentions: readonly Mention[]): string[] {
  const before = element.separator ? ['---'] : []
  switch (element.type) {
    case 'Container':
      return [...before, ...element.items.flatMap((item) => teamsLines(item, mentions))]
    case 'RichTextBlock':
      return [...before, element.inlines.map(runText).join('').replace(/^• +/, '')]
    case 'TextBlock':
      return [...before, paragraphText(element.text, mentions).replace(/^• +/, '')]
    default:
      return before
  }
}

const runText = ({ text, selectAction }: TextRun): string =>
  selectAction ? `${text}: ${selectAction.url}` : timesShown(text)

/** As the client does it: times first, then Markdown, then whoever is mentioned. */
function paragraphText(markdown: string, mentions: readonly Mention[]): string {
  const text = textOf(micromark(timesShown(markdown)))
  return mentions
    .reduce((shown, { text: key, mentioned }) => shown.replaceAll(key, mentioned.name), text)
    .replaceAll('‹', '<')
}

const AT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`
const timesShown = (text: string): string =>
  text
    .replaceAll(new RegExp(String.raw`\{\{DATE\((${AT}), SHORT\)\}\} \{\{TIME\(\1\)\}\}`, 'g'), (_, at) =>
      timeAt(at, 'day-and-clock'),
    )
    .replaceAll(new RegExp(String.raw`\{\{TIME\((${AT})\)\}\}`, 'g'), (_, at) => timeAt(at, 'clock'))

/** The text of a page's HTML, links with their addresses. */
export const textOf = (html: string): string =>
  html
    .replaceAll(/<a href="([^"]*)">(.*?)<\/a>/gs, '$2: $1')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

/** What a wide terminal shows, without its colours; its buttons are lines that say what to type. */
export function inTerminal(shown: string): AsRead {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours are taken out
  const rows = shown.replaceAll(/\u001B\[[\d;]+m/g, '').split('\n')
  const isButton = /^ {2}\[\d+\] (.*?) {2,}→ {2}(.+)$/
  const buttons = rows.flatMap((row) => [...(isButton.exec(row) ?? [])].slice(1, 2))
  const lines = rows.filter((row) => !isButton.test(row)).map(terminalLine)
  return read(lines, buttons, [])
}

const terminalLine = (row: string): string =>
  row
    .replace(/^─+$/, '---')
    .replace(/^ {2}[•│] /, '')
    .replace(/^ {2}(\S.*?) {2,}(\S.*)$/, '$1: $2')
    .replaceAll(/(\d+ \w{3} \d{4}), (\d\d:\d\d) UTC/g, (_, day, clock) =>
      timeAt(`${new Date(`${day} UTC`).toISOString().slice(0, 10)}T${clock}:00.000Z`, 'day-and-clock'),
    )
