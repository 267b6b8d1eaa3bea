import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Card } from '../../conversation/card.ts'
import type { Attachment, Chat } from '../../ports/chat.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import type { Outbox } from '../../ports/outbox.ts'
import { type ClientOptions, slackClient } from './client.ts'
import { isInvalidBlocks, orFailure } from './failure.ts'
import { LIMITS } from './limits.ts'
import { type SlackLog, slackLogger } from './log.ts'
import type { Kind } from './rates.ts'
import { hasSteps, renderCard } from './render.ts'

const ticketSchema = z.object({ upload_url: z.url(), file_id: z.string() })
/** A picture has a few hundred kilobytes. */
const UPLOAD_MS = 10_000

export interface ChatOptions extends ClientOptions {
  readonly log: SlackLog
  readonly outbox: Outbox<Kind>
}

/** Says and repaints cards. Nothing is repeated here: whoever asked knows when it is worth it. */
export function slackChat(options: ChatOptions): Chat {
  const { outbox } = options
  const client = slackClient(options, slackLogger(options.log), 0)

  /** Not every workspace takes plan blocks yet; one that has refused them is not asked again. */
  let takesPlans = true
  async function drawn<Answer>(
    card: Card,
    send: (content: ReturnType<typeof renderCard>) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await send(renderCard(card, takesPlans))
    } catch (error) {
      if (!(takesPlans && hasSteps(card) && isInvalidBlocks(error))) throw error
      takesPlans = false
      return send(renderCard(card))
    }
  }

  async function say(where: string, card: Card, thread: InThread) {
    const posted = await drawn(card, (content) =>
      orFailure(
        `chat.postMessage in ${where}`,
        client.chat.postMessage({
          channel: where,
          ...content,
          ...thread,
          unfurl_links: false,
          unfurl_media: false,
          // Tells two posts of the same card apart, should the first have been heard after all.
          metadata: { event_type: 'lifeboat_card', event_payload: { operation: randomUUID() } },
        }),
      ),
    )
    const { channel, ts } = posted
    if (!channel || !ts)
      throw new FinalFailure(`Slack took a message in ${where} and did not say which it is.`)
    return { platform: 'slack', channel, message: ts }
  }

  /** The bytes are in Slack, and nobody sees them yet. */
  async function uploaded({ name, alt, bytes }: Attachment): Promise<string> {
    // The client's own method sends the words for screen readers under a name that Slack does not know.
    const asked = await orFailure(
      `files.getUploadURLExternal for ${name}`,
      client.apiCall('files.getUploadURLExternal', {
        filename: name,
        length: bytes.length,
        ...(alt && { alt_txt: alt.slice(0, LIMITS.altText) }),
      }),
    )
    const ticket = ticketSchema.safeParse(asked).data
    if (!ticket) throw new FinalFailure(`Slack did not say where the file ${name} is to go.`)
    const { upload_url, file_id } = ticket
    const answer = await fetch(upload_url, {
      method: 'POST',
      body: Buffer.from(bytes),
      signal: AbortSignal.timeout(UPLOAD_MS),
    }).catch((error: unknown) => {
      throw new TransientFailure(`Slack did not take the file ${name}.`, undefined, { cause: error })
    })
    if (!answer.ok) throw new TransientFailure(`Slack did not take the file ${name}: HTTP ${answer.status}.`)
    return file_id
  }

  return {
    platform: 'slack',
    post: ({ channel }, card, { lane = 'prompt', under, announced } = {}) =>
      outbox.put({ kind: 'chat.postMessage', of: channel, lane }, () =>
        say(channel, card, under ? inThread(under.message, announced === true) : {}),
      ),
    direct: (person, card, { lane = 'prompt' } = {}) => {
      const users = person.replace(/^slack:/, '')
      return outbox.put({ kind: 'chat.postMessage', of: users, lane }, async () => {
        const opening = client.conversations.open({ users })
        const channel = (await orFailure(`conversations.open with ${users}`, opening)).channel?.id
        if (!channel) throw new FinalFailure(`Slack opened no conversation with ${users}.`)
        return say(channel, card, {})
      })
    },
    attach: ({ channel }, files, under) =>
      outbox.put({ kind: 'files', lane: 'progress' }, async () => {
        const ids: { id: string; title: string }[] = []
        for (const file of files) ids.push({ id: await uploaded(file), title: file.title })
        const [first, ...others] = ids
        if (!first) return
        await orFailure(
          `files.completeUploadExternal in ${channel}`,
          client.files.completeUploadExternal({
            files: [first, ...others],
            channel_id: channel,
            ...(under && { thread_ts: under.message }),
          }),
        )
      }),
    update: ({ channel, message }, card, { lane = 'prompt' } = {}) =>
      outbox.paint({ kind: 'chat.update', lane }, `${channel} ${message}`, async () => {
        await drawn(card, (content) =>
          orFailure(
            `chat.update of ${message} in ${channel}`,
            client.chat.update({ channel, ts: message, ...content }),
          ),
        )
      }),
  }
}

type InThread = Readonly<
  Record<string, never> | { thread_ts: string } | { thread_ts: string; reply_broadcast: true }
>

const inThread = (thread_ts: string, announced: boolean): InThread =>
  announced ? { thread_ts, reply_broadcast: true } : { thread_ts }
