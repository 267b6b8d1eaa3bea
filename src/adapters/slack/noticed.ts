import { z } from 'zod'
import type { Place } from '../../domain/execution.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import type { Said } from '../../ports/watch.ts'
import { askerOf, type Room } from './asked.ts'
import { orFailure, refusalCode } from './failure.ts'
import { renderCard } from './render.ts'

const joinedSchema = z.object({ user: z.string(), channel: z.string(), inviter: z.string().optional() })

/** Somebody comes into a channel. Whoever we brought in ourselves has the pinned headline in front of them. */
export async function noticeJoined(room: Room, event: unknown): Promise<void> {
  const { user, channel, inviter } = joinedSchema.parse(event)
  const ownId = await room.ownId()
  const { watch } = room
  if (!watch || user === ownId || (inviter !== undefined && inviter === ownId)) return
  const asker = await askerOf(room, user)
  if ('refused' in asker) return
  const card = await room.answering(user, () => watch.joined(asker, placeOf(channel)))
  if (!card) return
  const whispering = room.client.chat.postEphemeral({ channel, user, ...renderCard(card) })
  await logged(room, 'slack brief not shown', orFailure(`chat.postEphemeral in ${channel}`, whispering))
}

/** 📌 and 📝: what is marked so is worth keeping. */
const MARKS: ReadonlySet<string> = new Set(['pushpin', 'memo'])
const KEPT_MARK = 'white_check_mark'

const reactedSchema = z.object({
  user: z.string(),
  reaction: z.string(),
  item: z.object({ type: z.string(), channel: z.string().default(''), ts: z.string().default('') }),
})

export async function noticeReaction(room: Room, event: unknown): Promise<void> {
  const { user, reaction, item } = reactedSchema.parse(event)
  if (!MARKS.has(reaction)) return
  const ownId = await room.ownId()
  if (!room.watch || user === ownId || item.type !== 'message') return
  const { watch } = room
  const asker = await askerOf(room, user)
  if ('refused' in asker) return
  const marking = watch.marked(asker, placeOf(item.channel), () => read(room, item, ownId))
  if (!(await logged(room, 'slack message not kept', marking))) return
  const mark = { channel: item.channel, timestamp: item.ts, name: KEPT_MARK }
  const answering = orFailure(`reactions.add in ${item.channel}`, room.client.reactions.add(mark))
  await logged(room, 'slack message kept without its mark', answering, ['already_reacted'])
}

const messageSchema = z.object({
  ts: z.string(),
  text: z.string().default(''),
  user: z.string().optional(),
  username: z.string().optional(),
  thread_ts: z.string().optional(),
  bot_profile: z.object({ name: z.string().optional() }).optional(),
})

/** That one message, and nothing else of the channel. */
async function read(
  { client, lookUp }: Room,
  { channel, ts }: { channel: string; ts: string },
  ownId: string | undefined,
): Promise<Said | undefined> {
  const asking = client.conversations.replies({
    channel,
    ts,
    oldest: ts,
    latest: ts,
    inclusive: true,
    limit: 2,
  })
  const { messages = [] } = await orFailure(`conversations.replies in ${channel}`, asking)
  // Slack gives the first message of the thread along with any of its replies.
  const message = z
    .array(messageSchema)
    .parse(messages)
    .find((one) => one.ts === ts)
  if (!message) return undefined
  const linking = client.chat.getPermalink({ channel, message_ts: ts })
  const { permalink } = await orFailure(`chat.getPermalink of ${ts}`, linking)
  const { text, user, username, thread_ts: thread, bot_profile } = message
  const person = user === undefined ? undefined : (await lookUp(user)).name
  return {
    text,
    by: person ?? bot_profile?.name ?? username ?? 'an app',
    link: permalink ?? '',
    isOurs: user !== undefined && user === ownId,
    ...(thread !== undefined && { thread }),
  }
}

const placeOf = (channel: string): Place => ({ platform: 'slack', channel })

/** Nobody waits for an answer: what fails is logged, and whoever misses it asks by command. */
async function logged<Answer>(
  { log }: Room,
  what: string,
  doing: Promise<Answer>,
  but: readonly string[] = [],
): Promise<Answer | undefined> {
  try {
    return await doing
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    if (!but.includes(refusalCode(error) ?? '')) log.warn({ err: error }, what)
    return undefined
  }
}
