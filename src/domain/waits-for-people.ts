import type { Execution } from './execution.ts'
import type { Task } from './task.ts'

/** It is the people's turn: an approval to give, or a failure that the engine will not try again by itself. */
export function waitsForPeople(execution: Execution, task: Task): boolean {
  if (task.status === 'PENDING_APPROVAL') return true
  if (task.status !== 'FAILED' || execution.cancelled) return false
  return execution.paused !== undefined || !retriesItself(task)
}

/** The engine tries again by itself only what AWS let fail; a denial, an expiry or a time-out is for people. */
export const retriesItself = (task: Task): boolean =>
  task.failure?.kind === 'aws' && task.attempt <= task.retries
