import { z } from 'zod'
import type { ChangeRecord } from './change.ts'
import { type Execution, statusOf } from './execution.ts'
import { dueAt } from './forecast.ts'
import { minutesBetween } from './minutes.ts'
import { optional } from './optional.ts'
import type { TaskId } from './task.ts'

export interface ObjectivesReached {
  readonly rto: {
    readonly objectiveMinutes?: number
    /** From the declaration to the end of the last task; absent while the run lasts. */
    readonly actualMinutes?: number
    /** As `metObjective` says. */
    readonly met?: boolean
    /** From the declaration to the end of the last check of health; absent where the plan has none, or not all of them were completed. */
    readonly toHealthMinutes?: number
    readonly healthChecks: number
  }
  readonly rpo: {
    readonly objectiveMinutes?: number
    /** From the oldest recovery point used to the declaration; absent, and so not known, where no task recorded one. */
    readonly worstMinutes?: number
    readonly met?: boolean
    readonly recoveryPoints: number
    readonly oldest?: RecoveryPoint
  }
}

export interface RecoveryPoint {
  readonly task: TaskId
  readonly of: string
  readonly at: string
}

export const objectivesOf = (
  execution: Execution,
  records: readonly ChangeRecord[],
  now: Date,
): ObjectivesReached => ({ rto: rtoOf(execution, now), rpo: rpoOf(execution, records) })

function rtoOf(execution: Execution, now: Date): ObjectivesReached['rto'] {
  const { startedAt, endedAt, objectives, tasks } = execution
  const checks = [...tasks.values()].filter(({ healthCheck }) => healthCheck)
  const ends = checks.flatMap(({ status, endedAt: at }) => (status === 'COMPLETED' && at ? [at] : []))
  const healthy = ends.length === checks.length ? ends.sort().at(-1) : undefined
  return {
    ...optional('objectiveMinutes', objectives.rtoMinutes),
    ...optional('actualMinutes', since(startedAt, endedAt)),
    ...optional('met', metObjective(execution, now)),
    ...optional('toHealthMinutes', since(startedAt, healthy)),
    healthChecks: checks.length,
  }
}

/**
 * Whether the objective for time (RTO) was met: true for a run that completed in time and for no other. Undefined without an objective,
 * and while it can still be met.
 */
export function metObjective(execution: Execution, now: Date): boolean | undefined {
  const { endedAt } = execution
  const due = dueAt(execution)
  if (due === undefined) return undefined
  const inTime = Date.parse(endedAt ?? now.toISOString()) <= due
  if (endedAt === undefined) return inTime ? undefined : false
  return inTime && statusOf(execution) === 'COMPLETED'
}

const since = (from: string, to: string | undefined): number | undefined =>
  to === undefined ? undefined : minutesBetween(from, to)

function rpoOf(
  { startedAt, objectives: { rpoMinutes } }: Execution,
  records: readonly ChangeRecord[],
): ObjectivesReached['rpo'] {
  const points = recoveryPointsOf(records)
  const oldest = points.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0]
  // Data newer than the declaration has lost nothing that had been there by then.
  const worst = oldest && Math.max(0, minutesBetween(oldest.at, startedAt))
  return {
    ...optional('objectiveMinutes', rpoMinutes),
    ...optional('worstMinutes', worst),
    ...(worst === undefined || rpoMinutes === undefined ? {} : { met: worst <= rpoMinutes }),
    recoveryPoints: points.length,
    ...optional('oldest', oldest),
  }
}

/** How a task's notes name the recovery points it used: what was recovered, and the moment of its data. */
const noted = z.object({ recoveryPoints: z.record(z.string(), z.iso.datetime()) })

/** Of each thing recovered the last one used: an earlier attempt's was replaced. */
function recoveryPointsOf(records: readonly ChangeRecord[]): RecoveryPoint[] {
  const found = new Map<string, RecoveryPoint>()
  for (const change of records.flatMap(({ changes }) => changes)) {
    if (change.what !== 'progressed') continue
    const { data } = noted.safeParse(change.detail)
    for (const [of, at] of Object.entries(data?.recoveryPoints ?? {}))
      found.set(`${change.task} ${of}`, { task: change.task, of, at })
  }
  return [...found.values()]
}
