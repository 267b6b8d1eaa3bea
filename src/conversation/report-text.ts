import type { AfterAction } from '../domain/after-action.ts'
import type { Inline, Rich } from './card.ts'
import { MODE_WORDS } from './in-words.ts'
import { type Block, reportDocument, type Section, type Table } from './report-document.ts'
import { plainLine } from './report-words.ts'
import { say } from './words/index.ts'

/** Longer than any text of ours; the names in it have their own limits. */
const LINE = 2_000

/** The report as Markdown (GitHub's kind: Slack, Teams and GitHub show it), times in the IANA zone of that name. */
export function reportMarkdown(report: AfterAction, zone: string): string {
  const { title, mode, verdict, sections } = reportDocument(report, zone)
  const parts = [
    `# ${say().report.title(escaped(title))}`,
    `**${MODE_WORDS[mode]} · ${VERDICTS[verdict.tone]} ${escaped(verdict.text)}**`,
    ...sections.map(sectionText),
  ]
  return `${parts.join('\n\n')}\n`
}

const VERDICTS = { good: '✅', bad: '❌', neutral: '⏳' } as const

const sectionText = ({ heading, blocks }: Section): string =>
  [...(heading === undefined ? [] : [`## ${escaped(heading)}`]), ...blocks.map(blockText)].join('\n\n')

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return rich(block.text)
    case 'list':
      return block.items.map((item) => `- ${rich(item)}`).join('\n')
    case 'command':
      return `\`\`\`\n${plainLine(block.text, LINE).replaceAll('`', "'")}\n\`\`\``
    case 'table':
      return tableText(block)
  }
}

function tableText({ columns, rows, rest }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [
    line(columns.map(({ title }) => escaped(title))),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(({ cells }) => line(cells.map(rich))),
  ].join('\n')
  return rest === undefined ? table : `${table}\n\n${escaped(rest)}`
}

const rich = (text: Rich): string => text.map(inline).join('')

function inline(one: Inline): string {
  if (typeof one === 'string') return escaped(one)
  switch (one.kind) {
    case 'strong':
      return `**${escaped(one.text)}**`
    case 'code':
      return codeText(one.text)
    case 'person':
      return escaped(one.name)
    case 'group':
      return escaped(one.id)
    case 'channel':
      return escaped(`#${one.name}`)
    case 'link':
      return escaped(one.text)
    case 'time':
      return escaped(one.at)
  }
}

/** Only what cannot end the code or the cell it stands in; anything else is plain text. */
const codeText = (text: string): string => (/^[\w.:/@ ,+=-]*\w$/.test(text) ? `\`${text}\`` : escaped(text))

/** Takes the place of nothing: what it stands in is no word, address or number for a machine any more, and looks the same. */
const JOINER = '\u2060'

/**
 * The text as plain text wherever Markdown is shown: nothing in it is a mark, a tag, an address, a mention, or the end of its cell.
 * The space around it is left, for it may be a piece of a sentence.
 */
export function escaped(text: string): string {
  const line = plainLine(text, LINE)
    .replaceAll(/[@#<]/g, `$&${JOINER}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]~|$!{}]/g, '\\$&')
    .replace(/^(?:[-+=]+(?:\s|$)|\d+[.)])/, `${JOINER}$&`)
    .replaceAll('://', `:${JOINER}//`)
    .replaceAll(/(www)\./gi, `$1${JOINER}.`)
  const before = /^\s/.test(text) ? ' ' : ''
  const after = line !== '' && /\s$/.test(text) ? ' ' : ''
  return `${before}${line}${after}`
}
