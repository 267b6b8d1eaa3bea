import { digest } from './digest.ts'
import type { ExecutionId } from './execution.ts'
import type { Decision, TaskId, Vote } from './task.ts'

/** Names the decision for good: the same on every repaint and in the report, and different for every other decision. */
export const receipt = (id: ExecutionId, task: TaskId, attempt: number, decision: Decision): string =>
  digest([id, task, attempt, decision]).slice(0, 8)

/** The same for one voice of several. */
export const voteReceipt = (id: ExecutionId, task: TaskId, attempt: number, vote: Vote): string =>
  digest([id, task, attempt, vote]).slice(0, 8)
