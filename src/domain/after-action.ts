import { type Chain, chainOf } from './after-action-chain.ts'
import { type DecisionMade, decisionsOf } from './after-action-decisions.ts'
import { type Deviation, deviationsOf } from './after-action-deviations.ts'
import { type FailureSeen, failuresOf } from './after-action-failures.ts'
import { type ObjectivesReached, objectivesOf } from './after-action-objectives.ts'
import { stepsOf } from './after-action-steps.ts'
import { type TaskReport, tasksOf } from './after-action-tasks.ts'
import { type Entry, timelineOf } from './after-action-timeline.ts'
import { type Waiting, waitingOf } from './after-action-waiting.ts'
import type { ChangeRecord } from './change.ts'
import { type Execution, type ExecutionStatus, type Mode, type PlanReference, statusOf } from './execution.ts'
import { forecast } from './forecast.ts'
import { optional } from './optional.ts'
import { withoutSecrets } from './secret-in.ts'
import type { Actor, TaskId } from './task.ts'

/**
 * What happened in a run, for whoever was not there. Plain JSON, without a word of its own, and made of nothing but the state and its
 * records: whoever has these gets the same report to the last character, a month later as well.
 */
export interface AfterAction {
  /** Another number means other fields, or fields computed another way. */
  readonly format: typeof FORMAT
  /** What still lasted then is counted up to then. */
  readonly drawnUpAt: string
  readonly run: Run
  readonly objectives: ObjectivesReached
  /** The chain of tasks that the end waited for, first to last. */
  readonly criticalPath: readonly TaskId[]
  readonly waiting: Waiting
  readonly decisions: readonly DecisionMade[]
  readonly failures: readonly FailureSeen[]
  readonly deviations: readonly Deviation[]
  readonly tasks: readonly TaskReport[]
  readonly timeline: readonly Entry[]
  readonly chain: Chain
}

export interface Run {
  readonly id: string
  readonly plan: PlanReference
  readonly mode: Mode
  readonly status: ExecutionStatus
  readonly startedAt: string
  readonly startedBy: Actor
  readonly reason?: string
  readonly endedAt?: string
}

export const FORMAT = 'lifeboat-after-action-1'

/** The report of the run as these are all of its records, drawn up at that moment. */
export function afterAction(execution: Execution, records: readonly ChangeRecord[], now: Date): AfterAction {
  const steps = stepsOf(records)
  const { critical } = forecast(execution, now)
  const waiting = waitingOf(execution, records, steps, critical, now)
  const tasks = tasksOf(execution, steps, { critical, waits: waiting.waits, now })
  const { id, plan, mode, startedAt, startedBy, reason, endedAt } = execution
  return {
    format: FORMAT,
    drawnUpAt: now.toISOString(),
    run: {
      id,
      plan,
      mode,
      status: statusOf(execution),
      startedAt,
      startedBy,
      ...optional('reason', reason && withoutSecrets(reason)),
      ...optional('endedAt', endedAt),
    },
    objectives: objectivesOf(execution, records, now),
    criticalPath: critical,
    waiting,
    decisions: decisionsOf(execution, records, waiting.waits),
    failures: failuresOf(steps),
    deviations: deviationsOf(steps, tasks),
    tasks,
    timeline: timelineOf(records),
    chain: chainOf(execution, records),
  }
}
