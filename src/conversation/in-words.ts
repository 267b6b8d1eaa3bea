import type { ExecutionStatus, IncidentRole, Mode } from '../domain/execution.ts'
import type { Actor, Failure } from '../domain/task.ts'
import type { PersonEvent, Status } from '../domain/transitions.ts'
import type { Inline, Rich } from './card.ts'

/** The mode as word and symbol: neither colour nor emoji alone tells REAL from DRILL. */
export const MODE_WORDS = { drill: '🟡 DRILL', recovery: '🔴 REAL' } as const satisfies Record<Mode, string>

export const STATUS_WORDS = {
  PENDING: 'not started',
  IN_PROGRESS: 'running',
  PENDING_APPROVAL: 'waiting for approval',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  PAUSED: 'on hold',
  RETRY: 'about to run again',
  SKIPPED: 'skipped',
  ABANDONED: 'abandoned',
} as const satisfies Record<Status, string>

export const RUN_STATUS_WORDS = {
  ...STATUS_WORDS,
  PENDING: 'starting',
  FAILED: 'stopped by a failure, a decision is needed',
  PAUSED: 'paused',
  ABANDONED: 'ended, part of it was abandoned',
} as const satisfies Record<ExecutionStatus, string>

/** What somebody did, after "by": "approved by Ann". */
export const DONE_WORDS = {
  approve: 'approved',
  reject: 'rejected',
  adopt: 'adopted',
  retry: 'retried',
  release: 'released',
  hold: 'put on hold',
  skip: 'skipped',
  abandon: 'abandoned',
} as const satisfies Record<PersonEvent, string>

export const FAILURE_WORDS = {
  rejected: 'rejected',
  expired: 'expired without a decision',
  'timed-out': 'ran out of time',
  crashed: 'broke off inside Lifeboat',
  aws: 'failed in AWS',
  unknown: 'failed for an unknown reason',
} as const satisfies Record<Failure['kind'], string>

export const INCIDENT_ROLE_WORDS = {
  commander: 'incident commander',
  scribe: 'scribe',
} as const satisfies Record<IncidentRole, string>

export const who = (actor: Actor): Inline =>
  actor.kind === 'engine' ? actor.name : { kind: 'person', id: actor.id, name: actor.name }

export const clockTime = (at: string): Inline => ({ kind: 'time', at, style: 'clock' })
export const strong = (text: string): Inline => ({ kind: 'strong', text })
export const code = (text: string): Inline => ({ kind: 'code', text })
/** Only for addresses that we made ourselves. */
export const webLink = (url: string, text: string): Inline => ({ kind: 'link', url, text })

/** "one task", "3 tasks". */
export const count = (number: number, noun: string): string =>
  `${number === 1 ? 'one' : number} ${noun}${number === 1 ? '' : 's'}`

/** "45 s", "42 min", "1 h 05 min". */
export function duration(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
  if (seconds < 60) return `${seconds} s`
  return minutesInWords(Math.floor(seconds / 60))
}

export const minutesInWords = (minutes: number): string =>
  minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`

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
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ')
}

/** "because": the reason somebody gave, as its own words. */
export const because = (reason: string | undefined): Rich => (reason ? [` · “${clip(reason, 300)}”`] : [])

/** Slack's headers hold this many characters. */
export const HEADING_LIMIT = 150
