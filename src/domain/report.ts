import type { Change } from './change.ts'
import type { Execution } from './execution.ts'
import type { Json } from './json.ts'
import { optional } from './optional.ts'
import type { Failure, Task, TaskId } from './task.ts'
import { next } from './transitions.ts'

/** What a worker says of one attempt. It counts only while the task is IN_PROGRESS at that attempt. */
export type Report =
  | { readonly says: 'intend'; readonly token: string }
  | {
      readonly says: 'withdraw'
      readonly token: string
      readonly notBefore: string
      readonly trouble: string
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
  switch (report.says) {
    case 'intend': {
      const free = !effect || effect.phase === 'ready'
      // Paused and cancelled mean that nothing new starts, not even what was about to.
      if (!free || execution.paused || execution.cancelled) return []
      return [{ what: 'intended', ...on, token: report.token }]
    }
    case 'withdraw': {
      if (!sentBy(task, report.token)) return []
      return [{ what: 'withdrawn', ...on, notBefore: report.notBefore, trouble: report.trouble }]
    }
    case 'running': {
      if (!sentBy(task, report.token)) return []
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

const sentBy = (task: Task, token: string): boolean =>
  task.effect?.phase === 'starting' && task.effect.token === token

function moved(task: Task, event: 'complete' | 'fail' | 'cancel', more: object): Change {
  const to = next(task.status, event)
  if (!to) throw new Error(`The table has no cell for ${event} of a task that is ${task.status}.`)
  return { what: 'moved', task: task.id, event, from: task.status, to, attempt: task.attempt, ...more }
}
