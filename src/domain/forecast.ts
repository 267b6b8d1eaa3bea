import { type Execution, taskOf } from './execution.ts'
import type { Stretch, Task, TaskId } from './task.ts'
import { isStopped } from './transitions.ts'
import { waitsForPeople } from './waits-for-people.ts'

const MINUTE = 60_000
/** Where neither the plan nor the task's type says how long it takes. */
const EXPECTED_MINUTES = 5

/** When a task runs, as far as can be told: milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
  /** How much later it may end without the run ending later, in milliseconds; 0 on the critical path. */
  readonly slack: number
}

export interface Forecast {
  /** When the last task ends, if whoever is asked decides as fast as expected; milliseconds since 1970. */
  readonly finish: number
  /** The chain of tasks that the end waits for, first to last. */
  readonly critical: readonly TaskId[]
  /** Everything that has run, runs or will run. What was abandoned or cancelled has none. */
  readonly spans: ReadonlyMap<TaskId, Span>
}

/** When things will happen from here on: what has ended stays, what is late ends now, what failed is taken to be run again. */
export function forecast(execution: Execution, now: Date): Forecast {
  const at = now.getTime()
  return scheduled(execution, (task, ready) => {
    const took = expected(task)
    switch (task.status) {
      case 'COMPLETED':
      case 'SKIPPED':
        return over(task, Date.parse(execution.startedAt))
      case 'IN_PROGRESS':
      case 'PENDING_APPROVAL': {
        const from = task.startedAt === undefined ? at : Date.parse(task.startedAt)
        return { from, to: Math.max(at, from + took) }
      }
      case 'ABANDONED':
      case 'CANCELLED':
        return undefined
      default: {
        if (execution.cancelled) return undefined
        const from = Math.max(at, ready)
        return { from, to: from + took }
      }
    }
  })
}

/** How it would have gone by the plan: every task takes what is expected of it, and nobody fails. */
export function planned(execution: Execution): Forecast {
  const start = Date.parse(execution.startedAt)
  return scheduled(execution, (task, ready) => {
    const from = Math.max(start, ready)
    return { from, to: from + expected(task) }
  })
}

/** When the run's objective for time (RTO) is reached; undefined where the plan sets none. */
export function dueAt({ startedAt, objectives }: Execution): number | undefined {
  const { rtoMinutes } = objectives
  return rtoMinutes === undefined ? undefined : Date.parse(startedAt) + rtoMinutes * MINUTE
}

/** How long the task may wait before the forecast passes the objective, in milliseconds; negative where it has. Undefined without an objective. */
export function spare(execution: Execution, { finish, spans }: Forecast, id: TaskId): number | undefined {
  const due = dueAt(execution)
  return due === undefined ? undefined : due - finish + (spans.get(id)?.slack ?? 0)
}

/** The stretches in which the run stood somewhere because people had to decide, as they were and as they last; joined where they overlap. */
export const waitsOf = (execution: Execution, now: Date): Stretch[] =>
  joined(
    [...execution.tasks.values()].flatMap((task) => [
      ...(task.waits ?? []),
      ...lasting(execution, task, now),
    ]),
  )

/** The same time in stretches that do not overlap, in order. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const done: Stretch[] = []
  for (const next of stretches.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from))) {
    const last = done.at(-1)
    if (!last || Date.parse(next.from) > Date.parse(last.to)) done.push({ from: next.from, to: next.to })
    else if (Date.parse(next.to) > Date.parse(last.to)) done.splice(-1, 1, { from: last.from, to: next.to })
  }
  return done
}

/** How long people were waited for, in milliseconds: what overlaps counts once. */
export const waited = (execution: Execution, now: Date): number => lengthOf(waitsOf(execution, now))

/** In milliseconds, of stretches that do not overlap. */
export const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0)

function lasting(execution: Execution, task: Task, now: Date): Stretch[] {
  if (!waitsForPeople(execution, task)) return []
  const from = task.status === 'FAILED' ? task.endedAt : task.startedAt
  return from === undefined ? [] : [{ from, to: now.toISOString() }]
}

const expected = ({ expectedMinutes = EXPECTED_MINUTES }: Task): number => expectedMinutes * MINUTE

function over({ startedAt, endedAt }: Task, began: number): { from: number; to: number } {
  // Skipped before it began: it took no time.
  const to = endedAt === undefined ? began : Date.parse(endedAt)
  return { from: startedAt === undefined ? to : Date.parse(startedAt), to }
}

type Timed = { readonly from: number; readonly to: number }

/** Each task after all of its predecessors; `timed` says when, given when the last of them ends. */
function scheduled(execution: Execution, timed: (task: Task, ready: number) => Timed | undefined): Forecast {
  const order = inOrder(execution)
  const times = new Map<TaskId, Timed>()
  const lost = new Set<TaskId>()
  for (const task of order) {
    const ready = Math.max(0, ...task.predecessors.map((id) => times.get(id)?.to ?? 0))
    const span =
      task.predecessors.some((id) => lost.has(id)) && !task.endedAt ? undefined : timed(task, ready)
    if (span) times.set(task.id, span)
    else if (isStopped(task.status) || task.predecessors.some((id) => lost.has(id))) lost.add(task.id)
  }
  const finish = Math.max(Date.parse(execution.startedAt), ...[...times.values()].map(({ to }) => to))
  // The latest end of each that delays nothing: from the last task back to the first.
  const latest = new Map<TaskId, number>()
  for (const { id, successors } of [...order].reverse()) {
    if (!times.has(id)) continue
    const ends = successors.flatMap((after) => {
      const span = times.get(after)
      return span ? [(latest.get(after) ?? finish) - (span.to - span.from)] : []
    })
    latest.set(id, Math.min(finish, ...ends))
  }
  const spans = new Map<TaskId, Span>()
  for (const [id, { from, to }] of times)
    spans.set(id, { from, to, slack: Math.max(0, (latest.get(id) ?? finish) - to) })
  return { finish, critical: criticalOf(execution, spans, finish), spans }
}

/** Back from whatever ends last, each time to the predecessor that ended last. */
function criticalOf(execution: Execution, spans: ReadonlyMap<TaskId, Span>, finish: number): TaskId[] {
  const path: TaskId[] = []
  let id = [...spans].find(([, { to }]) => to === finish)?.[0]
  while (id !== undefined) {
    path.unshift(id)
    let last: TaskId | undefined
    for (const before of taskOf(execution, id).predecessors) {
      const to = spans.get(before)?.to
      if (to !== undefined && to > (last === undefined ? -1 : (spans.get(last)?.to ?? -1))) last = before
    }
    id = last
  }
  return path
}

/** Every task after all of its predecessors. */
function inOrder(execution: Execution): Task[] {
  const open = new Map([...execution.tasks.values()].map(({ id, predecessors }) => [id, predecessors.length]))
  const order = [...execution.tasks.values()].filter(({ predecessors }) => predecessors.length === 0)
  // The list grows while it is read.
  for (const { successors } of order) {
    for (const id of successors) {
      const left = (open.get(id) ?? 0) - 1
      open.set(id, left)
      if (left === 0) order.push(taskOf(execution, id))
    }
  }
  return order
}
