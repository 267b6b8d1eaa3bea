import type { Message } from '../../src/sandbox/teams/message.ts'
import type { Teams } from '../../src/sandbox/teams/start.ts'

export const drawn = ({ card, text }: Message): string => JSON.stringify(card ?? text)

/** What is seen in that Teams, which may be another one after a restart. */
export function lookingAt(teams: () => Teams) {
  /** The newest message of that channel, or chat, whose card holds all of this. */
  const shown = (channel: string, ...parts: string[]): Message | undefined =>
    teams()
      .messages()
      .findLast(
        (one) =>
          one.conversationId.startsWith(channel) &&
          !one.deleted &&
          parts.every((part) => drawn(one).includes(part)),
      )
  return {
    shown,
    appears: (channel: string, ...parts: string[]): Promise<Message> =>
      teams().until(() => shown(channel, ...parts)),
  }
}
