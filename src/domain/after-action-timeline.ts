import type { BreakGlass, GateEvent } from './ballot.ts'
import type { Change, ChangeRecord } from './change.ts'
import type { Rung } from './escalation.ts'
import type { IncidentRole } from './execution.ts'
import { optional } from './optional.ts'
import { withoutSecrets } from './secret-in.ts'
import type { Actor, Failure, TaskId } from './task.ts'
import type { TaskEvent } from './transitions.ts'

/** One thing that happened, as it was recorded. */
export interface Entry {
  readonly record: number
  readonly at: string
  readonly by: Actor
  readonly source: string
  readonly kind: Exclude<Change['what'], 'moved'> | TaskEvent
  readonly task?: TaskId
  readonly attempt?: number
  /** Somebody's own words. */
  readonly reason?: string
  /** What came of it, or what is in the way. */
  readonly text?: string
  readonly failure?: Failure['kind']
  readonly minutes?: number
  readonly left?: readonly string[]
  /** What somebody's vote was for, and whether it broke the glass. */
  readonly vote?: GateEvent
  readonly breakGlass?: BreakGlass
  /** Whom a decision was asked of again. */
  readonly rung?: Rung
  /** A role of the incident, and who has it from then on; without somebody, nobody has it any more. */
  readonly role?: IncidentRole
  readonly person?: Actor
  /** What was started or is followed outside. */
  readonly references?: readonly string[]
  /** What was heard from there. */
  readonly lines?: readonly string[]
}

/** Everything that was recorded, in order. */
export const timelineOf = (records: readonly ChangeRecord[]): Entry[] =>
  records.flatMap(({ version: record, at, by, source, changes }) =>
    changes.map((change) => ({ record, at, by, source, ...entryOf(change) })),
  )

type Told = Omit<Entry, 'record' | 'at' | 'by' | 'source'>

function entryOf(change: Change): Told {
  switch (change.what) {
    case 'begun':
      return { kind: 'begun' }
    case 'paused':
    case 'resumed':
    case 'cancelled':
      return { kind: change.what, ...words('reason', change.reason) }
    case 'noted':
      return {
        kind: 'noted',
        ...words('text', change.from ? `${change.from.by}: ${change.text}` : change.text),
      }
    case 'assigned':
      return { kind: 'assigned', role: change.role, ...optional('person', change.person) }
    case 'room-opened':
    case 'room-closed':
      return { kind: change.what }
    case 'voted': {
      const { for: vote, breakGlass, reason } = change
      return {
        kind: 'voted',
        ...on(change),
        vote,
        ...optional('breakGlass', breakGlass),
        ...words('reason', reason),
      }
    }
    case 'escalated':
      return { kind: 'escalated', ...on(change), rung: change.rung }
    case 'moved': {
      const { event, failure, references } = change
      return {
        kind: event,
        ...on(change),
        ...words('reason', change.reason),
        ...words('text', failure?.message ?? change.summary),
        ...optional('failure', failure?.kind),
        ...optional('minutes', failure?.minutes),
        ...optional('left', failure?.left),
        ...optional('references', references),
      }
    }
    case 'intended':
      return { kind: 'intended', ...on(change) }
    case 'withdrawn':
      return { kind: 'withdrawn', ...on(change), ...words('text', change.trouble) }
    case 'queued':
      return { kind: 'queued', ...on(change), ...words('text', change.because) }
    case 'running':
      return { kind: 'running', ...on(change), references: change.references }
    case 'progressed': {
      const lines = change.lines.map(withoutSecrets)
      return { kind: 'progressed', ...on(change), ...(lines.length > 0 ? { lines } : {}) }
    }
  }
}

const on = ({ task, attempt }: { readonly task: TaskId; readonly attempt: number }) => ({ task, attempt })

const words = <Name extends 'reason' | 'text'>(name: Name, text: string | undefined) =>
  optional(name, text && withoutSecrets(text))
