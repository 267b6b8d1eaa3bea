import type { ChangeRecord, Moved } from './change.ts'
import type { Actor, TaskId } from './task.ts'

/** A task's move, and the record that tells of it. */
export interface Step {
  readonly record: number
  readonly at: string
  readonly by: Actor
  readonly move: Moved
}

/** The moves of each task, first to last; a task that never moved has none. */
export function stepsOf(records: readonly ChangeRecord[]): ReadonlyMap<TaskId, readonly Step[]> {
  const steps = new Map<TaskId, Step[]>()
  for (const { version: record, at, by, changes } of records) {
    for (const move of changes) {
      if (move.what !== 'moved') continue
      const before = steps.get(move.task)
      const step = { record, at, by, move }
      if (before) before.push(step)
      else steps.set(move.task, [step])
    }
  }
  return steps
}

/** Everything in the order in which it was recorded. */
export const inRecordOrder = <One extends { readonly record: number }>(all: readonly One[]): One[] =>
  all.toSorted((a, b) => a.record - b.record)
