import type { Card } from '../conversation/card.ts'
import type { Place } from '../domain/execution.ts'

/** A message that stands in a chat; `thread` is where its replies go. */
export interface MessageReference {
  readonly platform: string
  readonly channel: string
  readonly message: string
}

/** Saying something on a chat platform. Everything may fail with a TransientFailure (later it may work) or a FinalFailure. */
export interface Chat {
  readonly platform: string
  /** A message in the channel, or a reply in the thread of `under`; announced: a reply that the channel sees as well. */
  post(place: Place, card: Card, under?: MessageReference, announced?: 'announced'): Promise<MessageReference>
  /** A message to one person alone, by platform id ("slack:U1"). */
  direct(person: string, card: Card): Promise<MessageReference>
  update(message: MessageReference, card: Card): Promise<void>
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
