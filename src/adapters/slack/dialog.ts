import type { Card, Reply } from '../../conversation/card.ts'
import { say } from '../../conversation/words/index.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { brokenCard, type Room, sentence } from './asked.ts'
import { orFailure } from './failure.ts'
import { renderForm, renderNotice, renderWords } from './render.ts'

/** Opens a dialog at once: Slack takes the trigger for three seconds only, and the desk may need longer. Gives its id. */
export async function openDialog({ client }: Room, trigger: string): Promise<string> {
  const opened = await orFailure(
    'views.open',
    client.views.open({ trigger_id: trigger, view: renderWords(say().answers.slack.oneMoment) }),
  )
  const id = opened.view?.id
  if (!id) throw new FinalFailure('Slack opened a dialog and did not say which it is.')
  return id
}

/** The desk's answer, in the dialog that stands open. */
export async function fillDialog({ client }: Room, id: string, reply: Reply): Promise<void> {
  await orFailure('views.update', client.views.update({ view_id: id, view: viewOf(reply) }))
}

/**
 * The answer, in a dialog that opens before it is looked for. Where Slack opens none, or it was closed meanwhile, `otherwise`
 * takes the answer: it is never lost.
 */
export async function inDialog(
  room: Room,
  trigger: string,
  answer: () => Promise<Reply>,
  otherwise: (card: Card) => Promise<unknown>,
): Promise<void> {
  const dialog = await ifSlackDoes(room, () => openDialog(room, trigger))
  const reply = await answer().catch((error: unknown) => noticeReply(brokenCard(room, error)))
  const isShown =
    dialog &&
    (await ifSlackDoes(room, async () => {
      await fillDialog(room, dialog, reply)
      return true
    }))
  if (!isShown) await otherwise(cardOf(reply))
}

async function ifSlackDoes<Result>({ log }: Room, doing: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await doing()
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    log.warn({ err: error }, 'slack dialog not shown')
    return undefined
  }
}

/** The answer as a message. */
export function cardOf(reply: Reply): Card {
  if (reply.kind === 'whisper') return reply.card
  if (reply.kind === 'silent') return sentence(say().answers.slack.done, 'good')
  if (reply.kind === 'form') return sentence(say().answers.slack.tooLate)
  return sentence(Object.values(reply.errors).join(' '))
}

export const noticeReply = (card: Card): Reply => ({ kind: 'whisper', card })

export function viewOf(reply: Reply) {
  if (reply.kind === 'form') return renderForm(reply.form)
  if (reply.kind === 'whisper') return renderNotice(reply.card)
  if (reply.kind === 'silent') return renderWords(say().answers.slack.done)
  return renderWords(Object.values(reply.errors).join('\n') || say().answers.slack.notTaken)
}
