import type { Card } from '../../conversation/card.ts'
import type { Place } from '../../domain/execution.ts'
import type { Attachment, Chat, Manner, MessageReference } from '../../ports/chat.ts'
import { GoneFailure, UnreachableFailure } from '../../ports/failure.ts'

/** A message as it stands now. */
export interface StandingMessage {
  readonly reference: MessageReference
  readonly card: Card
  /** Whose thread it is in. */
  readonly under?: MessageReference
  readonly announced: boolean
  readonly edits: number
}

export interface StandingFile {
  readonly place: Place
  readonly under?: MessageReference
  readonly file: Attachment
}

export interface MemoryChat extends Chat {
  /** Oldest first, without what was deleted. */
  standing(): readonly StandingMessage[]
  files(): readonly StandingFile[]
  /** As somebody deletes it by hand. */
  delete(message: MessageReference): void
}

export interface MemoryChatOptions {
  readonly platform: string
  /** Whether there is such a channel; without it every one is. */
  readonly isThere?: (place: Place) => boolean
  /** Asked before each call has its effect and, with `done`, before its answer: what it throws becomes of the call. */
  readonly weather?: (done: boolean) => void
}

/** A chat for tests and stories: what is said in it stands in memory. */
export function memoryChat({
  platform,
  isThere = () => true,
  weather = () => {},
}: MemoryChatOptions): MemoryChat {
  let messages: StandingMessage[] = []
  const files: StandingFile[] = []
  let said = 0

  async function call<Answer>(effect: () => Answer): Promise<Answer> {
    weather(false)
    const answer = effect()
    weather(true)
    return answer
  }

  function open({ channel }: Place): void {
    if (!isThere({ platform, channel }))
      throw new UnreachableFailure(`There is no channel ${channel}.`, 'here')
  }

  function say(channel: string, card: Card, how: Partial<StandingMessage> = {}): MessageReference {
    const reference = { platform, channel, message: `m${said++}` }
    messages.push({ reference, card, announced: false, edits: 0, ...how })
    return reference
  }

  return {
    platform,
    post: (place, card, { under, announced }: Manner = {}) =>
      call(() => {
        open(place)
        return say(place.channel, card, { announced: announced === true, ...(under && { under }) })
      }),
    direct: (person, card) => call(() => say(`direct:${person}`, card)),
    update: ({ message }, card) =>
      call(() => {
        if (!messages.some(({ reference }) => reference.message === message))
          throw new GoneFailure(`The message ${message} is gone.`)
        messages = messages.map((one) =>
          one.reference.message === message ? { ...one, card, edits: one.edits + 1 } : one,
        )
      }),
    attach: (place, attached, under) =>
      call(() => {
        open(place)
        files.push(...attached.map((file) => ({ place, file, ...(under && { under }) })))
      }),
    standing: () => messages,
    files: () => files,
    delete: ({ message }) => {
      messages = messages.filter(({ reference }) => reference.message !== message)
    },
  }
}
