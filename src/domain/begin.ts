import { type ChangeRecord, recordOf } from './change.ts'
import { digest } from './digest.ts'
import { evolve } from './evolve.ts'
import type { Execution, ExecutionId, Mode, Place } from './execution.ts'
import { optional } from './optional.ts'
import type { Plan } from './plan.ts'
import type { Actor, Task, TaskId } from './task.ts'

/** What somebody orders. */
export interface StartOrder {
  /** Made by whoever opens the dialog or takes the call: repeating an order with the same id starts nothing new. */
  readonly id: ExecutionId
  readonly plan: string
  readonly mode: Mode
  readonly reason?: string
  readonly places: readonly Place[]
  /** The plan's hash that the preview showed; another one by now is refused. */
  readonly seenHash?: string
}

export interface BeginOrder {
  readonly id: ExecutionId
  readonly mode: Mode
  readonly reason?: string
  readonly places: readonly Place[]
  readonly declinedBySilence?: readonly TaskId[]
  /** It has a channel of its own from the start. */
  readonly room?: true
  readonly at: string
  readonly by: Actor
  readonly source: string
}

/** A plan turned into a fresh execution at version 1, and the record that says so. */
export function begin(
  plan: Plan,
  planVersion: number,
  order: BeginOrder,
): { execution: Execution; record: ChangeRecord } {
  const blank = blankOf(plan, planVersion, order)
  const record = recordOf(blank, {
    at: order.at,
    by: order.by,
    source: order.source,
    changes: [
      { what: 'begun', plan: plan.id, planVersion, mode: order.mode, frozen: digest(blank) },
      ...(order.room ? [{ what: 'room-opened' as const }] : []),
    ],
  })
  return { execution: evolve(blank, record), record }
}

/** The run at version 0: what its records are replayed over. */
export function blankOf(plan: Plan, planVersion: number, order: BeginOrder): Execution {
  return {
    id: order.id,
    plan: { id: plan.id, name: plan.name, version: planVersion, hash: plan.hash },
    mode: order.mode,
    version: 0,
    startedAt: order.at,
    startedBy: order.by,
    ...optional('reason', order.reason),
    places: order.places,
    objectives: plan.objectives,
    ...optional('declinedBySilence', order.declinedBySilence),
    lastChangeHash: '',
    tasks: new Map<TaskId, Task>(
      plan.tasks.map((task) => [task.id, { ...task, status: 'PENDING', attempt: 1 }]),
    ),
  }
}
