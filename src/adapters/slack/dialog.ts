import type { Card, Reply } from '../../conversation/card.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { Room } from './asked.ts'
import { orFailure } from './failure.ts'
import { renderForm, renderNotice, renderWords } from './render.ts'

/** Opens a dialog at once: Slack takes the trigger for three seconds only, and the desk may need longer. Gives its id. */
export async function openDialog({ client }: Room, trigger: string): Promise<string> {
  const opened = await orFailure(
    'views.open',
    client.views.open({ trigger_id: trigger, view: renderWords('One moment …') }),
  )
  const id = opened.view?.id
  if (!id) throw new FinalFailure('Slack opened a dialog and did not say which it is.')
  return id
}

/** The desk's answer, in the dialog that stands open. */
export async function fillDialog({ client }: Room, id: string, reply: Reply): Promise<void> {
  await orFailure('views.update', client.views.update({ view_id: id, view: viewOf(reply) }))
}

export const noticeReply = (card: Card): Reply => ({ kind: 'whisper', card })

export function viewOf(reply: Reply) {
  if (reply.kind === 'form') return renderForm(reply.form)
  if (reply.kind === 'whisper') return renderNotice(reply.card)
  if (reply.kind === 'silent') return renderWords('Done. The card in the channel has the rest.')
  return renderWords(Object.values(reply.errors).join('\n') || 'That could not be taken.')
}
