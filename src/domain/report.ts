import type { Change } from './change.ts'
import { drafted } from './evolve.ts'
import type { Execution } from './execution.ts'
import type { Json } from './json.ts'
import { optional } from './optional.ts'
import { type Failure, type Sending, sendingOf, type Task, type TaskId } from './task.ts'
import { next } from './transitions.ts'

/** What a worker says of one attempt. It counts only while the task is IN_PROGRESS at that attempt. */
export type Report =
  | {
      readonly says: 'intend'
      readonly token: string
      /** For a further part: how many references its sender saw. Whoever saw fewer would start a part that runs. */
      readonly after?: number
    }
  | {
      readonly says: 'withdraw'
      readonly token: string
      readonly notBefore: string
      readonly trouble: string
      /** Only of a further part: it is tried no more, and the parts that run are judged without it. */
      readonly givenUp?: true
    }
  | {
      readonly says: 'queue'
      /** Of a start that was sent and refused for want of room; absent where none was sent. */
      readonly token?: string
      /** Without a token, of a further part: as for an intent. */
      readonly after?: number
      readonly because: string
      readonly place?: number
      readonly notBefore: string
    }
  | {
      readonly says: 'running'
      readonly token: string
      readonly references: readonly string[]
      readonly adopted: boolean
    }
  | {
      readonly says: 'progress'
      readonly detail: { readonly [name: string]: Json }
      readonly lines: readonly string[]
    }
  | { readonly says: 'complete'; readonly summary: string }
  | { readonly says: 'fail'; readonly failure: Failure; readonly carry?: { readonly [name: string]: Json } }
  | { readonly says: 'cancel'; readonly summary: string }

/** The changes the report makes; none where it comes from an attempt, or a sender, that no longer counts. */
export function accept(execution: Execution, id: TaskId, attempt: number, report: Report): readonly Change[] {
  const task = execution.tasks.get(id)
  if (task?.status !== 'IN_PROGRESS' || task.attempt !== attempt) return []
  const on = { task: id, attempt }
  const effect = task.effect
  const sending = sendingOf(task)
  switch (report.says) {
    case 'intend': {
      // Paused and cancelled mean that nothing new starts, not even what was about to.
      if (!mayBeSent(task, report.after) || execution.paused || execution.cancelled) return []
      return [{ what: 'intended', ...on, token: report.token }]
    }
    case 'withdraw': {
      if (!sentBy(sending, report.token)) return []
      const { notBefore, trouble } = report
      const givenUp = effect?.phase === 'running' ? report.givenUp : undefined
      return [{ what: 'withdrawn', ...on, notBefore, trouble, ...optional('givenUp', givenUp) }]
    }
    case 'queue': {
      const { token, because, place, notBefore } = report
      const counts = token === undefined ? mayBeSent(task, report.after) : sentBy(sending, token)
      const told = sending?.queued?.because === because && sending.queued.place === place
      if (!counts || (told && token === undefined)) return []
      const words = { because, notBefore, ...optional('place', place) }
      return [{ what: 'queued', ...on, ...words, ...(told ? { again: true } : {}) }]
    }
    case 'running': {
      if (!sentBy(sending, report.token)) return []
      return [{ what: 'running', ...on, references: report.references, adopted: report.adopted }]
    }
    case 'progress':
      if (effect?.phase !== 'running') return []
      return [{ what: 'progressed', ...on, detail: report.detail, lines: report.lines }]
    case 'complete':
      return [moved(task, 'complete', { summary: report.summary })]
    case 'fail':
      return [moved(task, 'fail', { failure: report.failure, ...optional('carry', report.carry) })]
    case 'cancel':
      return execution.cancelled ? [moved(task, 'cancel', { summary: report.summary })] : []
  }
}

/** What several reports of one look change together, each on top of the one before; none where any of them no longer counts. */
export function acceptAll(
  execution: Execution,
  id: TaskId,
  attempt: number,
  reports: readonly Report[],
  at: string,
): readonly Change[] {
  const changes: Change[] = []
  let draft = execution
  for (const report of reports) {
    const made = accept(draft, id, attempt, report)
    if (made.length === 0) return []
    changes.push(...made)
    if (reports.length > 1) draft = drafted(draft, made, at)
  }
  return changes
}

const sentBy = (sending: Sending | undefined, token: string): boolean =>
  sending?.phase === 'starting' && sending.token === token

function mayBeSent(task: Task, after: number | undefined): boolean {
  const { effect } = task
  const seen = effect?.phase === 'running' ? effect.references.length : undefined
  const sending = sendingOf(task)
  return after === seen && sending?.phase !== 'starting' && !sending?.givenUp
}

function moved(task: Task, event: 'complete' | 'fail' | 'cancel', more: object): Change {
  const to = next(task.status, event)
  if (!to) throw new Error(`The table has no cell for ${event} of a task that is ${task.status}.`)
  return { what: 'moved', task: task.id, event, from: task.status, to, attempt: task.attempt, ...more }
}
