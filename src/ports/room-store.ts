import type { ExecutionId, Place } from '../domain/execution.ts'

/** The room of a run, and how far the work on it has come. */
export interface Room {
  readonly execution: ExecutionId
  /** When it was asked for: a room that is asked for again is another one. */
  readonly openedAt: string
  /** Absent until the channel stands. */
  readonly place?: Place
  readonly name?: string
  /** The run is told there, and its thread there is the room. */
  readonly within?: Place
  /** Steps that are done, each with what it was done for: it is done anew when that changes. */
  readonly done: { readonly [step: string]: string }
  readonly trouble: { readonly [step: string]: Trouble }
  /** Until then, one process alone works on it. */
  readonly heldUntil?: string
  readonly revision: number
}

/** A step that failed, and has not worked since. */
export interface Trouble {
  readonly tries: number
  /** Empty where it only is too early. */
  readonly says: string
  /** Not tried again before. */
  readonly notBefore: string
  /** The chat will say no again. */
  readonly isFinal: boolean
}

export interface RoomStore {
  get(execution: ExecutionId): Promise<Room | undefined>
  /** The run whose room the channel is, or was. */
  at(place: Place): Promise<ExecutionId | undefined>
  /** False where somebody else has saved since `room.revision` was read (0: it must not exist yet). Saves revision + 1. */
  save(room: Room): Promise<boolean>
}
