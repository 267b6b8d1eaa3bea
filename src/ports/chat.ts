import type { Card } from '../conversation/card.ts'
import type { Place } from '../domain/execution.ts'

/** A message that stands in a chat; `thread` is where its replies go. */
export interface MessageReference {
  readonly platform: string
  readonly channel: string
  readonly message: string
}

/** What a message is about, the most urgent first: where not everything can be said at once, it is said in this order. */
export const LANES = ['decision', 'failure', 'prompt', 'progress'] as const
export type Lane = (typeof LANES)[number]

/** How a message is said. Without a lane it is a prompt. */
export interface Manner {
  readonly lane?: Lane
  /** It is a reply in the thread of this message. */
  readonly under?: MessageReference
  /** A reply that the channel sees as well. */
  readonly announced?: true
}

/**
 * Saying something on a chat platform. Everything may fail:
 * - TransientFailure: later it may work. QuotaFailure: it waits for room; what is about something else may go ahead.
 * - GoneFailure: the message that it is about stands no more. UnreachableFailure: the place takes nothing at all.
 * - any other FinalFailure: this message is not taken.
 */
export interface Chat {
  readonly platform: string
  post(place: Place, card: Card, how?: Manner): Promise<MessageReference>
  /** A message to one person alone, by platform id ("slack:U1"). */
  direct(person: string, card: Card, how?: Pick<Manner, 'lane'>): Promise<MessageReference>
  update(message: MessageReference, card: Card, how?: Pick<Manner, 'lane'>): Promise<void>
  /** Files in the channel, or in the thread of `under`: all of them in one message. */
  attach(place: Place, files: readonly Attachment[], under?: MessageReference): Promise<void>
}

export interface Attachment {
  readonly name: string
  readonly title: string
  /** The same in words, for a picture. */
  readonly alt?: string
  readonly bytes: Uint8Array
}
