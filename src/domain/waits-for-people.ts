import { advance } from './advance.ts'
import type { Execution } from './execution.ts'
import type { Task } from './task.ts'

/** It is the people's turn: an approval to give, or a failure that the engine will not try again by itself. */
export function waitsForPeople(execution: Execution, task: Task): boolean {
  if (task.status === 'PENDING_APPROVAL') return true
  if (task.status !== 'FAILED' || execution.cancelled) return false
  // Asked of this task alone: one save takes a limited number of moves, and this one must not be missed among them.
  const alone = { ...execution, tasks: new Map([[task.id, { ...task, predecessors: [] }]]) }
  return !advance(alone, new Date(0)).some(({ event }) => event === 'retry')
}
