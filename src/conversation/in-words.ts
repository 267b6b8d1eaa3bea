import type { Mode } from '../domain/execution.ts'
import type { Actor, Failure } from '../domain/task.ts'
import type { Inline, Rich } from './card.ts'
import { say, type Words } from './words/index.ts'

/** The mode as word and symbol: neither colour nor emoji alone tells REAL from DRILL. */
export const MODE_WORDS = { drill: '🟡 DRILL', recovery: '🔴 REAL' } as const satisfies Record<Mode, string>

export const who = (actor: Actor): Inline =>
  actor.kind === 'engine' ? actor.name : { kind: 'person', id: actor.id, name: actor.name }

export const clockTime = (at: string): Inline => ({ kind: 'time', at, style: 'clock' })
export const strong = (text: string): Inline => ({ kind: 'strong', text })
export const code = (text: string): Inline => ({ kind: 'code', text })
/** Only for addresses that we made ourselves. */
export const webLink = (url: string, text: string): Inline => ({ kind: 'link', url, text })

/** "one task", "3 tasks". */
export const count = (number: number, noun: keyof Words['core']['count']): string =>
  say().core.count[noun](number)

/** "45 s", "42 min", "1 h 05 min". */
export function duration(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
  if (seconds < 60) return say().core.seconds(seconds)
  return minutesInWords(Math.floor(seconds / 60))
}

export const minutesInWords = (minutes: number): string =>
  minutes < 60
    ? say().core.minutes(minutes)
    : say().core.hours(Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0'))

/** The text on one line, cut at the limit. */
export function clip(text: string, limit: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= limit) return line
  let cut = ''
  for (const letter of line) {
    if (cut.length + letter.length > limit - 1) break
    cut += letter
  }
  return `${cut.trimEnd()}…`
}

/** The names in one line; the rest is counted. */
export function listed(names: readonly string[], most = 5): string {
  const more = names.length - most
  return more > 0 ? say().core.andMore(names.slice(0, most).join(', '), more) : names.join(', ')
}

/** "Approved" of "approved". */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "because": the reason somebody gave, as its own words. */
export const because = (reason: string | undefined): Rich =>
  reason ? [say().core.because(clip(reason, 300))] : []

/** Slack's headers hold this many characters. */
export const HEADING_LIMIT = 150

/** What went wrong, in words: what ran out of time in the reader's, all else as it was recorded. */
export function failureText({
  kind,
  message,
  minutes,
  left = [],
}: {
  readonly kind: Failure['kind']
  readonly message: string
  readonly minutes?: number | undefined
  readonly left?: readonly string[] | undefined
}): string {
  const words = say().outcome
  if (minutes === undefined) return message
  if (kind === 'expired') return words.expired(minutes)
  if (kind !== 'timed-out') return message
  return [words.timedOut(minutes), ...(left.length > 0 ? [words.mayStillRun(left.join(', '))] : [])].join(' ')
}
