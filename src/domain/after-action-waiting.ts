import type { Step } from './after-action-steps.ts'
import type { ChangeRecord } from './change.ts'
import type { Execution } from './execution.ts'
import { joined, lengthOf } from './forecast.ts'
import { inMinutes, minutesBetween } from './minutes.ts'
import { optional } from './optional.ts'
import type { Actor, Stretch, TaskId } from './task.ts'
import { PERSON_EVENTS, type TaskEvent } from './transitions.ts'
import { waitsForPeople } from './waits-for-people.ts'

/** What waiting for people has cost. What overlaps counts once in each sum. */
export interface Waiting {
  readonly totalMinutes: number
  /** Of it, on the critical path: so much earlier the run could have ended, had everybody decided at once. */
  readonly criticalMinutes: number
  readonly waits: readonly Wait[]
  /** While people had paused the whole run. */
  readonly pausedMinutes: number
}

/** A gate that asked, or a failure that the engine left to people. */
export interface Wait {
  readonly task: TaskId
  readonly attempt: number
  readonly for: 'approval' | 'failure'
  readonly from: string
  readonly to: string
  readonly minutes: number
  readonly critical: boolean
  /** What ended it; absent while it lasts. */
  readonly endedBy?: { readonly record: number; readonly event: TaskEvent; readonly by: Actor }
}

export function waitingOf(
  execution: Execution,
  records: readonly ChangeRecord[],
  steps: ReadonlyMap<TaskId, readonly Step[]>,
  critical: readonly TaskId[],
  now: Date,
): Waiting {
  const path = new Set(critical)
  const waits = [...steps].flatMap(([id, own]) => waitsOfTask(execution, id, own, path.has(id), now))
  const minutes = (stretches: readonly Stretch[]) => inMinutes(lengthOf(joined(stretches)))
  return {
    totalMinutes: minutes(waits),
    criticalMinutes: minutes(waits.filter((wait) => wait.critical)),
    waits: waits.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from)),
    pausedMinutes: minutes(pausesOf(execution, records, now)),
  }
}

function waitsOfTask(
  execution: Execution,
  id: TaskId,
  steps: readonly Step[],
  critical: boolean,
  now: Date,
): Wait[] {
  const wait = (since: Step, to: string, ended?: Step): Wait => ({
    task: id,
    attempt: since.move.attempt,
    for: since.move.to === 'PENDING_APPROVAL' ? 'approval' : 'failure',
    from: since.at,
    to,
    minutes: minutesBetween(since.at, to),
    critical,
    ...optional('endedBy', ended && { record: ended.record, event: ended.move.event, by: ended.by }),
  })
  const over = steps.flatMap((step, place) => {
    const since = steps[place - 1]
    return since && endsWait(step) ? [wait(since, step.at, step)] : []
  })
  const task = execution.tasks.get(id)
  const last = steps.at(-1)
  return last && task && waitsForPeople(execution, task) ? [...over, wait(last, now.toISOString())] : over
}

/** A gate's wait ends with whatever happens to it; a failure's with what a person does, for the engine retries by itself. */
function endsWait({ by, move: { from, event } }: Step): boolean {
  if (from === 'PENDING_APPROVAL') return true
  return from === 'FAILED' && by.kind !== 'engine' && PERSON_EVENTS.some((one) => one === event)
}

function pausesOf(execution: Execution, records: readonly ChangeRecord[], now: Date): Stretch[] {
  const found: Stretch[] = []
  let since: string | undefined
  for (const { at, changes } of records) {
    for (const { what } of changes) {
      if (what === 'paused') since = at
      if (since === undefined || (what !== 'resumed' && what !== 'cancelled')) continue
      found.push({ from: since, to: at })
      since = undefined
    }
  }
  if (since === undefined) return found
  return [...found, { from: since, to: execution.endedAt ?? now.toISOString() }]
}
