import type { Step } from './after-action-steps.ts'
import type { TaskReport } from './after-action-tasks.ts'
import { optional } from './optional.ts'
import { withoutSecrets } from './secret-in.ts'
import type { Actor, TaskId } from './task.ts'
import type { TaskEvent } from './transitions.ts'

/** Where the run went another way than its plan. */
export type Deviation = Otherwise | Late

interface Otherwise {
  readonly kind: 'skipped' | 'abandoned' | 'cancelled' | 'retried' | 'adopted' | 'expired' | 'held'
  readonly record: number
  readonly at: string
  readonly task: TaskId
  readonly attempt: number
  readonly by: Actor
  readonly reason?: string
}

/** The task itself took longer than planned; that it began late is not its own doing. */
interface Late {
  readonly kind: 'late'
  readonly at: string
  readonly task: TaskId
  readonly minutes: number
}

/** Less is no news: plans are written in whole minutes. */
const LATE_MINUTES = 1

/** What an event means to somebody who knows the plan; undefined for what every run goes through. */
const KINDS = {
  skip: 'skipped',
  abandon: 'abandoned',
  cascade: 'abandoned',
  cancel: 'cancelled',
  retry: 'retried',
  adopt: 'adopted',
  expire: 'expired',
  decline: 'expired',
  hold: 'held',
  approve: undefined,
  reject: undefined,
  release: undefined,
  revive: undefined,
  start: undefined,
  askApproval: undefined,
  complete: undefined,
  fail: undefined,
} as const satisfies Record<TaskEvent, Otherwise['kind'] | undefined>

export function deviationsOf(
  steps: ReadonlyMap<TaskId, readonly Step[]>,
  tasks: readonly TaskReport[],
): Deviation[] {
  const otherwise = [...steps].flatMap(([task, own]) =>
    own.flatMap(({ record, at, by, move: { event, attempt, reason } }): Deviation[] => {
      const kind = KINDS[event]
      const why = optional('reason', reason && withoutSecrets(reason))
      return kind ? [{ kind, record, at, task, attempt, by, ...why }] : []
    }),
  )
  const late = tasks.flatMap(({ id, status, actual, overMinutes = 0 }): Deviation[] =>
    status === 'COMPLETED' && actual?.to !== undefined && overMinutes >= LATE_MINUTES
      ? [{ kind: 'late', at: actual.to, task: id, minutes: overMinutes }]
      : [],
  )
  return [...otherwise, ...late].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
