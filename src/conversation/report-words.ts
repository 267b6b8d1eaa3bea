import type { AfterAction } from '../domain/after-action.ts'
import { minutesBetween } from '../domain/minutes.ts'
import type { Actor } from '../domain/task.ts'
import type { Rich } from './card.ts'
import { clip, code, minutesInWords } from './in-words.ts'
import type { Row, Table } from './report-document.ts'
import { CONTROLS, INVISIBLE } from './spoken-text.ts'
import { say } from './words/index.ts'

/** How moments are written: in one zone, with the day where the run saw more than one. */
export interface Times {
  /** "13:04", with its day where that is needed. */
  readonly clock: (at: string) => string
  /** "13:04:27", likewise. */
  readonly exact: (at: string) => string
  /** "Thu 8 Jan 2026, 13:04 Europe/Berlin (12:04 UTC)". */
  readonly full: (at: string) => string
  /** "Europe/Berlin (UTC+1)". */
  readonly zone: string
}

export function zoned(zone: string, { run, drawnUpAt }: AfterAction): Times {
  const write = (timeZone: string, form: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(say().report.dates, { timeZone, hourCycle: 'h23', ...form })
    return (at: string) => format.format(new Date(at))
  }
  const hours = { hour: '2-digit', minute: '2-digit' } as const
  const [time, exact] = [write(zone, hours), write(zone, { ...hours, second: '2-digit' })]
  const [day, utc] = [write(zone, { day: 'numeric', month: 'short' }), write('UTC', hours)]
  const long = write(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const isOneDay = day(run.startedAt) === day(run.endedAt ?? drawnUpAt)
  const dated = (at: string, clock: string) => (isOneDay ? clock : `${day(at)} ${clock}`)
  const isUtc = zone === 'UTC'
  return {
    clock: (at) => dated(at, time(at)),
    exact: (at) => dated(at, exact(at)),
    full: (at) => `${long(at)}, ${time(at)} ${isUtc ? 'UTC' : `${zone} (${utc(at)} UTC)`}`,
    zone: isUtc ? 'UTC' : `${zone} (${offset(zone, run.startedAt)})`,
  }
}

function offset(zone: string, at: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    new Date(at),
  )
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? zone
}

/** "45 s", "42 min", "1 h 05 min": as the cards say it. */
export function took(minutes: number): string {
  const seconds = Math.round(minutes * 60)
  return seconds < 60 ? say().core.seconds(seconds) : minutesInWords(Math.floor(seconds / 60))
}

/** "+20 min", "−3 min", "as planned". */
export function beside(minutes: number): string {
  if (Math.abs(minutes) < 1) return say().report.asPlanned
  return `${minutes > 0 ? '+' : '−'}${took(Math.abs(minutes))}`
}

export const elapsed = ({ run, drawnUpAt }: AfterAction): number =>
  minutesBetween(run.startedAt, run.endedAt ?? drawnUpAt)

/** Somebody else's words on one line, without what cannot be seen. */
export const plainLine = (text: string, limit: number): string =>
  clip(text.replaceAll(INVISIBLE, '').replaceAll(CONTROLS, ' '), limit)

/** The name that people know, and the id that counts. */
export const actor = ({ kind, id, name }: Actor): Rich =>
  kind === 'engine' ? [name] : [`${plainLine(name, 60)} `, code(plainLine(id, 80))]

/** The names of the tasks, by id. */
export function namesOf({ tasks }: AfterAction): (id: string | undefined) => string {
  const names = new Map<string, string>(tasks.map(({ id, name }) => [id, plainLine(name, 80)]))
  return (id) => (id === undefined ? '' : (names.get(id) ?? id))
}

/** A table of so many rows at most; the rest is counted. */
export function bounded(
  columns: Table['columns'],
  rows: readonly Row[],
  most: number,
  all = rows.length,
): Table {
  const left = all - Math.min(rows.length, most)
  return {
    kind: 'table',
    columns,
    rows: rows.slice(0, most),
    ...(left > 0 ? { rest: say().report.moreInJson(left) } : {}),
  }
}
