import { type Ballot, type BreakGlass, GATE_EVENTS, settles } from './ballot.ts'
import type { Change, Moved } from './change.ts'
import { digest } from './digest.ts'
import { type Execution, type IncidentRole, isFinished, statusOf, taskOf } from './execution.ts'
import { seatsOf } from './gate-rules.ts'
import { nearest } from './nearest.ts'
import { optional } from './optional.ts'
import { type Refusal, type Refused, refused } from './refusal.ts'
import { secretIn } from './secret-in.ts'
import { type Actor, type Task, type TaskId, taskId } from './task.ts'
import { hasBegun, needsReason, next, type PersonEvent, personEvents, type Status } from './transitions.ts'

/** What a person may ask of a run. `seen` is what their card showed; a typed command sees what stands now. */
export type Request =
  | {
      readonly asks: PersonEvent
      readonly task: string
      readonly seen?: { readonly attempt: number; readonly status?: Status; readonly digest?: string }
      readonly reason?: string
      /** approve only: an emergency, decided by two of the people who are named for it. */
      readonly breakGlass?: true
      /** adopt only: the first reference of what is to be followed; needless where there is one thing only. */
      readonly reference?: string
    }
  | { readonly asks: 'pause' | 'resume' | 'cancel'; readonly reason?: string }
  | Talk

/** What is said about a run, and the room it is said in: it changes nothing of what runs, and is possible after the end as well. */
export type Talk =
  | {
      readonly asks: 'note'
      /** What is worth knowing. */
      readonly reason: string
      readonly from?: { readonly by: string; readonly link: string }
    }
  | { readonly asks: 'assign'; readonly role: IncidentRole; readonly to?: Actor; readonly reason?: string }
  | { readonly asks: 'open-room' | 'close-room'; readonly reason?: string }

export type Decided = { readonly kind: 'changes'; readonly changes: readonly Change[] } | Refused

/** As long as a chat's input for it may be (Slack: plain_text_input takes 3,000 characters). */
export const REASON_LIMIT = 3000

/**
 * A person's request against the run: the changes it makes, or why not. Permission is asked before, by the engine, which also
 * brings the `ballot` where a gate is decided; without one, one voice settles it.
 */
export function decide(execution: Execution, request: Request, ballot?: Ballot): Decided {
  const unfit = unfitReason(request)
  if (unfit) return refused(unfit)
  if ('task' in request) return decideTask(execution, request, ballot)
  if (isTalk(request)) return talk(execution, request)
  if (execution.cancelled) return refused({ why: 'already-so', state: 'cancelled' })
  if (isFinished(execution)) {
    return refused({ why: 'execution-ended', status: statusOf(execution), asked: request.asks })
  }
  switch (request.asks) {
    case 'pause':
      if (execution.paused) return refused({ why: 'already-so', state: 'paused' })
      return changes({ what: 'paused', ...optional('reason', request.reason) })
    case 'resume':
      if (!execution.paused) return refused({ why: 'already-so', state: 'running' })
      return changes({ what: 'resumed', ...optional('reason', request.reason) })
    case 'cancel':
      return changes({ what: 'cancelled', ...optional('reason', request.reason) })
  }
}

/** What a card shows, as a fingerprint: a decision counts for exactly this. */
export const cardDigest = (execution: Execution, task: Task): string =>
  digest([
    execution.id,
    execution.plan.hash,
    execution.mode,
    task.id,
    task.attempt,
    task.status,
    task.inputs,
  ]).slice(0, 12)

const isTalk = (request: Request): request is Talk => TALK.some((asks) => asks === request.asks)
const TALK = ['note', 'assign', 'open-room', 'close-room'] as const satisfies readonly Talk['asks'][]

function talk(execution: Execution, request: Talk): Decided {
  const { room, roles } = execution
  const isOpen = room !== undefined && !room.closed
  switch (request.asks) {
    case 'note':
      if (request.from && execution.notedFrom?.includes(request.from.link))
        return refused({ why: 'already-so', state: 'noted' })
      return changes({ what: 'noted', text: request.reason.trim(), ...optional('from', request.from) })
    case 'assign':
      return roles?.[request.role]?.id === request.to?.id
        ? refused({ why: 'already-so', state: request.to ? 'assigned' : 'unassigned' })
        : changes({ what: 'assigned', role: request.role, ...optional('person', request.to) })
    case 'open-room':
      return isOpen ? refused({ why: 'already-so', state: 'open' }) : changes({ what: 'room-opened' })
    case 'close-room':
      return isOpen ? changes({ what: 'room-closed' }) : refused({ why: 'already-so', state: 'closed' })
  }
}

type TaskRequest = Extract<Request, { task: string }>

function decideTask(execution: Execution, request: TaskRequest, ballot: Ballot | undefined): Decided {
  const task = execution.tasks.get(taskId.parse(request.task))
  const asked = request.asks
  if (!task) {
    const names = [...execution.tasks.keys()]
    return refused({ why: 'no-such-task', task: request.task, nearest: nearest(request.task, names) })
  }
  if (execution.cancelled) return refused({ why: 'execution-ended', status: statusOf(execution), asked })
  const to = next(task.status, asked)
  const seen = request.seen
  if (seen && seen.attempt !== task.attempt) {
    return refused({
      why: 'outdated',
      task: task.id,
      asked,
      seen: seen.attempt,
      attempt: task.attempt,
      status: task.status,
    })
  }
  if (!to) return refused(cannot(task, asked))
  const isOther = seen?.digest !== undefined && seen.digest !== cardDigest(execution, task)
  if (isOther || (seen?.status && seen.status !== task.status)) return refused(overtaken(task, asked))
  if (asked === 'retry') {
    const wrong = retryRefusal(execution, task)
    if (wrong) return refused(wrong)
  }
  const followed = asked === 'adopt' ? adoptable(task).filter(isMeant(request.reference)) : []
  if (asked === 'adopt' && followed.length !== 1) return refused(unclearWork(task, request.reference))
  const moved: Moved = {
    what: 'moved',
    task: task.id,
    event: asked,
    from: task.status,
    to,
    attempt: asked === 'retry' ? task.attempt + 1 : task.attempt,
    ...optional('reason', request.reason),
    ...optional('references', followed[0]),
    ...(asked === 'reject'
      ? { failure: { kind: 'rejected', message: request.reason ?? 'Rejected without a reason.' } }
      : {}),
  }
  return ballot ? vote(execution, task, request, ballot, moved) : changes(moved)
}

/** A voice among several: recorded, and with it the move where it settles the gate. Where one is enough, the move says it all. */
function vote(
  execution: Execution,
  task: Task,
  { asks, reason, breakGlass }: TaskRequest,
  ballot: Ballot,
  moved: Moved,
): Decided {
  const event = GATE_EVENTS.find((one) => one === asks)
  if (!event) return changes(moved)
  const { human } = ballot.voter
  const own = task.votes?.find((one) => one.human === human)
  const emergency: BreakGlass | undefined = breakGlass && (ballot.withoutSignIn ? 'without-sign-in' : true)
  // Who has signed in once takes nothing back by saying it again without.
  const isSame = own?.breakGlass === emergency || (emergency && own?.breakGlass === true)
  const said = own?.for === event && isSame && own.digest === cardDigest(execution, task)
  const isSettled = settles(event, breakGlass === true, ballot)
  if (said && !isSettled) return refused({ why: 'already-voted', task: task.id, asked: event, at: own.at })
  if (isSettled && !breakGlass && seatsOf(ballot.requirement) === 1) return changes(moved)
  const voted: Change = {
    what: 'voted',
    task: task.id,
    attempt: task.attempt,
    for: event,
    human,
    digest: cardDigest(execution, task),
    ...optional('reason', reason),
    ...optional('breakGlass', emergency),
  }
  return isSettled ? changes(voted, moved) : changes(voted)
}

/** What a failed attempt may have left running in AWS, each with its references: it can be followed instead of started anew. */
export function adoptable(task: Task): readonly (readonly string[])[] {
  if (task.status !== 'FAILED') return []
  if (task.failure?.candidates) return task.failure.candidates
  const unfinished = task.failure?.kind === 'timed-out' || task.failure?.kind === 'crashed'
  return unfinished && task.effect?.phase === 'running' ? [task.effect.references] : []
}

/** What people may ask of the task as it stands: the buttons of its card. */
export const offered = (task: Task): readonly PersonEvent[] =>
  personEvents(task.status).filter((event) => event !== 'adopt' || adoptable(task).length > 0)

const isMeant =
  (reference: string | undefined) =>
  ([first]: readonly string[]): boolean =>
    reference === undefined || first === reference

const unclearWork = (task: Task, named: string | undefined): Refusal => ({
  why: 'no-such-work',
  task: task.id,
  ...optional('named', named),
  candidates: adoptable(task).flatMap(([first]) => first ?? []),
})

/** Somebody was quicker, where it was somebody; otherwise the task has moved on by itself. */
const overtaken = (task: Task, asked: PersonEvent): Refusal =>
  decided(task, asked) ?? { why: 'changed-since-shown', subject: task.name }

function decided({ id, decision, lastEvent, status }: Task, asked: PersonEvent): Refusal | undefined {
  const isLast = decision !== undefined && decision.event === lastEvent
  return isLast ? { why: 'already-decided', task: id, asked, status, decision } : undefined
}

function cannot(task: Task, asked: PersonEvent): Refusal {
  const quicker = decided(task, asked)
  if (quicker) return quicker
  const { status } = task
  return { why: 'not-allowed', task: task.id, asked, status, possible: offered(task) }
}

function retryRefusal(execution: Execution, task: Task): Refusal | undefined {
  if (task.status === 'COMPLETED' || task.status === 'SKIPPED') {
    // A completed task run again under a running successor breaks the order of the plan.
    const begun = task.successors.map((id) => taskOf(execution, id)).find((other) => hasBegun(other.status))
    if (begun) return { why: 'successor-begun', task: task.id, successor: begun.id, status: begun.status }
  }
  if (task.status === 'ABANDONED') {
    const lost: TaskId | undefined = task.predecessors.find(
      (id) => taskOf(execution, id).status === 'ABANDONED',
    )
    if (lost) return { why: 'predecessor-abandoned', task: task.id, predecessor: lost }
  }
  return undefined
}

function unfitReason({ asks, reason, ...rest }: Request): Refusal | undefined {
  const text = reason?.trim() ?? ''
  const mustSayWhy = asks === 'note' || needsReason(asks) || ('breakGlass' in rest && rest.breakGlass)
  // Only symbols or emoji explain nothing to the auditor who reads it a month later.
  if (mustSayWhy && !/[\p{L}\p{N}]/u.test(text)) {
    return { why: 'reason-missing', asked: asks, subject: 'task' in rest ? rest.task : 'the run' }
  }
  if (text.length > REASON_LIMIT) return { why: 'reason-too-long', length: text.length, limit: REASON_LIMIT }
  const secret = secretIn(text)
  return secret ? { why: 'reason-holds-secret', kind: secret } : undefined
}

const changes = (...made: Change[]): Decided => ({ kind: 'changes', changes: made })
