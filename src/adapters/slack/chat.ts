import { randomUUID } from 'node:crypto'
import type { Card } from '../../conversation/card.ts'
import type { Chat } from '../../ports/chat.ts'
import { FinalFailure } from '../../ports/failure.ts'
import { type ClientOptions, slackClient } from './client.ts'
import { orFailure } from './failure.ts'
import { type SlackLog, slackLogger } from './log.ts'
import { renderCard } from './render.ts'

/** Says and repaints cards. Nothing is repeated here: whoever asked knows when it is worth it. */
export function slackChat(options: ClientOptions & { readonly log: SlackLog }): Chat {
  const client = slackClient(options, slackLogger(options.log), 0)

  async function say(where: string, card: Card, thread: InThread) {
    const posted = await orFailure(
      `chat.postMessage in ${where}`,
      client.chat.postMessage({
        channel: where,
        ...renderCard(card),
        ...thread,
        unfurl_links: false,
        unfurl_media: false,
        // Tells two posts of the same card apart, should the first have been heard after all.
        metadata: { event_type: 'lifeboat_card', event_payload: { operation: randomUUID() } },
      }),
    )
    const { channel, ts } = posted
    if (!channel || !ts)
      throw new FinalFailure(`Slack took a message in ${where} and did not say which it is.`)
    return { platform: 'slack', channel, message: ts }
  }

  return {
    platform: 'slack',
    post: ({ channel }, card, under, announced) =>
      say(channel, card, under ? inThread(under.message, announced !== undefined) : {}),
    direct: async (person, card) => {
      const users = person.replace(/^slack:/, '')
      const opened = await orFailure(`conversations.open with ${users}`, client.conversations.open({ users }))
      const channel = opened.channel?.id
      if (!channel) throw new FinalFailure(`Slack opened no conversation with ${users}.`)
      return say(channel, card, {})
    },
    update: async ({ channel, message }, card) => {
      await orFailure(
        `chat.update of ${message} in ${channel}`,
        client.chat.update({ channel, ts: message, ...renderCard(card) }),
      )
    },
  }
}

type InThread = Readonly<
  Record<string, never> | { thread_ts: string } | { thread_ts: string; reply_broadcast: true }
>

const inThread = (thread_ts: string, announced: boolean): InThread =>
  announced ? { thread_ts, reply_broadcast: true } : { thread_ts }
