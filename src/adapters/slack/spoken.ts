import { z } from 'zod'
import type { Card } from '../../conversation/card.ts'
import { formCard } from '../../conversation/command-buttons.ts'
import { spokenText } from '../../conversation/spoken-text.ts'
import { askerOf, brokenCard, type Room } from './asked.ts'
import { unescaped } from './commanded.ts'
import { cardOf } from './dialog.ts'
import { orFailure } from './failure.ts'
import { renderCard } from './render.ts'

/** Slack sends an event again at once, after one minute and after five more. */
const SENT_AGAIN_SECONDS = 900

const spokenSchema = z.object({
  event_id: z.string(),
  event: z.object({
    type: z.enum(['app_mention', 'message']),
    channel_type: z.string().optional(),
    user: z.string().optional(),
    bot_id: z.string().optional(),
    subtype: z.string().optional(),
    edited: z.unknown().optional(),
    text: z.string().default(''),
    channel: z.string(),
    thread_ts: z.string().optional(),
  }),
})
type Spoken = z.infer<typeof spokenSchema>['event']

/** "@Lifeboat status", or "status" in the direct conversation: the same as /dr status, once for what somebody said. */
export async function answerWords(room: Room, body: unknown): Promise<void> {
  const { event_id, event } = spokenSchema.parse(body)
  const { user } = event
  if (!user || !isSaidToUs(event)) return
  if (!(await room.first(`slack-event:${event_id}`, SENT_AGAIN_SECONDS))) return
  await room.answering(user, async () => {
    const card = await answerTo(room, user, event).catch((error: unknown) => brokenCard(room, error))
    if (card) await say(room, user, event, card)
  })
}

/** Not by a bot, we ourselves included, and no second time where words are changed or taken back. */
const isSaidToUs = ({ type, channel_type, bot_id, subtype, edited }: Spoken): boolean =>
  !bot_id && !subtype && edited === undefined && (type === 'app_mention' || channel_type === 'im')

async function answerTo(room: Room, user: string, { text, channel }: Spoken): Promise<Card | undefined> {
  const asker = await askerOf(room, user)
  if ('refused' in asker) return asker.standing === 'bot' ? undefined : asker.refused
  const words = unescaped(text)
  const reply = await room.desk.command(words, asker, { platform: 'slack', channel })
  // Only what was pressed may open a dialog.
  return reply.kind === 'form' ? formCard(reply.form, spokenText(words)) : cardOf(reply)
}

/** To the one who asked, and nobody else. */
async function say({ client }: Room, user: string, { channel, channel_type, thread_ts }: Spoken, card: Card) {
  const said = { channel, ...renderCard(card), ...(thread_ts && { thread_ts }) }
  // A card with a decision on it must not stay where nobody paints it anew.
  if (channel_type === 'im' && !decides(card)) {
    return orFailure(`chat.postMessage in ${channel}`, client.chat.postMessage(said))
  }
  return orFailure(`chat.postEphemeral in ${channel}`, client.chat.postEphemeral({ ...said, user }))
}

const decides = ({ blocks }: Card): boolean =>
  blocks.some((block) => block.kind === 'buttons' && block.buttons.some(({ click }) => 'task' in click))
