import type { Card } from '../../src/conversation/card.ts'
import type { Chat, MessageReference } from '../../src/ports/chat.ts'
import { FinalFailure } from '../../src/ports/failure.ts'
import type { Ground, Process, Road } from './process.ts'

/** A chat platform: the messages that stand, as people see them. */
export interface Town {
  seenBy(process: Process): Chat
  cardOf(message: MessageReference): Card | undefined
}

const CHAT: Road = { away: 'chat is away', lost: 'chat loses the reply' }

export function town({ faults }: Ground): Town {
  const standing = new Map<string, Card>()
  let posted = 0
  function said(channel: string, card: Card): MessageReference {
    const message = `m${posted++}`
    standing.set(message, card)
    return { platform: 'town', channel, message }
  }
  return {
    cardOf: ({ message }) => standing.get(message),
    seenBy: (process) => ({
      platform: 'town',
      post: ({ channel }, card) => process.call(CHAT, async () => said(channel, card)),
      direct: (person, card) => process.call(CHAT, async () => said(person, card)),
      attach: () => process.call(CHAT, async () => {}),
      update: ({ message }, card) =>
        process.call(CHAT, async () => {
          if (faults.strikes('message was deleted')) standing.delete(message)
          if (!standing.has(message)) throw new FinalFailure('message_not_found')
          standing.set(message, card)
        }),
    }),
  }
}
