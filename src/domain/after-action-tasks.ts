import type { Step } from './after-action-steps.ts'
import type { Wait } from './after-action-waiting.ts'
import type { Execution } from './execution.ts'
import { joined, lengthOf, planned } from './forecast.ts'
import { inMinutes, minutesBetween } from './minutes.ts'
import { optional } from './optional.ts'
import { withoutSecrets } from './secret-in.ts'
import type { Task, TaskId } from './task.ts'
import { isOver, type Status } from './transitions.ts'

/** A task as it was planned and as it went. */
export interface TaskReport {
  readonly id: TaskId
  readonly name: string
  readonly type: string
  /** As it stands now: how it ended, where it has. */
  readonly status: Status
  readonly attempts: number
  readonly failures: number
  readonly critical: boolean
  /** By the plan, as if nobody failed and everybody decided as fast as expected. */
  readonly planned: { readonly from: string; readonly to: string; readonly minutes: number }
  /** From its first start to its last end, over all attempts; absent where it never began. */
  readonly actual?: { readonly from: string; readonly to?: string; readonly minutes: number }
  /** How much later it ended than planned, for whatever reason; negative is earlier. */
  readonly lateMinutes?: number
  /** How much longer it took than planned; negative is shorter. */
  readonly overMinutes?: number
  /** Of that time, waiting for people. */
  readonly waitedMinutes: number
  readonly summary?: string
}

export function tasksOf(
  execution: Execution,
  steps: ReadonlyMap<TaskId, readonly Step[]>,
  told: { readonly critical: readonly TaskId[]; readonly waits: readonly Wait[]; readonly now: Date },
): TaskReport[] {
  const { spans } = planned(execution)
  const path = new Set(told.critical)
  return [...execution.tasks.values()].map((task) => {
    const { from, to } = spans.get(task.id) ?? { from: 0, to: 0 }
    const own = steps.get(task.id) ?? []
    const actual = actualOf(task, own, told.now)
    const waits = told.waits.filter((wait) => wait.task === task.id)
    const minutes = minutesBetween(from, to)
    return {
      id: task.id,
      name: task.name,
      type: task.type,
      status: task.status,
      attempts: actual ? task.attempt : 0,
      failures: own.filter(({ move }) => move.failure).length,
      critical: path.has(task.id),
      planned: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), minutes },
      ...optional('actual', actual),
      ...(actual?.to === undefined
        ? {}
        : {
            lateMinutes: minutesBetween(to, actual.to),
            overMinutes: Math.round((actual.minutes - minutes) * 100) / 100,
          }),
      waitedMinutes: inMinutes(lengthOf(joined(waits))),
      ...optional('summary', task.summary && withoutSecrets(task.summary)),
    }
  })
}

function actualOf(task: Task, steps: readonly Step[], now: Date): TaskReport['actual'] {
  const began = steps.find(({ move: { to } }) => to === 'IN_PROGRESS' || to === 'PENDING_APPROVAL')
  const last = steps.at(-1)
  if (!began || !last) return undefined
  const ended = isOver(task.status) || task.status === 'FAILED' ? last.at : undefined
  return {
    from: began.at,
    ...optional('to', ended),
    minutes: minutesBetween(began.at, ended ?? now.toISOString()),
  }
}
