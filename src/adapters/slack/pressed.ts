import type { KnownBlock } from '@slack/types'
import { z } from 'zod'
import type { Click, Reply } from '../../conversation/card.ts'
import { parseClick } from '../../conversation/click.ts'
import { say } from '../../conversation/words/index.ts'
import { needsReason } from '../../domain/transitions.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { askerOf, brokenCard, type Room } from './asked.ts'
import { carriedBy } from './buttons.ts'
import { fillDialog, inDialog, noticeReply, openDialog } from './dialog.ts'
import { orFailure } from './failure.ts'
import type { Whisper } from './platform.ts'
import { smallPrint } from './rich.ts'

const pressSchema = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  // A Home is in no channel.
  container: z.object({ channel_id: z.string().optional() }),
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
  if (press.container.channel_id === undefined) return answerAtHome(room, press, carried)
  // E.g. the reason is asked for first: the card stays as it is until that is given.
  if (click && opensForm(room, click)) {
    return inDialog(room, press.trigger_id, () => replyTo(room, press, carried), whisper)
  }
  return room.turns.take(() => decide(room, press, carried, whisper))
}

const opensForm = ({ desk }: Room, click: Click): boolean =>
  'command' in click ? desk.opensForm(click.command) : needsReason(click.asks)

/**
 * A Home has no message to lock, and nobody can be whispered to there. So a dialog opens over it at once, whatever was pressed:
 * it keeps people from pressing twice, and holds the answer. Where it cannot, the answer comes as a direct message.
 */
async function answerAtHome(room: Room, press: Press, carried: unknown): Promise<void> {
  const { id } = press.user
  await inDialog(room, press.trigger_id, answer, (card) => room.direct(id, card))
  await room.homes.acted(id)

  function answer() {
    return room.turns.take(() => replyTo(room, press, carried))
  }
}

/** The card is locked while the desk decides, and painted as it then stands if the answer is no. */
async function decide(room: Room, press: Press, carried: unknown, whisper: Whisper): Promise<void> {
  const click = parseClick(carried)
  const task = click && 'task' in click ? click : undefined
  if (task) await lock(room, press)
  let reply: Reply
  try {
    reply = await replyTo(room, press, carried)
  } catch (error) {
    reply = noticeReply(brokenCard(room, error))
  }
  // On success the engine paints the card anew.
  if (reply.kind === 'silent') return
  // What stood here when it was pressed may be history by now: whoever paints the cards knows what stands.
  const { channel_id: channel } = press.container
  if (task && press.message && channel) {
    room.repaint(task.execution, { platform: 'slack', channel, message: press.message.ts })
  }
  if (reply.kind === 'whisper') await whisper(reply.card)
  if (reply.kind === 'form') await fillDialog(room, await openDialog(room, press.trigger_id), reply)
}

async function replyTo(room: Room, { user, container }: Press, carried: unknown): Promise<Reply> {
  const asker = await askerOf(room, user.id)
  if ('refused' in asker) return noticeReply(asker.refused)
  const { channel_id: channel } = container
  return room.desk.click(carried, asker, channel === undefined ? undefined : { platform: 'slack', channel })
}

/**
 * Takes the buttons away, so that nobody presses twice. A card that cannot be repainted must not keep the decision from being
 * made: the engine decides which click counts.
 */
async function lock(room: Room, { user, container, message }: Press): Promise<void> {
  const { channel_id: channel } = container
  if (!message || !channel) return
  const { ts, text, blocks } = message
  const by = { kind: 'person' as const, id: `slack:${user.id}`, name: user.id }
  const recording = room.inOwnLanguage(() => smallPrint(say().answers.slack.recording(by)))
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
