import { say } from '../../conversation/words/index.ts'
import type { Execution } from '../../domain/execution.ts'
import { sendingOf, type Task } from '../../domain/task.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ExecutionIndex } from '../../ports/execution-store.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { Keep } from '../keep.ts'
import type { Attempt, Room, TaskType } from './task-type.ts'

/** Who may have to wait, and where the others are found. */
export interface Standing {
  readonly execution: Execution
  readonly task: Task
  readonly keep: Keep
  readonly index: ExecutionIndex
  readonly clock: Clock
}

/** Why a start has to wait, for people, and where it stands in its line, if there is one. */
export interface Wait {
  readonly because: string
  readonly place?: number
}

/** How long one who waits lets those before it go first: the worker of the first one may be gone. */
const COURTESY_SECONDS = 60

/**
 * Whether the next part of the attempt has to wait. It is asked in good faith only: AWS itself says what it takes. Those who
 * wait for the same room go in the order in which they began.
 */
export async function waitFor(
  type: TaskType,
  attempt: Attempt<unknown>,
  references: readonly string[],
  standing: Standing,
): Promise<Wait | undefined> {
  if (!type.room) return undefined
  let room: Room
  try {
    room = await type.room(attempt, references)
  } catch (error) {
    // Who may not look may perhaps start; and if not, the start says why.
    if (error instanceof FinalFailure) return undefined
    throw error
  }
  if (room.kind === 'held') return { because: room.because }
  if (room.kind === 'full') return { because: room.because, place: await placeOf(standing) }
  const queued = sendingOf(standing.task)?.queued
  if (queued?.place === undefined) return undefined
  const waited = standing.clock.now().getTime() - Date.parse(queued.since)
  const { courtesy } = say().outcome
  if (queued.because === courtesy && waited >= COURTESY_SECONDS * 1000) return undefined
  const place = await placeOf(standing)
  return place === 1 ? undefined : { because: courtesy, place }
}

/** Place 1 is the next to go. */
export async function placeOf({ execution, task, keep, index }: Standing): Promise<number> {
  let place = 1
  for (const id of await index.active()) {
    const other = id === execution.id ? execution : await keep.current(id)
    // What may not start keeps nobody waiting.
    if (!other || other.paused || other.cancelled) continue
    for (const one of other.tasks.values())
      if (isInLine(one, task) && orderOf(id, one) < orderOf(execution.id, task)) place += 1
  }
  return place
}

/** Tasks of one type that go to one account and Region wait for the same. */
const isInLine = (one: Task, task: Task): boolean =>
  one.status === 'IN_PROGRESS' && sendingOf(one)?.queued?.place !== undefined && lineOf(one) === lineOf(task)

const lineOf = ({ type, inputs }: Task): string => JSON.stringify([type, inputs.region, inputs.role_arn])

const orderOf = (execution: string, { startedAt = '', id }: Task): string => `${startedAt} ${execution} ${id}`
