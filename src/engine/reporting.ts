import type { Card } from '../conversation/card.ts'
import type { ReportForm } from '../conversation/commands.ts'
import { noticeCard } from '../conversation/help-card.ts'
import { clip, MODE_WORDS } from '../conversation/in-words.ts'
import { outcomeCard } from '../conversation/outcome-card.ts'
import { say } from '../conversation/words/index.ts'
import { type Execution, isFinished } from '../domain/execution.ts'
import type { Chat } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Asker } from '../ports/door.ts'
import { FinalFailure } from '../ports/failure.ts'
import { type Drawing, reportFiles } from './attachments.ts'

export interface Reporting {
  readonly drawing: Drawing
  readonly chats: ReadonlyMap<string, Chat>
  readonly clock: Clock
}

/**
 * The report of the run as it is now, sent to the asker alone: as files where they have a chat, and else where to get it. With a
 * form, in that one alone.
 */
export async function sendReport(
  execution: Execution,
  { actor }: Asker,
  { drawing, chats, clock }: Reporting,
  form?: ReportForm,
): Promise<Card> {
  const { id, plan, mode } = execution
  const run = `${MODE_WORDS[mode]} · ${clip(plan.name, 60)}`
  const words = say().answers.report
  const overApi = words.overApi(id)
  const chat = chats.get(actor.id.split(':')[0] ?? '')
  if (!chat || actor.kind !== 'person') return noticeCard(`${words.ready(run)} ${overApi}`)
  const files = await reportFiles(execution, clock.now(), drawing, form && [form])
  try {
    const summary = isFinished(execution) ? outcomeCard(execution) : noticeCard(words.soFar(run))
    const { platform, channel } = await chat.direct(actor.id, summary)
    await chat.attach({ platform, channel }, files)
  } catch (error) {
    if (!(error instanceof FinalFailure)) throw error
    return noticeCard(`${words.notSent(run)} ${overApi}`, 'attention')
  }
  return noticeCard(`${words.sent(run, form ? words.forms[form] : words.all)} ${overApi}`)
}
