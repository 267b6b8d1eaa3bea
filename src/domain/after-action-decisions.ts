import type { Wait } from './after-action-waiting.ts'
import type { BreakGlass, GateEvent } from './ballot.ts'
import type { Change, ChangeRecord } from './change.ts'
import type { Execution } from './execution.ts'
import { optional } from './optional.ts'
import { receipt, voteReceipt } from './receipt.ts'
import { withoutSecrets } from './secret-in.ts'
import type { Actor, TaskId } from './task.ts'
import { PERSON_EVENTS, type PersonEvent } from './transitions.ts'

/** What somebody decided, by whatever door it came in. */
export interface DecisionMade {
  readonly record: number
  readonly at: string
  readonly by: Actor
  readonly source: string
  readonly what: 'start' | 'pause' | 'resume' | 'cancel' | 'vote' | PersonEvent
  /** What a vote was for, and whether it broke the glass. */
  readonly vote?: GateEvent
  readonly breakGlass?: BreakGlass
  readonly task?: TaskId
  /** That it was about: a retry is of the attempt that failed. */
  readonly attempt?: number
  readonly reason?: string
  /** How long it was waited for; absent where nothing waited. */
  readonly waitedMinutes?: number
  /** As the card said it. */
  readonly receipt?: string
}

export function decisionsOf(
  execution: Execution,
  records: readonly ChangeRecord[],
  waits: readonly Wait[],
): DecisionMade[] {
  const waited = new Map(
    waits.flatMap(({ task, endedBy, minutes }) => (endedBy ? [[`${endedBy.record} ${task}`, minutes]] : [])),
  )
  return records.flatMap((record) => {
    const { version, at, by, source, changes } = record
    if (by.kind === 'engine') return []
    const made = { record: version, at, by, source }
    return changes.flatMap((change): DecisionMade[] => {
      const decided = decidedBy(change, execution)
      if (!decided) return []
      const { reason, ...rest } = decided
      return [
        {
          ...made,
          ...rest,
          ...optional('reason', reason && withoutSecrets(reason)),
          ...('task' in change ? optional('waitedMinutes', waited.get(`${version} ${change.task}`)) : {}),
          ...optional('receipt', receiptOf(change, record)),
        },
      ]
    })
  })
}

type Decided = Pick<DecisionMade, 'what' | 'task' | 'attempt' | 'reason' | 'vote' | 'breakGlass'>

/** What a person decided with this change; undefined for what nobody decides. */
function decidedBy(change: Change, execution: Execution): Decided | undefined {
  switch (change.what) {
    case 'begun':
      return { what: 'start', ...optional('reason', execution.reason) }
    case 'paused':
      return { what: 'pause', ...optional('reason', change.reason) }
    case 'resumed':
      return { what: 'resume', ...optional('reason', change.reason) }
    case 'cancelled':
      return { what: 'cancel', ...optional('reason', change.reason) }
    case 'moved': {
      const what = PERSON_EVENTS.find((event) => event === change.event)
      if (!what) return undefined
      const attempt = what === 'retry' ? change.attempt - 1 : change.attempt
      return { what, task: change.task, attempt, ...optional('reason', change.reason) }
    }
    case 'voted': {
      const { task, attempt, for: vote, breakGlass, reason } = change
      return {
        what: 'vote',
        task,
        attempt,
        vote,
        ...optional('breakGlass', breakGlass),
        ...optional('reason', reason),
      }
    }
    case 'noted':
    case 'assigned':
    case 'room-opened':
    case 'room-closed':
    case 'escalated':
    case 'intended':
    case 'queued':
    case 'withdrawn':
    case 'running':
    case 'progressed':
      return undefined
  }
}

function receiptOf(change: Change, { execution, by, at }: ChangeRecord): string | undefined {
  if (change.what === 'voted') {
    const { what: _, task, attempt, ...vote } = change
    return voteReceipt(execution, task, attempt, { ...vote, by, at })
  }
  const event = change.what === 'moved' && PERSON_EVENTS.find((one) => one === change.event)
  if (change.what !== 'moved' || !event) return undefined
  const decision = { event, by, at, ...optional('reason', change.reason) }
  return receipt(execution, change.task, change.attempt, decision)
}
