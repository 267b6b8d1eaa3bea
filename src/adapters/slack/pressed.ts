import type { KnownBlock } from '@slack/types'
import { z } from 'zod'
import type { Reply } from '../../conversation/card.ts'
import { parseClick } from '../../conversation/click.ts'
import { needsReason } from '../../domain/transitions.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { askerOf, brokenCard, type Room } from './asked.ts'
import { carriedBy } from './buttons.ts'
import { fillDialog, noticeReply, openDialog } from './dialog.ts'
import { orFailure } from './failure.ts'
import type { Whisper } from './platform.ts'
import { smallPrint } from './rich.ts'

const pressSchema = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  container: z.object({ channel_id: z.string() }),
  // Absent where the card was an ephemeral one. The blocks are Slack's own account of what we posted.
  message: z
    .object({
      ts: z.string(),
      text: z.string().default(''),
      blocks: z.array(
        z.custom<KnownBlock>((block) => z.object({ type: z.string() }).safeParse(block).success),
      ),
    })
    .optional(),
})
type Press = z.infer<typeof pressSchema>

/** A pressed button. What only opens a dialog does so at once: Slack takes the trigger for three seconds. */
export async function answerClick(
  room: Room,
  pressed: { action: unknown; body: unknown },
  whisper: Whisper,
): Promise<void> {
  const press = pressSchema.parse(pressed.body)
  const carried = carriedBy(pressed.action)
  const click = parseClick(carried)
  if (click && needsReason(click.asks)) return askWhy(room, press, carried, whisper)
  return room.turns.take(() => decide(room, press, carried, whisper))
}

/** The card is locked while the desk decides, and painted as it then stands if the answer is no. */
async function decide(room: Room, press: Press, carried: unknown, whisper: Whisper): Promise<void> {
  const click = parseClick(carried)
  if (click) await lock(room, press)
  let reply: Reply
  try {
    reply = await replyTo(room, press, carried)
  } catch (error) {
    reply = noticeReply(brokenCard(room, error))
  }
  // On success the engine paints the card anew.
  if (reply.kind === 'silent') return
  // What stood here when it was pressed may be history by now: whoever paints the cards knows what stands.
  if (click && press.message) {
    const { channel_id: channel } = press.container
    room.repaint(click.execution, { platform: 'slack', channel, message: press.message.ts })
  }
  if (reply.kind === 'whisper') await whisper(reply.card)
  if (reply.kind === 'form') await fillDialog(room, await openDialog(room, press.trigger_id), reply)
}

/** What takes something away asks for the reason first: the card stays as it is until that is given. */
async function askWhy(room: Room, press: Press, carried: unknown, whisper: Whisper): Promise<void> {
  let dialog: string | undefined
  try {
    dialog = await openDialog(room, press.trigger_id)
    await fillDialog(room, dialog, await replyTo(room, press, carried))
  } catch (error) {
    const card = brokenCard(room, error)
    if (dialog) await fillDialog(room, dialog, noticeReply(card))
    else await whisper(card)
  }
}

async function replyTo(room: Room, { user, container }: Press, carried: unknown): Promise<Reply> {
  const asker = await askerOf(room, user.id)
  if ('refused' in asker) return noticeReply(asker.refused)
  return room.desk.click(carried, asker, { platform: 'slack', channel: container.channel_id })
}

/**
 * Takes the buttons away, so that nobody presses twice. A card that cannot be repainted must not keep the decision from being
 * made: the engine decides which click counts.
 */
async function lock(room: Room, { user, container, message }: Press): Promise<void> {
  if (!message) return
  const { ts, text, blocks } = message
  const { channel_id: channel } = container
  const recording = smallPrint([
    'Recording, asked by ',
    { kind: 'person', id: `slack:${user.id}`, name: user.id },
    ' …',
  ])
  const locked: KnownBlock[] = [
    ...blocks.filter(({ type }) => type !== 'actions'),
    { type: 'context', elements: recording },
  ]
  try {
    const painting = room.client.chat.update({ channel, ts, text: text.slice(0, 4_000), blocks: locked })
    await orFailure(`chat.update of ${ts}`, painting)
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    room.log.warn({ err: error }, 'slack card not locked')
  }
}
