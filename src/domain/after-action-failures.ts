import { inRecordOrder, type Step } from './after-action-steps.ts'
import { optional } from './optional.ts'
import { withoutSecrets } from './secret-in.ts'
import type { Actor, Failure, TaskId } from './task.ts'
import type { TaskEvent } from './transitions.ts'

/** An attempt that failed, and what was done about it. */
export interface FailureSeen {
  readonly record: number
  readonly at: string
  readonly task: TaskId
  readonly attempt: number
  readonly kind: Failure['kind']
  readonly message: string
  readonly minutes?: number
  readonly left?: readonly string[]
  /** What happened to the task next; absent while the failure stands. */
  readonly became?: {
    readonly record: number
    readonly at: string
    readonly event: TaskEvent
    readonly by: Actor
    readonly reason?: string
  }
}

export function failuresOf(steps: ReadonlyMap<TaskId, readonly Step[]>): FailureSeen[] {
  const found = [...steps].flatMap(([task, own]) =>
    own.flatMap(({ record, at, move: { attempt, failure } }, place): FailureSeen[] => {
      if (!failure) return []
      const next = own[place + 1]
      const { kind, message, minutes, left } = failure
      return [
        {
          ...{ record, at, task, attempt, kind, message: withoutSecrets(message) },
          ...optional('minutes', minutes),
          ...optional('left', left),
          ...optional('became', next && becameOf(next)),
        },
      ]
    }),
  )
  return inRecordOrder(found)
}

const becameOf = ({ record, at, by, move: { event, reason } }: Step) => ({
  ...{ record, at, event, by },
  ...optional('reason', reason && withoutSecrets(reason)),
})
