import type { Change, ChangeRecord, Escalated, Moved } from './change.ts'
import { type Execution, isFinished, taskOf } from './execution.ts'
import { optional } from './optional.ts'
import {
  type Decision,
  type Effect,
  ENGINE,
  type Sending,
  sendingOf,
  type Task,
  type TaskId,
  type Vote,
} from './task.ts'
import { isOver, PERSON_EVENTS } from './transitions.ts'

/** The execution after the record. The only place where a task or an execution gets new values. */
export function evolve(execution: Execution, record: ChangeRecord): Execution {
  const tasks = new Map(execution.tasks)
  let { paused: _paused, cancelled: _cancelled, endedAt: _endedAt, ...rest } = execution
  let asked = pick(execution)
  const asks = { by: record.by, at: record.at }
  for (const change of record.changes) {
    switch (change.what) {
      case 'begun':
        break
      case 'noted':
        if (change.from) rest = { ...rest, notedFrom: [...(rest.notedFrom ?? []), change.from.link] }
        break
      case 'assigned': {
        const { [change.role]: _before, ...others } = rest.roles ?? {}
        rest = { ...rest, roles: { ...others, ...optional(change.role, change.person) } }
        break
      }
      case 'room-opened':
        rest = { ...rest, room: { opened: asks } }
        break
      case 'room-closed':
        if (rest.room) rest = { ...rest, room: { ...rest.room, closed: asks } }
        break
      case 'paused':
        asked = { ...asked, paused: { ...asks, ...optional('reason', change.reason) } }
        break
      case 'resumed':
        asked = optional('cancelled', asked.cancelled)
        break
      case 'cancelled':
        asked = { ...asked, cancelled: { ...asks, ...optional('reason', change.reason) } }
        break
      default:
        tasks.set(change.task, taskAfter(taskOf({ ...execution, tasks }, change.task), change, record))
    }
  }
  rest = { ...rest, version: record.version, lastChangeHash: record.hash, tasks }
  // A retry of a cancelled run's task is not possible (CANCELLED has no way out), so `cancelled` never has to be taken back.
  const after: Execution = { ...rest, ...asked }
  return isFinished(after) ? { ...after, endedAt: execution.endedAt ?? record.at } : after
}

/** The execution as these changes would leave it, before anybody has recorded them: for deciding what goes into the record with them. */
export function drafted(before: Execution, changes: readonly Change[], at: string): Execution {
  const { id, version, lastChangeHash: hash } = before
  return evolve(before, {
    execution: id,
    version,
    hash,
    previousHash: '',
    at,
    by: ENGINE,
    source: 'draft',
    changes,
  })
}

type Voted = Extract<Change, { what: 'voted' }>
type TaskChange = Extract<Change, { task: TaskId }>

function taskAfter(task: Task, change: TaskChange, record: ChangeRecord): Task {
  if (change.what === 'moved') return taskMoved(task, change, record)
  if (change.what === 'escalated') return { ...task, rung: change.rung }
  if (change.what === 'voted') return { ...task, votes: votesAfter(task, change, record) }
  return { ...task, effect: effectAfter(task, change, record.at) }
}

function effectAfter(task: Task, change: Exclude<TaskChange, Moved | Voted | Escalated>, at: string): Effect {
  const { effect } = task
  const sending = sendingOf(task)
  const { sends, tries } = sending ?? { sends: 0, tries: 0 }
  const now = (stands: Sending): Effect =>
    effect?.phase === 'running' ? { ...effect, further: stands } : stands
  switch (change.what) {
    case 'intended':
      return now({
        phase: 'starting',
        sends: sends + 1,
        tries,
        token: change.token,
        at,
        ...optional('queued', sending?.queued),
      })
    case 'withdrawn': {
      const { notBefore, trouble, givenUp } = change
      return now({
        phase: 'ready',
        sends,
        tries: tries + 1,
        notBefore,
        trouble,
        ...optional('givenUp', givenUp),
      })
    }
    case 'queued': {
      const { because, place, notBefore } = change
      const since = change.again ? (sending?.queued?.since ?? at) : at
      const queued = { because, since, ...optional('place', place) }
      return now({ phase: 'ready', sends, tries, notBefore, trouble: because, queued })
    }
    case 'running': {
      const before = effect?.phase === 'running' ? effect : undefined
      return {
        phase: 'running',
        at: before?.at ?? (sending?.phase === 'starting' ? sending.at : at),
        references: [...(before?.references ?? []), ...change.references],
        adopted: before?.adopted || change.adopted,
        detail: before?.detail ?? {},
      }
    }
    case 'progressed':
      if (effect?.phase !== 'running')
        throw new Error(`Progress of "${change.task}", which runs nothing outside.`)
      return { ...effect, detail: change.detail }
  }
}

function taskMoved(task: Task, moved: Moved, { at, by }: ChangeRecord): Task {
  const person = PERSON_EVENTS.find((event) => event === moved.event)
  const decision: Decision | undefined = person
    ? { event: person, by, at, ...optional('reason', moved.reason) }
    : task.decision
  const begins = moved.to === 'IN_PROGRESS' || moved.to === 'PENDING_APPROVAL'
  const goesBack = moved.to === 'RETRY' || moved.to === 'PENDING'
  const definition: Task = {
    id: task.id,
    name: task.name,
    type: task.type,
    inputs: task.inputs,
    predecessors: task.predecessors,
    successors: task.successors,
    retries: task.retries,
    status: moved.to,
    attempt: moved.attempt,
    lastEvent: moved.event,
    ...optional('timeoutMinutes', task.timeoutMinutes),
    ...optional('expectedMinutes', task.expectedMinutes),
    ...optional('healthCheck', task.healthCheck),
  }
  return {
    ...definition,
    ...optional('decision', decision),
    // What was said about one attempt says nothing about the next.
    ...optional('votes', begins || goesBack ? undefined : task.votes),
    ...optional('waits', waitsAfter(task, moved, at)),
    // What is done is done: a later retry of a completed task does all of it anew.
    ...optional('carry', moved.to === 'COMPLETED' ? undefined : (moved.carry ?? task.carry)),
    ...(begins
      ? { startedAt: at, ...optional('deadline', moved.deadline ?? deadlineOf(task, moved, at)) }
      : {}),
    ...(!begins && !goesBack ? optional('startedAt', task.startedAt) : {}),
    // What was started outside stays on record with the attempt that started it, until the next attempt begins.
    ...(!begins && !goesBack ? optional('effect', task.effect) : {}),
    ...(moved.references ? { effect: followed(moved.references, task, at) } : {}),
    ...optional(
      'failure',
      moved.failure ?? (moved.to === 'SKIPPED' || moved.to === 'ABANDONED' ? task.failure : undefined),
    ),
    ...optional('summary', moved.summary),
    ...(isOver(moved.to) || moved.to === 'FAILED' ? { endedAt: at } : {}),
  }
}

/** Whoever changes their mind has one vote all the same. */
function votesAfter(
  { votes = [] }: Task,
  { what: _, task: __, attempt: ___, ...vote }: Voted,
  { by, at }: ChangeRecord,
): Vote[] {
  return [...votes.filter(({ human }) => human !== vote.human), { ...vote, by, at }]
}

/** More than these and the oldest are told as one. */
const WAITS_KEPT = 20

/** A gate waits for people from when it asks; a failure from when it stands, unless the engine itself tries again. */
function waitsAfter(task: Task, { from, event }: Moved, at: string): Task['waits'] {
  const isAsked = from === 'PENDING_APPROVAL'
  const isOurs = from === 'FAILED' && PERSON_EVENTS.some((one) => one === event)
  const since = isAsked ? task.startedAt : isOurs ? task.endedAt : undefined
  if (since === undefined) return task.waits
  const all = [...(task.waits ?? []), { from: since, to: at }]
  const [first, second, ...rest] = all
  if (all.length <= WAITS_KEPT || !first || !second) return all
  return [{ from: first.from, to: second.to }, ...rest]
}

/** An adopted attempt has as long as a new one: people have just looked, and found that it goes on. */
function deadlineOf({ timeoutMinutes }: Task, { event }: Moved, at: string): string | undefined {
  if (event !== 'adopt' || timeoutMinutes === undefined) return undefined
  return new Date(Date.parse(at) + timeoutMinutes * 60_000).toISOString()
}

function followed(references: readonly string[], { effect }: Task, at: string): Effect {
  const since = effect && effect.phase !== 'ready' ? effect.at : at
  // A part whose start is unclear stays so, unless it is what people have just found.
  const isFound = effect?.phase !== 'running' || effect.references.length < references.length
  const further = isFound ? undefined : effect.further
  return {
    phase: 'running',
    at: since,
    references,
    adopted: true,
    detail: {},
    ...optional('further', further),
  }
}

const pick = ({ paused, cancelled }: Execution): Pick<Execution, 'paused' | 'cancelled'> => ({
  ...optional('paused', paused),
  ...optional('cancelled', cancelled),
})

/** The tasks that a record touches, for the store. */
export const touched = (record: ChangeRecord): readonly TaskId[] => [
  ...new Set(record.changes.flatMap((change) => ('task' in change ? [change.task] : []))),
]
