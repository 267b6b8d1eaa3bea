import { begin } from './begin.ts'
import type { Change, ChangeRecord, Moved } from './change.ts'
import { RUNGS } from './escalation.ts'
import { evolve } from './evolve.ts'
import { type Execution, isFinished, MODES, mayStart, taskOf } from './execution.ts'
import { optional } from './optional.ts'
import type { Plan } from './plan.ts'
import { sendingOf, type TaskId } from './task.ts'
import { hasBegun, isOver, next, opensTheWay } from './transitions.ts'

export interface Replayed {
  readonly kind: 'replayed'
  readonly execution: Execution
  /** The version that wrote each task last. */
  readonly writtenAt: ReadonlyMap<TaskId, number>
}
export type Replay = Replayed | { readonly kind: 'illegal'; readonly version: number; readonly why: string }

/** What was given at the start and stands in no record but as a digest. */
type Told = Pick<Execution, 'reason' | 'places' | 'declinedBySilence'>

/**
 * The execution that these records make out of its plan, or the first record that cannot have been written: each is held to the table
 * and to the rules by which people, workers and the engine are allowed anything. Why it began and where it is told stands in the head;
 * the first record has their digest.
 */
export function replay(plan: Plan, head: Told, records: readonly ChangeRecord[]): Replay {
  const [first, ...later] = records
  const begun = first && begunAs(plan, head, first)
  if (!begun) return { kind: 'illegal', version: 1, why: `It is not how a run of "${plan.id}" begins.` }
  // One map that changes, and each record evolves only what it touches: copying 2,000 tasks a record took most of the time.
  const tasks = new Map(begun.tasks)
  const writtenAt = new Map([...tasks.keys()].map((id) => [id, 1]))
  let unfinished = [...tasks.values()].filter(({ status }) => !isOver(status)).length
  let execution: Execution = { ...begun, tasks }
  for (const record of later) {
    const why = movesTwice(record)
    if (why) return { kind: 'illegal', version: record.version, why }
    const { endedAt } = execution
    // Change by change: a record may complete a task and start the one after it.
    for (const change of record.changes) {
      const wrong = impossible(execution, change)
      if (wrong) return { kind: 'illegal', version: record.version, why: wrong }
      const few = 'task' in change ? [[change.task, taskOf(execution, change.task)] as const] : []
      const { endedAt: _ofTheFew, ...after } = evolve(
        { ...execution, tasks: new Map(few) },
        { ...record, changes: [change] },
      )
      for (const [id, task] of after.tasks) {
        unfinished += Number(!isOver(task.status)) - Number(!isOver(taskOf(execution, id).status))
        tasks.set(id, task)
        writtenAt.set(id, record.version)
      }
      execution = { ...after, tasks }
    }
    if (unfinished === 0) execution = { ...execution, endedAt: endedAt ?? record.at }
  }
  return { kind: 'replayed', execution, writtenAt }
}

function begunAs(
  plan: Plan,
  { places, reason, declinedBySilence }: Told,
  first: ChangeRecord,
): Execution | undefined {
  const [change, second] = first.changes
  const mode = change?.what === 'begun' ? MODES.find((one) => one === change.mode) : undefined
  if (change?.what !== 'begun' || !mode) return undefined
  const { at, by, source } = first
  const order = {
    id: first.execution,
    mode,
    places,
    at,
    by,
    source,
    ...optional('reason', reason),
    ...optional('declinedBySilence', declinedBySilence),
    ...(second?.what === 'room-opened' ? { room: true as const } : {}),
  }
  const { execution, record } = begin(plan, change.planVersion, order)
  return record.hash === first.hash ? execution : undefined
}

function movesTwice({ changes }: ChangeRecord): string | undefined {
  const moved = changes.flatMap((change) => (change.what === 'moved' ? [change.task] : []))
  return new Set(moved).size < moved.length ? 'It moves one task twice.' : undefined
}

/** Why the change cannot follow on this state, in words; undefined where it can. */
function impossible(before: Execution, change: Change): string | undefined {
  switch (change.what) {
    case 'moved':
      return impossibleMove(before, change)
    case 'intended':
    case 'queued':
    case 'withdrawn':
    case 'running':
    case 'progressed': {
      const task = before.tasks.get(change.task)
      if (task?.status !== 'IN_PROGRESS' || task.attempt !== change.attempt)
        return `Attempt ${change.attempt} of task "${change.task}" was not in progress.`
      if (change.what === 'intended' && (before.paused || before.cancelled)) return NOTHING_NEW
      const phase = change.what === 'progressed' ? task.effect?.phase : sendingOf(task)?.phase
      if (PHASES_BEFORE[change.what].some((possible) => possible === (phase ?? 'ready'))) return undefined
      return `The effect of task "${task.id}" was ${phase ?? 'ready'}, so it cannot have been ${change.what}.`
    }
    case 'escalated': {
      const task = before.tasks.get(change.task)
      const isOpen = task?.status === 'PENDING_APPROVAL' || task?.status === 'FAILED'
      const isHigher = !task?.rung || RUNGS.indexOf(change.rung) > RUNGS.indexOf(task.rung)
      if (isOpen && isHigher && task.attempt === change.attempt) return undefined
      return `Attempt ${change.attempt} of task "${change.task}" had not to be asked for again.`
    }
    case 'voted': {
      const task = before.tasks.get(change.task)
      return task && next(task.status, change.for) && task.attempt === change.attempt
        ? undefined
        : `Attempt ${change.attempt} of task "${change.task}" had nothing to ${change.for}.`
    }
    case 'paused':
    case 'resumed':
    case 'cancelled': {
      if (before.cancelled || isFinished(before)) return 'The execution had been cancelled, or had ended.'
      if (change.what === 'paused' && before.paused) return 'It was paused already.'
      return change.what === 'resumed' && !before.paused ? 'It was not paused.' : undefined
    }
    case 'noted':
    case 'assigned':
      return undefined
    case 'room-opened':
      return before.room && !before.room.closed ? 'It had a room already.' : undefined
    case 'room-closed':
      return before.room && !before.room.closed ? undefined : 'It had no open room.'
    case 'begun':
      return 'The execution had begun already.'
    default:
      return 'It is none of the changes there are.'
  }
}

function impossibleMove(
  before: Execution,
  { task: id, event, from, to, attempt }: Moved,
): string | undefined {
  const task = before.tasks.get(id)
  if (!task) return `There is no task "${id}".`
  if (task.status !== from) return `Task "${id}" was ${task.status}, not ${from}.`
  if (next(from, event) !== to) return `"${event}" does not lead from ${from} to ${to}.`
  const expected = event === 'retry' ? task.attempt + 1 : task.attempt
  if (attempt !== expected) return `Attempt ${expected} of task "${id}" was next, not ${attempt}.`
  if (event === 'start' || event === 'askApproval') {
    if (before.paused || before.cancelled) return NOTHING_NEW
    if (!mayStart(before, task)) return `Not every predecessor of task "${id}" was completed or skipped.`
  }
  const successors = event === 'retry' && opensTheWay(from) ? task.successors : []
  const begun = successors.find((successor) => hasBegun(taskOf(before, successor).status))
  return begun && `Its successor "${begun}" had begun.`
}

const NOTHING_NEW = 'Nothing new was allowed to start: the execution was paused or cancelled.'

/** Of the start that a change is about: the first, or that of a further part of what runs. */
const PHASES_BEFORE = {
  intended: ['ready'],
  queued: ['ready', 'starting'],
  withdrawn: ['starting'],
  running: ['starting'],
  progressed: ['running'],
} as const
