import type { Execution } from './execution.ts'
import { type Forecast, spare } from './forecast.ts'
import type { Task } from './task.ts'

/**
 * Who is asked when nobody decides: first the card in the thread, then those on call, then everybody else who may decide, then
 * the whole channel and whoever listens to notices.
 */
export const RUNGS = ['on-call', 'others', 'everybody'] as const
export type Rung = (typeof RUNGS)[number]

/** When each rung comes after the asking: at the latest, and as a share of the time that the decision may take. */
const LADDER = {
  'on-call': { latestMs: 2 * 60_000, share: 0.25 },
  others: { latestMs: 5 * 60_000, share: 0.5 },
  everybody: { latestMs: 10 * 60_000, share: 0.8 },
} as const satisfies Record<Rung, { latestMs: number; share: number }>
/** People must have read the card before they are asked again, whatever the hurry. */
export const FIRST_RUNG_MS = 30_000

/** Since when the task waits for people; undefined where it does not say. */
export const asksSince = ({ status, startedAt, endedAt }: Task): number | undefined => {
  const since = status === 'FAILED' ? endedAt : startedAt
  return since === undefined ? undefined : Date.parse(since)
}

/**
 * The highest rung that is due for a task that waits for people: sooner where the objective is near. Missed rungs are left out:
 * after an outage of ours nobody is asked three times at once.
 */
export function dueRung(execution: Execution, task: Task, now: Date, expected: Forecast): Rung | undefined {
  const since = asksSince(task)
  if (since === undefined) return undefined
  const waited = now.getTime() - since
  // What it could wait when it asked: each minute of waiting takes one from what is left.
  const left = spare(execution, expected, task.id)
  const slack = left === undefined ? undefined : left + waited
  return RUNGS.findLast((rung, place) => {
    const { latestMs, share } = LADDER[rung]
    const due = Math.min(latestMs, slack === undefined ? latestMs : slack * share)
    return waited >= Math.max(due, FIRST_RUNG_MS * (place + 1))
  })
}
