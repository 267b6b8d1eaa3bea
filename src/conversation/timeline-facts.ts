import { metObjective } from '../domain/after-action-objectives.ts'
import { duration, minutesInWords } from './in-words.ts'
import type { Span } from './picture.ts'
import type { TimelineOf } from './timeline-picture.ts'
import { say } from './words/index.ts'

/** What a finished run comes down to. */
export interface Facts {
  readonly start: string
  readonly end: string
  readonly plannedEnd: string
  /** When the objective was due. */
  readonly objective?: string
  readonly rtoMinutes?: number
  /** Whether the run met it; false without one. */
  readonly isMet: boolean
  readonly waited: number
}

export function factsOf({ execution, tasks, waits }: TimelineOf): Facts {
  const start = execution.startedAt
  const { rtoMinutes } = execution.objectives
  const end = execution.endedAt ?? latest([start, ...tasks.flatMap(({ actual }) => actual?.to ?? [])])
  return {
    start,
    end,
    plannedEnd: latest([start, ...tasks.map(({ planned }) => planned.to)]),
    waited: coveredMinutes(waits),
    ...(rtoMinutes === undefined ? {} : { rtoMinutes, objective: later(start, rtoMinutes) }),
    isMet: metObjective(execution, new Date(end)) ?? false,
  }
}

/** "Took 47 min, 15 min later than planned · 12 min waiting for people · objective 1 h met". */
export function outcome({ start, end, plannedEnd, rtoMinutes, isMet, waited }: Facts): string {
  const off = Math.round((Date.parse(end) - Date.parse(plannedEnd)) / 60_000)
  const words = say().pictures.timeline
  const took = duration(start, end)
  const besidePlan =
    off === 0
      ? words.asPlanned(took)
      : (off > 0 ? words.later : words.sooner)(took, minutesInWords(Math.abs(off)))
  const people = waited > 0 ? [words.waiting(minutesInWords(waited))] : []
  const goal =
    rtoMinutes === undefined ? [] : [(isMet ? words.met : words.notMet)(minutesInWords(rtoMinutes))]
  return [besidePlan, ...people, ...goal].join(' · ')
}

/** Whole minutes in which at least one of them lasted. */
function coveredMinutes(spans: readonly Span[]): number {
  let covered = 0
  let until = Number.NEGATIVE_INFINITY
  const inOrder = spans
    .map(({ from, to }) => [Date.parse(from), Date.parse(to)] as const)
    .sort(([a], [b]) => a - b)
  for (const [from, to] of inOrder) {
    covered += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return Math.round(covered / 60_000)
}

export const later = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString()
export const latest = (times: readonly string[]): string =>
  new Date(Math.max(...times.map((at) => Date.parse(at)))).toISOString()
export const earliest = (times: readonly string[]): string =>
  new Date(Math.min(...times.map((at) => Date.parse(at)))).toISOString()
