import { z } from 'zod'
import type { BreakGlass, GateEvent } from './ballot.ts'
import type { Rung } from './escalation.ts'
import type { Json } from './json.ts'
import type { PersonEvent, Status, TaskEvent } from './transitions.ts'

export const taskId = z.string().brand<'TaskId'>()
export type TaskId = z.infer<typeof taskId>

/** A node of a plan, as it runs: what it is to do (frozen at the start) and where it stands. */
export interface Task {
  readonly id: TaskId
  readonly name: string
  readonly type: string
  readonly inputs: { readonly [name: string]: Json }
  readonly predecessors: readonly TaskId[]
  readonly successors: readonly TaskId[]
  /** How long one attempt may take; for an approval, how long it may wait. Absent: as long as it takes. */
  readonly timeoutMinutes?: number
  /** How long it usually takes, for forecasts alone: nothing is decided by it. */
  readonly expectedMinutes?: number
  /** Completed, it shows that the application is well again: the recovery time counts up to here as well. */
  readonly healthCheck?: true
  /** How many times the engine itself tries again after a failure, before it asks people. */
  readonly retries: number

  readonly status: Status
  /** Counts up with each retry, from 1. A click, job or report that names an older one changes nothing. */
  readonly attempt: number
  readonly lastEvent?: TaskEvent
  readonly startedAt?: string
  readonly endedAt?: string
  /** When the attempt counts as timed out, or the approval as expired. */
  readonly deadline?: string
  readonly effect?: Effect
  readonly failure?: Failure
  readonly decision?: Decision
  /** How far it has been asked for a decision on this attempt, beyond the card in the thread. */
  readonly rung?: Rung
  /** Of an approval that takes several people: what each human has said about this attempt, the last word of each. */
  readonly votes?: readonly Vote[]
  /** When the run stood here because people had to decide, over all attempts. The one that lasts is not among them yet. */
  readonly waits?: readonly Stretch[]
  /** What came of it, in one sentence. */
  readonly summary?: string
  /** What a failed attempt leaves to the next one, in the task type's own words (e.g. servers already launched). */
  readonly carry?: { readonly [name: string]: Json }
}

/**
 * What an attempt has started outside, and how sure we are of it.
 * ready: nothing is started (a refused or unproven start was taken back). starting: the intent is saved; somebody may have
 * sent it. running: AWS answered, or the work was found there.
 */
export type Effect =
  | Sending
  | {
      readonly phase: 'running'
      readonly at: string
      /** Of all parts that run, where the work is too large for one start. */
      readonly references: readonly string[]
      readonly adopted: boolean
      /** The task type's notes from one check to the next. */
      readonly detail: { readonly [name: string]: Json }
      /** How the start of the next part stands. */
      readonly further?: Sending
    }

/** A start that is not known to have succeeded. */
export type Sending =
  | {
      readonly phase: 'ready'
      readonly sends: number
      readonly tries: number
      readonly notBefore: string
      /** Why the last try was taken back, or what it waits for; for people. */
      readonly trouble: string
      readonly queued?: Queued
      /** This part is tried no more; the others are judged without it. */
      readonly givenUp?: true
    }
  | {
      readonly phase: 'starting'
      readonly sends: number
      readonly tries: number
      /** Names the one who may send; everybody else looks for what was sent. */
      readonly token: string
      readonly at: string
      readonly queued?: Queued
    }

/** What a start waits for, as people were told. */
export interface Queued {
  readonly because: string
  /** In the line of those who wait for the same room; absent where there is no line, only somebody in the way. */
  readonly place?: number
  /** When people were told. */
  readonly since: string
}

/** The start that is not settled: the first one, or that of a further part. */
export const sendingOf = ({ effect }: Task): Sending | undefined =>
  effect?.phase === 'running' ? effect.further : effect

/** Why an attempt failed. The kinds are told apart everywhere: card, thread, API, audit. */
export interface Failure {
  readonly kind: 'rejected' | 'expired' | 'timed-out' | 'crashed' | 'aws' | 'unknown'
  readonly message: string
  /** Of what ran out of time: how many it had, and the references of what may still run. */
  readonly minutes?: number
  readonly left?: readonly string[]
  /** What the attempt may have started, each with its references, where that could not be told for certain. */
  readonly candidates?: readonly (readonly string[])[]
}

export interface Vote {
  readonly for: GateEvent
  readonly by: Actor
  /** The same for one human being on every platform. */
  readonly human: string
  readonly at: string
  /** Of what was decided on; it counts for nothing else. */
  readonly digest: string
  readonly reason?: string
  readonly breakGlass?: BreakGlass
}

/** From a moment to a later one, both ISO. */
export interface Stretch {
  readonly from: string
  readonly to: string
}

export interface Decision {
  readonly event: PersonEvent
  readonly by: Actor
  readonly at: string
  readonly reason?: string
}

/** Who did it. `id` is unique over platforms ("slack:T1:U1", "token:ci"); `name` is for people only and decides nothing. */
export interface Actor {
  readonly kind: 'person' | 'token' | 'engine'
  readonly id: string
  readonly name: string
}

export const ENGINE: Actor = { kind: 'engine', id: 'engine', name: 'Lifeboat' }
