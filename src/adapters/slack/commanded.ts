import type { SlashCommand } from '@slack/bolt'
import type { Reply } from '../../conversation/card.ts'
import { askerOf, brokenCard, type Room } from './asked.ts'
import { fillDialog, inDialog, noticeReply, openDialog } from './dialog.ts'
import type { Whisper } from './platform.ts'

/** /dr …: answered by a dialog where the words ask for one, and else by a message that only the asker sees. */
export async function answerCommand(room: Room, command: SlashCommand, whisper: Whisper): Promise<void> {
  const text = unescaped(command.text)
  let dialog: string | undefined
  try {
    if (room.desk.opensForm(text)) dialog = await openDialog(room, command.trigger_id)
    const reply = await replyTo(room, text, command)
    if (dialog) await fillDialog(room, dialog, reply)
    else if (reply.kind === 'whisper') await whisper(reply.card)
    else if (reply.kind === 'form') await fillDialog(room, await openDialog(room, command.trigger_id), reply)
  } catch (error) {
    const card = brokenCard(room, error)
    if (dialog) await fillDialog(room, dialog, noticeReply(card))
    else await whisper(card)
  }
}

/** A shortcut asks the same as some words do, from no channel: the answer is a dialog. */
export async function answerShortcut(
  room: Room,
  text: string,
  by: { readonly trigger: string; readonly user: string },
): Promise<void> {
  await inDialog(room, by.trigger, answer, (card) => room.direct(by.user, card))

  async function answer(): Promise<Reply> {
    const asker = await askerOf(room, by.user)
    return 'refused' in asker ? noticeReply(asker.refused) : room.desk.command(text, asker)
  }
}

async function replyTo(room: Room, text: string, { user_id, channel_id }: SlashCommand): Promise<Reply> {
  const asker = await askerOf(room, user_id)
  if ('refused' in asker) return noticeReply(asker.refused)
  return room.desk.command(text, asker, { platform: 'slack', channel: channel_id })
}

/** Slack escapes these three in what people type. */
export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
