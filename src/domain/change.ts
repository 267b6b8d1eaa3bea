import type { BreakGlass, GateEvent } from './ballot.ts'
import { digest } from './digest.ts'
import type { Rung } from './escalation.ts'
import type { Execution, ExecutionId, IncidentRole } from './execution.ts'
import type { Json } from './json.ts'
import type { Actor, Failure, TaskId } from './task.ts'
import type { Status, TaskEvent } from './transitions.ts'

/**
 * What happened, as records. They are the audit trail, the source of every notice, and enough to rebuild the state:
 * 1. Every save writes exactly one record; its number is the execution's new version.
 * 2. A record is never changed or deleted; each carries the hash of the one before.
 * 3. `evolve` over the records of an execution gives the stored state.
 */
export type Change =
  | {
      readonly what: 'begun'
      readonly plan: string
      readonly planVersion: number
      readonly mode: string
      /** The digest of the run as it was frozen: its tasks, the plan's hash, why it was started and where it is told. */
      readonly frozen: string
    }
  | Moved
  | Escalated
  /** Somebody's word on a gate that takes several people; with the move in the same record where it settles the gate. */
  | {
      readonly what: 'voted'
      readonly task: TaskId
      readonly attempt: number
      readonly for: GateEvent
      readonly human: string
      readonly digest: string
      readonly reason?: string
      readonly breakGlass?: BreakGlass
    }
  | { readonly what: 'intended'; readonly task: TaskId; readonly attempt: number; readonly token: string }
  | {
      readonly what: 'withdrawn'
      readonly task: TaskId
      readonly attempt: number
      readonly notBefore: string
      readonly trouble: string
      /** The start of a further part is tried no more. */
      readonly givenUp?: true
    }
  | {
      readonly what: 'queued'
      readonly task: TaskId
      readonly attempt: number
      readonly because: string
      readonly place?: number
      readonly notBefore: string
      /** A start was sent and refused for want of room, and what it waits for is what it waited for before: no news. */
      readonly again?: true
    }
  | {
      readonly what: 'running'
      readonly task: TaskId
      readonly attempt: number
      /** Of what was started now; earlier parts keep theirs. */
      readonly references: readonly string[]
      readonly adopted: boolean
    }
  | {
      readonly what: 'progressed'
      readonly task: TaskId
      readonly attempt: number
      readonly detail: { readonly [name: string]: Json }
      readonly lines: readonly string[]
    }
  | { readonly what: 'paused' | 'resumed' | 'cancelled'; readonly reason?: string }
  /** Something worth knowing later, by whoever wrote the record; `from` is where it was said, and by whom, if not by them. */
  | {
      readonly what: 'noted'
      readonly text: string
      readonly from?: { readonly by: string; readonly link: string }
    }
  /** Somebody takes a role of the incident; without `person`, nobody has it any more. */
  | { readonly what: 'assigned'; readonly role: IncidentRole; readonly person?: Actor }
  /** The run gets a channel of its own, and loses it again. */
  | { readonly what: 'room-opened' | 'room-closed' }

/** Nobody decided, so more people are asked. */
export interface Escalated {
  readonly what: 'escalated'
  readonly task: TaskId
  readonly attempt: number
  readonly rung: Rung
}

export interface Moved {
  readonly what: 'moved'
  readonly task: TaskId
  readonly event: TaskEvent
  readonly from: Status
  readonly to: Status
  /** The attempt after the move: one more than before where it is a retry. */
  readonly attempt: number
  readonly reason?: string
  readonly failure?: Failure
  /** What an adopted attempt follows. */
  readonly references?: readonly string[]
  readonly summary?: string
  readonly deadline?: string
  readonly carry?: { readonly [name: string]: Json }
}

export interface ChangeRecord {
  readonly execution: ExecutionId
  readonly version: number
  readonly at: string
  readonly by: Actor
  /** By which door it came in: "slack", "api", "worker", "engine". */
  readonly source: string
  readonly changes: readonly Change[]
  readonly previousHash: string
  readonly hash: string
}

/** The record that follows the execution's last one. */
export function recordOf(
  before: Pick<Execution, 'id' | 'version' | 'lastChangeHash'>,
  made: { at: string; by: Actor; source: string; changes: readonly Change[] },
): ChangeRecord {
  const body = {
    execution: before.id,
    version: before.version + 1,
    previousHash: before.lastChangeHash,
    at: made.at,
    by: made.by,
    source: made.source,
    changes: made.changes,
  }
  return { ...body, hash: digest(body) }
}

/** True while nobody has touched the record since it was written. */
export function isIntact({ hash, ...body }: ChangeRecord): boolean {
  return digest(body) === hash
}
