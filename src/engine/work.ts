import type { Logger } from 'pino'
import { type Execution, executionId } from '../domain/execution.ts'
import { accept, type Report } from '../domain/report.ts'
import { ENGINE, type Task, taskId } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import { AmbiguousFailure, FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { Job, Worked } from '../ports/job-queue.ts'
import type { Keep } from './keep.ts'
import type { Attempt, TaskType, World } from './task-types/task-type.ts'

export interface Working {
  readonly keep: Keep
  readonly types: ReadonlyMap<string, TaskType>
  readonly world: World
  readonly clock: Clock
  readonly log: Logger
  readonly newToken: () => string
  /** Between two looks at running work. */
  readonly pollSeconds: number
  /** How long a sender may take before others look for what it sent: longer than a request may live. */
  readonly leaseSeconds: number
  /** After a look that ended the attempt: wakes the execution. */
  readonly ended: (execution: Execution) => Promise<void>
  readonly saved: (execution: Execution) => void
}

/** A start that AWS certainly refused for the moment (throttling, no connection) is tried this often within one attempt. */
const TRIES = 12

/**
 * One look at one attempt: start it, find what was started, check it, or stop it. Promises:
 * 1. Nothing is sent before the intent is saved, and only by whoever saved it.
 * 2. After a crash or an unclear answer, what was started is looked for; it is sent again only when it certainly does not exist.
 * 3. A look of an attempt that no longer counts changes nothing.
 */
export async function work(job: Job, working: Working): Promise<Worked> {
  const look = await open(job, working)
  if (!look) return { kind: 'done' }
  const { execution, task } = look
  const type = working.types.get(task.type)
  if (!type) return fail(look, 'unknown', `This version of Lifeboat has no task type "${task.type}".`)
  const now = working.clock.now()
  // A passed deadline is the engine's to record.
  if (task.deadline && Date.parse(task.deadline) <= now.getTime()) return ended(look, execution)
  const effect = task.effect
  if (effect?.phase === 'running') {
    return execution.cancelled ? stop(look, type, effect.references) : check(look, type, effect)
  }
  if (effect?.phase === 'starting') return resolve(look, type, effect)
  if (execution.cancelled) return report(look, { says: 'cancel', summary: 'Nothing had been started yet.' })
  if (execution.paused) return again(working.pollSeconds)
  if (effect && Date.parse(effect.notBefore) > now.getTime()) {
    return { kind: 'again', milliseconds: Date.parse(effect.notBefore) - now.getTime() }
  }
  return start(look, type)
}

/**
 * For a job whose looks broke off again and again, by a bug or by the death of their process: ends the attempt, if it still
 * counts, and says what it may leave behind. People decide how to go on; the engine retries nothing that it does not understand.
 */
export async function crashed(job: Job, working: Working): Promise<Worked> {
  const look = await open(job, working)
  if (!look) return { kind: 'done' }
  const message = `Lifeboat broke off several times while it worked on this; its log says why. ${leftBehind(look.task)}`
  return fail(look, 'crashed', message)
}

function leftBehind({ effect }: Task): string {
  switch (effect?.phase) {
    case 'running':
      return `${effect.references.join(', ')} may still be running in AWS: look there before you retry or skip.`
    case 'starting':
      return 'It may have started something in AWS, without a reference to it: look there before you retry or skip.'
    default:
      return 'It had started nothing in AWS: it can be retried.'
  }
}

/** The attempt that the job names; undefined where it no longer counts. */
async function open(job: Job, working: Working): Promise<Look | undefined> {
  const execution = await working.keep.current(executionId.parse(job.execution))
  const task = execution?.tasks.get(taskId.parse(job.task))
  if (!execution || task?.status !== 'IN_PROGRESS' || task.attempt !== job.attempt) return undefined
  return { execution, task, working, log: working.log.child({ ...job }) }
}

interface Look {
  readonly execution: Execution
  readonly task: Task
  readonly working: Working
  readonly log: Logger
}

async function start(look: Look, type: TaskType): Promise<Worked> {
  const token = look.working.newToken()
  const intended = await save(look, { says: 'intend', token })
  const task = intended?.tasks.get(look.task.id)
  // Somebody else was first, or the run was paused in between.
  if (!intended || task?.effect?.phase !== 'starting' || task.effect.token !== token) return again(1)
  const mine = { ...look, execution: intended, task }
  let references: readonly string[]
  try {
    references = await type.start(attempt(mine, task.effect.at))
  } catch (error) {
    if (error instanceof TransientFailure) return takeBack(mine, token, error)
    if (error instanceof FinalFailure) return fail(mine, 'aws', error.message)
    if (!(error instanceof AmbiguousFailure)) throw error
    mine.log.warn({ error }, 'start ended unclear, looking for what it may have started')
    return again(2)
  }
  // Outside of the try: a store that fails now takes nothing back. What was started is found again and adopted.
  return report(mine, { says: 'running', token, references, adopted: false })
}

/** An intent is saved and its outcome is not known: look, and believe "not there" only after the quiet time. */
async function resolve(look: Look, type: TaskType, effect: { at: string; token: string }): Promise<Worked> {
  const age = look.working.clock.now().getTime() - Date.parse(effect.at)
  const { leaseSeconds } = look.working
  if (age < leaseSeconds * 1000) return { kind: 'again', milliseconds: leaseSeconds * 1000 - age }
  try {
    const found = await type.find(attempt(look, effect.at))
    const [only, ...others] = found
    if (only && others.length === 0) {
      return await report(look, { says: 'running', token: effect.token, references: only, adopted: true })
    }
    if (only) {
      const several = found.map((references) => references.join(' + ')).join(', ')
      const message = `It may have been started more than once: ${several}. Look in AWS, then adopt the right one, or retry.`
      return report(look, { says: 'fail', failure: { kind: 'unknown', message, candidates: found } })
    }
    if (age < type.quietSeconds * 1000) return again(3)
    return takeBack(look, effect.token, new TransientFailure('The start never reached AWS.'))
  } catch (error) {
    if (!(error instanceof TransientFailure) && !(error instanceof AmbiguousFailure)) {
      if (error instanceof FinalFailure) return fail(look, 'unknown', error.message)
      throw error
    }
    look.log.warn({ error }, 'could not look for what was started')
    return again(5)
  }
}

async function takeBack(look: Look, token: string, failure: TransientFailure): Promise<Worked> {
  const { effect } = look.task
  const tries = effect?.phase === 'starting' ? effect.tries : 0
  if (tries + 1 >= TRIES) return fail(look, 'aws', `${failure.message} Tried ${TRIES} times.`)
  const seconds = failure.retryAfterSeconds ?? Math.min(60, 2 ** tries)
  const notBefore = new Date(look.working.clock.now().getTime() + seconds * 1000).toISOString()
  return report(look, { says: 'withdraw', token, notBefore, trouble: failure.message }, seconds)
}

async function check(
  look: Look,
  type: TaskType,
  effect: { at: string; references: readonly string[]; detail: Attempt<unknown>['carry'] },
): Promise<Worked> {
  const { pollSeconds } = look.working
  try {
    const checked = await type.check(attempt(look, effect.at), effect)
    if (checked.kind === 'running') {
      const unchanged = checked.lines.length === 0 && same(checked.detail, effect.detail)
      if (unchanged) return again(pollSeconds)
      return await report(
        look,
        { says: 'progress', detail: checked.detail, lines: checked.lines },
        pollSeconds,
      )
    }
    if (checked.lines.length > 0)
      await save(look, { says: 'progress', detail: effect.detail, lines: checked.lines })
    if (checked.kind === 'completed')
      return await report(look, { says: 'complete', summary: checked.summary })
    return await report(look, {
      says: 'fail',
      failure: { kind: 'aws', message: checked.message },
      ...(checked.carry ? { carry: checked.carry } : {}),
    })
  } catch (error) {
    if (error instanceof FinalFailure) return fail(look, 'aws', error.message)
    if (!(error instanceof TransientFailure) && !(error instanceof AmbiguousFailure)) throw error
    // Reading changes nothing, so an unclear answer to a read is only a late one.
    look.log.warn({ error }, 'check did not get through')
    return again(error instanceof TransientFailure ? (error.retryAfterSeconds ?? pollSeconds) : pollSeconds)
  }
}

async function stop(look: Look, type: TaskType, references: readonly string[]): Promise<Worked> {
  try {
    const summary = await type.cancel(attempt(look, look.task.startedAt ?? ''), references)
    return await report(look, { says: 'cancel', summary })
  } catch (error) {
    if (error instanceof TransientFailure) return again(error.retryAfterSeconds ?? look.working.pollSeconds)
    if (!(error instanceof FinalFailure) && !(error instanceof AmbiguousFailure)) throw error
    const summary = `Could not be stopped, and may still run: ${references.join(', ')}. ${error.message}`
    return report(look, { says: 'cancel', summary })
  }
}

function attempt({ execution, task, working }: Look, intendedAt: string): Attempt<unknown> {
  return {
    inputs: working.types.get(task.type)?.inputs.parse(task.inputs),
    mode: execution.mode,
    origin: { execution: execution.id, task: task.id, attempt: task.attempt, intendedAt },
    carry: task.carry ?? {},
    world: working.world,
  }
}

const fail = (look: Look, kind: 'aws' | 'unknown' | 'crashed', message: string): Promise<Worked> =>
  report(look, { says: 'fail', failure: { kind, message } })

/** Saves the report and goes on: to the next look while the attempt runs, to the engine when it has ended. */
async function report(look: Look, said: Report, seconds = 1): Promise<Worked> {
  const after = await save(look, said)
  if (!after) return again(1)
  const task = after.tasks.get(look.task.id)
  return task?.status === 'IN_PROGRESS' && task.attempt === look.task.attempt
    ? again(seconds)
    : ended(look, after)
}

async function ended(look: Look, execution: Execution): Promise<Worked> {
  await look.working.ended(execution)
  return { kind: 'done' }
}

/** Saves under the fence of `accept`; undefined where the report no longer counts or others kept saving first. */
async function save(look: Look, said: Report): Promise<Execution | undefined> {
  const { keep, saved } = look.working
  for (let round = 0; round < 20; round++) {
    const execution = await keep.current(look.execution.id)
    if (!execution) return undefined
    const changes = accept(execution, look.task.id, look.task.attempt, said)
    if (changes.length === 0) return undefined
    const committed = await keep.commit(execution, { by: ENGINE, source: 'worker', changes })
    if (committed.kind === 'saved') {
      saved(committed.execution)
      return committed.execution
    }
  }
  return undefined
}

const again = (seconds: number): Worked => ({ kind: 'again', milliseconds: seconds * 1000 })

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)
