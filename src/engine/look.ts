import type { Logger } from 'pino'
import { type Execution, executionId } from '../domain/execution.ts'
import { acceptAll, type Report } from '../domain/report.ts'
import { type Task, taskId } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionIndex } from '../ports/execution-store.ts'
import { AmbiguousFailure, TransientFailure } from '../ports/failure.ts'
import type { Job, Worked } from '../ports/job-queue.ts'
import type { Keep } from './keep.ts'
import type { Attempt, TaskType, World } from './task-types/task-type.ts'

export interface Working {
  readonly keep: Keep
  /** Where others who wait for the same room are found. */
  readonly index: ExecutionIndex
  readonly types: ReadonlyMap<string, TaskType>
  readonly world: World
  readonly clock: Clock
  readonly log: Logger
  readonly newToken: () => string
  /** Between two looks at running work. */
  readonly pollSeconds: number
  /** How long a sender may take before others look for what it sent: longer than a request may live. */
  readonly leaseSeconds: number
}

/** One attempt, as it stood when it was looked at. */
export interface Look {
  readonly execution: Execution
  readonly task: Task
  readonly working: Working
  readonly log: Logger
}

/** The attempt that the job names; undefined where it no longer counts. */
export async function open(job: Job, working: Working): Promise<Look | undefined> {
  const id = executionId.parse(job.execution)
  const known = lookAt(working.keep.known(id), job)
  // Where nothing has begun yet, the copy at hand will do: whoever starts by an old one is refused when he saves the intent.
  const opened = known && !known.task.effect ? known : lookAt(await working.keep.current(id), job)
  return opened && { ...opened, working, log: working.log.child({ ...job }) }
}

function lookAt(execution: Execution | undefined, job: Job): Pick<Look, 'execution' | 'task'> | undefined {
  const task = execution?.tasks.get(taskId.parse(job.task))
  if (!execution || task?.status !== 'IN_PROGRESS' || task.attempt !== job.attempt) return undefined
  return { execution, task }
}

export function attempt({ execution, task, working }: Look, intendedAt: string): Attempt<unknown> {
  return {
    inputs: working.types.get(task.type)?.inputs.parse(task.inputs),
    mode: execution.mode,
    origin: { execution: execution.id, task: task.id, attempt: task.attempt, intendedAt },
    carry: task.carry ?? {},
    world: working.world,
  }
}

export const fail = (look: Look, kind: 'aws' | 'unknown' | 'crashed', message: string): Promise<Worked> =>
  report(look, [{ says: 'fail', failure: { kind, message } }])

/** Saves what is reported, all of it at once, and says when the attempt is to be looked at again. */
export async function report(look: Look, said: readonly Report[], seconds = 1): Promise<Worked> {
  const after = await save(look, said)
  if (!after) return again(1)
  return stillOn(look, after) ? again(seconds) : { kind: 'done' }
}

/** The attempt as it now stands, while it is in progress. */
function stillOn({ task }: Look, after: Execution): Task | undefined {
  const now = after.tasks.get(task.id)
  return now?.status === 'IN_PROGRESS' && now.attempt === task.attempt ? now : undefined
}

/** Saves under the fence of `accept`; undefined where the report no longer counts. */
export async function save(look: Look, said: readonly Report[]): Promise<Execution | undefined> {
  const { id, attempt } = look.task
  const { keep, clock } = look.working
  const changed = await keep.change(look.execution.id, (execution) =>
    acceptAll(execution, id, attempt, said, clock.now().toISOString()),
  )
  return changed?.counted ? changed.execution : undefined
}

/** The references of all parts that run. */
export const running = ({ effect }: Task): readonly string[] =>
  effect?.phase === 'running' ? effect.references : []

/** A look that did not get through. Reading changes nothing, so an unclear answer to it is only a late one. */
export function later({ log }: Look, error: unknown, seconds: number, says: string): Worked {
  if (!(error instanceof TransientFailure) && !(error instanceof AmbiguousFailure)) throw error
  log.warn({ error }, says)
  return again(error instanceof TransientFailure ? (error.retryAfterSeconds ?? seconds) : seconds)
}

export const inSeconds = ({ working }: Look, seconds: number): string =>
  new Date(working.clock.now().getTime() + seconds * 1000).toISOString()

export const again = (seconds: number): Worked => ({ kind: 'again', milliseconds: seconds * 1000 })
