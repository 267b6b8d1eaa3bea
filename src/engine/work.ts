import { say } from '../conversation/words/index.ts'
import { optional } from '../domain/optional.ts'
import type { Report } from '../domain/report.ts'
import { type Sending, sendingOf, type Task } from '../domain/task.ts'
import { AmbiguousFailure, FinalFailure, QuotaFailure, TransientFailure } from '../ports/failure.ts'
import type { Job, Worked } from '../ports/job-queue.ts'
import {
  again,
  attempt,
  fail,
  inSeconds,
  type Look,
  later,
  open,
  report,
  running,
  save,
  type Working,
} from './look.ts'
import { placeOf, type Wait, waitFor } from './task-types/line.ts'
import type { Running, TaskType } from './task-types/task-type.ts'

/** A start that AWS certainly refused for the moment (throttling, no connection) is tried this often within one attempt. */
const TRIES = 12

/** Until a start that AWS refused for want of room is tried again, where AWS does not say when. */
const ROOM_SECONDS = 30

/**
 * One look at one attempt: start it or the next part of it, find what was started, check it, or stop it. Promises:
 * 1. Nothing is sent before the intent is saved, and only by whoever saved it.
 * 2. After a crash or an unclear answer, what was started is looked for; it is sent again only when it certainly does not exist.
 * 3. A look of an attempt that no longer counts changes nothing.
 */
export async function work(job: Job, working: Working): Promise<Worked> {
  const look = await open(job, working)
  if (!look) return { kind: 'done' }
  const { execution, task } = look
  const type = working.types.get(task.type)
  if (!type) return fail(look, 'unknown', say().outcome.unknownType(task.type))
  const now = working.clock.now()
  // A passed deadline is the engine's to record.
  if (task.deadline && Date.parse(task.deadline) <= now.getTime()) {
    await working.keep.change(execution.id, () => [])
    return { kind: 'done' }
  }
  const { effect } = task
  const sending = sendingOf(task)
  if (sending?.phase === 'starting') return resolve(look, type, sending)
  if (effect?.phase === 'running') {
    if (execution.cancelled) return stop(look, type, effect.references)
    const unstarted = !sending?.givenUp && type.unstarted?.(attempt(look, effect.at), effect.references)
    if (!unstarted) return check(look, type, effect)
  }
  if (execution.cancelled) return report(look, [{ says: 'cancel', summary: say().outcome.nothingStartedYet }])
  if (execution.paused) return again(working.pollSeconds)
  if (sending && Date.parse(sending.notBefore) > now.getTime()) {
    return { kind: 'again', milliseconds: Date.parse(sending.notBefore) - now.getTime() }
  }
  return (await inLine(look, type, now)) ?? start(look, type)
}

/**
 * For a job whose looks broke off again and again, by a bug or by the death of their process: ends the attempt, if it still
 * counts, and says what it may leave behind. People decide how to go on; the engine retries nothing that it does not understand.
 */
export async function crashed(job: Job, working: Working): Promise<Worked> {
  const look = await open(job, working)
  if (!look) return { kind: 'done' }
  const message = `${say().outcome.crashed} ${leftBehind(look.task)}`
  return fail(look, 'crashed', message)
}

function leftBehind(task: Task): string {
  const runs = running(task).join(', ')
  const isUnclear = sendingOf(task)?.phase === 'starting'
  const words = say().outcome
  const found = [...(runs ? [words.mayStillRun(runs)] : []), ...(isUnclear ? [words.leftUnclear] : [])]
  return found.length === 0 ? words.leftNothing : [...found, words.lookFirst].join(' ')
}

/** Undefined where it may start now. */
async function inLine(look: Look, type: TaskType, now: Date): Promise<Worked | undefined> {
  const { execution, task, working } = look
  try {
    const mine = attempt(look, now.toISOString())
    const wait = await waitFor(type, mine, running(task), { execution, task, ...working })
    return wait && (await queue(look, { ...wait, ...afterThose(task) }, working.pollSeconds))
  } catch (error) {
    return later(look, error, working.pollSeconds, 'could not look whether there is room')
  }
}

type Waits = Wait & { readonly token?: string; readonly after?: number }

async function queue(look: Look, waits: Waits, seconds: number): Promise<Worked> {
  await save(look, [{ says: 'queue', ...waits, notBefore: inSeconds(look, seconds) }])
  return again(seconds)
}

/** How many references a further part comes after; nothing for the first one. */
const afterThose = ({ effect }: Task): { readonly after?: number } =>
  effect?.phase === 'running' ? { after: effect.references.length } : {}

async function start(look: Look, type: TaskType): Promise<Worked> {
  const token = look.working.newToken()
  const intended = await save(look, [{ says: 'intend', token, ...afterThose(look.task) }])
  const task = intended?.tasks.get(look.task.id)
  const sending = task && sendingOf(task)
  // Somebody else was first, or the run was paused in between.
  if (!intended || !task || sending?.phase !== 'starting' || sending.token !== token) return again(1)
  const mine = { ...look, execution: intended, task }
  let references: readonly string[]
  try {
    references = await type.start(attempt(mine, sending.at), running(task))
  } catch (error) {
    if (error instanceof QuotaFailure) {
      const place = await placeOf({ execution: intended, task, ...look.working })
      return queue(mine, { because: error.message, place, token }, error.retryAfterSeconds ?? ROOM_SECONDS)
    }
    if (error instanceof TransientFailure) return takeBack(mine, token, error)
    if (error instanceof FinalFailure) return giveUp(mine, token, error.message)
    if (!(error instanceof AmbiguousFailure)) throw error
    mine.log.warn({ error }, 'start ended unclear, looking for what it may have started')
    return again(2)
  }
  const all = [...running(task), ...references]
  const more = type.unstarted?.(attempt(mine, sending.at), all) ?? false
  const news = more ? [] : await firstSeen(mine, type, { at: sending.at, references: all, detail: {} })
  // Outside of the try: a store that fails now takes nothing back. What was started is found again and adopted.
  const said: Report = { says: 'running', token, references, adopted: false }
  return report(mine, [said, ...news], more ? 0 : look.working.pollSeconds)
}

/** Much is over at once, and what is not has its first words: they are saved with the start. Whatever fails here, the next look sees. */
async function firstSeen(
  look: Look,
  type: TaskType,
  effect: Running & { at: string },
): Promise<readonly Report[]> {
  try {
    return await seen(look, type, effect)
  } catch (error) {
    look.log.info({ error }, 'the first check did not get through')
    return []
  }
}

/** An intent is saved and its outcome is not known: look, and believe "not there" only after the quiet time. */
async function resolve(
  look: Look,
  type: TaskType,
  { at, token }: Extract<Sending, { phase: 'starting' }>,
): Promise<Worked> {
  const age = look.working.clock.now().getTime() - Date.parse(at)
  const { leaseSeconds } = look.working
  if (age < leaseSeconds * 1000) return { kind: 'again', milliseconds: leaseSeconds * 1000 - age }
  try {
    const earlier = running(look.task)
    const found = await type.find(attempt(look, at), earlier)
    const [only, ...others] = found
    if (only && others.length === 0) {
      return await report(look, [{ says: 'running', token, references: only, adopted: true }])
    }
    if (only) {
      const several = found.map((references) => references.join(' + ')).join(', ')
      const message = say().outcome.startedTwice(several)
      // Whoever adopts one of them follows the parts that run already as well.
      const candidates = found.map((references) => [...references, ...earlier])
      return report(look, [{ says: 'fail', failure: { kind: 'unknown', message, candidates } }])
    }
    if (age < type.quietSeconds * 1000) return again(3)
    return takeBack(look, token, new TransientFailure(say().outcome.neverReached))
  } catch (error) {
    if (error instanceof FinalFailure) return fail(look, 'unknown', error.message)
    return later(look, error, 5, 'could not look for what was started')
  }
}

async function takeBack(look: Look, token: string, failure: TransientFailure): Promise<Worked> {
  const tries = sendingOf(look.task)?.tries ?? 0
  if (tries + 1 >= TRIES) return giveUp(look, token, `${failure.message} ${say().outcome.triedOften(TRIES)}`)
  const seconds = failure.retryAfterSeconds ?? Math.min(60, 2 ** tries)
  const notBefore = inSeconds(look, seconds)
  return report(look, [{ says: 'withdraw', token, notBefore, trouble: failure.message }], seconds)
}

/** A start that AWS refuses for good fails the attempt; where parts of it run, they are first waited for and judged. */
function giveUp(look: Look, token: string, message: string): Promise<Worked> {
  if (running(look.task).length === 0) return fail(look, 'aws', message)
  const stands = { token, notBefore: inSeconds(look, 0), trouble: message, givenUp: true } as const
  return report(look, [{ says: 'withdraw', ...stands }])
}

async function check(look: Look, type: TaskType, effect: Running & { at: string }): Promise<Worked> {
  const { pollSeconds } = look.working
  try {
    const said = await seen(look, type, effect)
    return said.length === 0 ? again(pollSeconds) : await report(look, said, pollSeconds)
  } catch (error) {
    if (error instanceof FinalFailure) return fail(look, 'aws', error.message)
    return later(look, error, pollSeconds, 'check did not get through')
  }
}

/** What there is to report of what runs; nothing where it is as it was. */
async function seen(
  look: Look,
  type: TaskType,
  effect: Running & { at: string },
): Promise<readonly Report[]> {
  const sending = sendingOf(look.task)
  const isGivenUp = sending?.phase === 'ready' && sending.givenUp
  const givenUp = optional('givenUp', isGivenUp ? sending.trouble : undefined)
  const checked = await type.check(attempt(look, effect.at), { ...effect, ...givenUp })
  const { lines } = checked
  if (checked.kind === 'running') {
    const isNews = lines.length > 0 || !same(checked.detail, effect.detail)
    return isNews ? [{ says: 'progress', detail: checked.detail, lines }] : []
  }
  const last = checked.kind === 'completed' ? checked.detail : undefined
  const told: Report[] =
    lines.length > 0 || last ? [{ says: 'progress', detail: last ?? effect.detail, lines }] : []
  if (checked.kind === 'completed') return [...told, { says: 'complete', summary: checked.summary }]
  const failure = { kind: 'aws', message: checked.message } as const
  return [...told, { says: 'fail', failure, ...optional('carry', checked.carry) }]
}

async function stop(look: Look, type: TaskType, references: readonly string[]): Promise<Worked> {
  try {
    const summary = await type.cancel(attempt(look, look.task.startedAt ?? ''), references)
    return await report(look, [{ says: 'cancel', summary }])
  } catch (error) {
    if (error instanceof TransientFailure) return again(error.retryAfterSeconds ?? look.working.pollSeconds)
    if (!(error instanceof FinalFailure) && !(error instanceof AmbiguousFailure)) throw error
    const summary = `${say().outcome.couldNotStop(references.join(', '))} ${error.message}`
    return report(look, [{ says: 'cancel', summary }])
  }
}

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)
