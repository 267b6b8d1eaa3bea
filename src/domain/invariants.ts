import { type ChangeRecord, isIntact } from './change.ts'
import { touched } from './evolve.ts'
import { type Execution, isFinished, taskOf } from './execution.ts'
import type { Task, TaskId } from './task.ts'
import { next, opensTheWay } from './transitions.ts'

/** One save: the state it was decided on, the record, and the state after it. */
export interface Step {
  readonly before: Execution
  readonly record: ChangeRecord
  readonly after: Execution
}

/**
 * The promises of the engine that one save can break, as predicates: true where the promise is kept. The numbers are those of
 * the list in src/README.md. They are asked before each save, in production as well: a bug stops here, not in AWS.
 */
export const INVARIANTS = {
  '1 no task runs before every predecessor is completed or skipped': ({ record, after }) =>
    near(after, touched(record))
      .filter((task) => task.status === 'IN_PROGRESS' || task.status === 'PENDING_APPROVAL')
      .every((task) => task.predecessors.every((id) => opensTheWay(taskOf(after, id).status))),
  '3 every status change is a cell of the table': ({ before, record }) => {
    const moves = record.changes.filter((change) => change.what === 'moved')
    return (
      new Set(moves.map((move) => move.task)).size === moves.length &&
      moves.every(
        (move) => taskOf(before, move.task).status === move.from && next(move.from, move.event) === move.to,
      )
    )
  },
  '5 a finished run changes only by an explicit retry': ({ before, record }) =>
    before.version === 0 ||
    !isFinished(before) ||
    record.changes.every((change) => {
      // What is said about a run, and its room, may go on after its end.
      if (!('task' in change)) return TALK.some((what) => what === change.what)
      return change.what === 'moved' && (change.event === 'retry' || change.event === 'revive')
    }),
  '7 the record follows the one before and is intact': ({ before, record, after }) =>
    record.version === before.version + 1 &&
    record.previousHash === before.lastChangeHash &&
    after.version === record.version &&
    isIntact(record),
  '8 attempts only grow': ({ before, record, after }) =>
    touched(record).every((id) => taskOf(after, id).attempt >= taskOf(before, id).attempt),
  '9 paused or cancelled, nothing new starts': ({ before, record }) =>
    !(before.paused || before.cancelled) ||
    record.changes.every(
      (change) =>
        change.what !== 'intended' &&
        !(change.what === 'moved' && (change.event === 'start' || change.event === 'askApproval')),
    ),
} as const satisfies Record<string, (step: Step) => boolean>

const TALK = ['noted', 'assigned', 'room-opened', 'room-closed'] as const

/** The tasks that a change of these may have put in the wrong: themselves and what waits for them. The others stand as before. */
const near = (execution: Execution, ids: readonly TaskId[]): Task[] =>
  [...new Set(ids.flatMap((id) => [id, ...taskOf(execution, id).successors]))].map((id) =>
    taskOf(execution, id),
  )

/** The promises that this step would break. */
export const broken = (step: Step): string[] =>
  Object.entries(INVARIANTS)
    .filter(([, holds]) => !holds(step))
    .map(([promise]) => promise)
