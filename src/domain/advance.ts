import type { Escalated, Moved } from './change.ts'
import { asksSince, dueRung, FIRST_RUNG_MS, RUNGS } from './escalation.ts'
import { type Execution, mayStart, taskOf } from './execution.ts'
import { type Forecast, forecast } from './forecast.ts'
import { optional } from './optional.ts'
import type { Failure, Task } from './task.ts'
import { next, type TaskEvent } from './transitions.ts'
import { retriesItself, waitsForPeople } from './waits-for-people.ts'

/** One save touches at most this many tasks: a DynamoDB transaction takes 100 items, and the head, the record and locks are among them. */
export const MOVES_PER_SAVE = 90

/**
 * Every step the engine owes the run now, from its state and the time alone, each legal by itself. Saved, it may owe more:
 * call again until it owes nothing. Who wakes the run, and how often, makes no difference.
 */
export function advance(execution: Execution, now: Date): Owed[] {
  const owes: Owed[] = []
  let expected: Forecast | undefined
  for (const task of execution.tasks.values()) {
    const moved = owedTo(execution, task, now)
    const owed = moved ?? escalated(task)
    if (owed) owes.push(owed)
    if (owes.length === MOVES_PER_SAVE) break
  }
  return owes

  /** A decision that nobody makes is asked for again, of more people. A paused run is in no hurry. */
  function escalated(task: Task): Owed | undefined {
    if (execution.paused || !waitsForPeople(execution, task)) return undefined
    const since = asksSince(task)
    if (since === undefined || now.getTime() - since < FIRST_RUNG_MS) return undefined
    expected ??= forecast(execution, now)
    const rung = dueRung(execution, task, now, expected)
    const isNews = rung && (!task.rung || RUNGS.indexOf(rung) > RUNGS.indexOf(task.rung))
    return isNews ? { what: 'escalated', task: task.id, attempt: task.attempt, rung } : undefined
  }
}

/** What the engine owes: moves of tasks, and asking again where people are waited for. */
export type Owed = Moved | Escalated

function owedTo(execution: Execution, task: Task, now: Date): Moved | undefined {
  // Most tasks of a long run: the table has nothing for the engine to do with them.
  if (task.status === 'COMPLETED' || task.status === 'SKIPPED') return undefined
  // What runs outside is cancelled by its worker, which first asks AWS to stop it.
  if (execution.cancelled) return task.status === 'IN_PROGRESS' ? overdue(task, now) : move(task, 'cancel')
  const predecessorLost = task.predecessors.some((id) => taskOf(execution, id).status === 'ABANDONED')
  if (predecessorLost) return move(task, 'cascade') ?? overdue(task, now)
  switch (task.status) {
    case 'PENDING':
    case 'RETRY':
      return !execution.paused && mayStart(execution, task) ? begin(task, now) : undefined
    case 'PENDING_APPROVAL':
      return execution.declinedBySilence?.includes(task.id)
        ? overdue(task, now, 'decline')
        : overdue(task, now)
    case 'ABANDONED':
      // Only what the cascade took along comes back with it; what a person abandoned stays.
      return task.lastEvent === 'cascade' ? move(task, 'revive') : undefined
    case 'FAILED':
      return !execution.paused && retriesItself(task)
        ? move(task, 'retry', { attempt: task.attempt + 1 })
        : undefined
    default:
      return overdue(task, now)
  }
}

function begin(task: Task, now: Date): Moved | undefined {
  const minutes = task.timeoutMinutes
  const deadline =
    minutes === undefined ? undefined : new Date(now.getTime() + minutes * 60_000).toISOString()
  return move(task, task.type === 'approval' ? 'askApproval' : 'start', optional('deadline', deadline))
}

function overdue(task: Task, now: Date, silence: 'expire' | 'decline' = 'expire'): Moved | undefined {
  if (!task.deadline || Date.parse(task.deadline) > now.getTime()) return undefined
  const minutes = task.timeoutMinutes ?? 0
  if (task.status === 'PENDING_APPROVAL') {
    // The record's own words; cards and reports say it from the minutes, in their reader's.
    const message = `Nobody decided within ${minutes} minutes.`
    const failure: Failure = { kind: 'expired', message, minutes }
    return move(task, silence, { failure })
  }
  if (task.status !== 'IN_PROGRESS') return undefined
  const left = task.effect?.phase === 'running' ? task.effect.references : []
  const still = left.length > 0 ? ` ${left.join(', ')} may still be running in AWS.` : ''
  const message = `Not finished within ${minutes} minutes.${still}`
  return move(task, 'fail', { failure: { kind: 'timed-out', message, minutes, left } })
}

function move(task: Task, event: TaskEvent, more: Partial<Moved> = {}): Moved | undefined {
  const to = next(task.status, event)
  return to && { what: 'moved', task: task.id, event, from: task.status, to, attempt: task.attempt, ...more }
}
