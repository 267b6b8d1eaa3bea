import type { ExecutionId, Place } from '../domain/execution.ts'
import type { MessageReference } from './chat.ts'

/** A channel made for one run. */
export interface RoomChannel {
  readonly place: Place
  readonly name: string
}

export type Furniture =
  | { readonly kind: 'topic'; readonly text: string }
  | { readonly kind: 'pin'; readonly message: MessageReference }
  | { readonly kind: 'link'; readonly title: string; readonly url: string }

/**
 * Channels for runs. Whatever is asked twice is done once: a process may die between doing and remembering.
 * Everything may fail with a TransientFailure (later it may work) or a FinalFailure.
 */
export interface Rooms {
  /** A channel of that name for this run: the one that stands, if it was made for the run. A name that somebody else has, or that was put away, gets a number. */
  open(name: string, run: ExecutionId): Promise<RoomChannel>
  /** Whether a run that is told in this place has its room there already: rooms are threads of that channel, and so is it. */
  isHome?(place: Place): boolean
  furnish(place: Place, piece: Furniture): Promise<void>
  /** Brings in people by their platform ids; those who are in already, and those who cannot be, are passed over. */
  invite(place: Place, people: readonly string[]): Promise<void>
  /** Puts the channel away: it can be read, and nothing more is said there. */
  archive(place: Place): Promise<void>
  linkTo(message: MessageReference): Promise<string>
}
