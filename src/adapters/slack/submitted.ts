import type { ViewResponseAction } from '@slack/bolt'
import { z } from 'zod'
import type { Reply } from '../../conversation/card.ts'
import { say } from '../../conversation/words/index.ts'
import { askerOf, brokenCard, type Room } from './asked.ts'
import { fillDialog, noticeReply, viewOf } from './dialog.ts'
import { FIELD, renderWords } from './render.ts'

/** Slack wants an answer within three seconds: so long the desk has to give its own. */
const BUDGET_MS = 2_500

/** A text, or what was chosen. */
const enteredSchema = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
})

const submissionSchema = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), enteredSchema)),
    }),
  }),
})
type Submission = z.infer<typeof submissionSchema>

/** An answered form: errors next to their fields, a notice in the dialog, or the dialog closes. */
export async function answerForm(
  room: Room,
  body: unknown,
  ack: (answer?: ViewResponseAction) => Promise<void>,
): Promise<void> {
  const submission = submissionSchema.parse(body)
  const replying = replyTo(room, submission).catch((error: unknown) => noticeReply(brokenCard(room, error)))
  const inTime = await within(room, replying)
  if (inTime) {
    const answer = answerOf(inTime)
    return answer ? ack(answer) : ack()
  }
  await ack({ response_action: 'update', view: renderWords(say().answers.slack.working) })
  await fillDialog(room, submission.view.id, await replying)
}

async function replyTo(room: Room, { user, view }: Submission): Promise<Reply> {
  const asker = await askerOf(room, user.id)
  if ('refused' in asker) return noticeReply(asker.refused)
  const values = Object.entries(view.state.values).map(([field, { [FIELD]: held }]) => [
    field,
    held?.selected_option?.value ?? held?.value ?? '',
  ])
  return room.desk.submit(view.private_metadata, Object.fromEntries(values), asker)
}

function answerOf(reply: Reply): ViewResponseAction | undefined {
  if (reply.kind === 'silent') return undefined
  if (reply.kind === 'errors') return { response_action: 'errors', errors: reply.errors }
  return { response_action: 'update', view: viewOf(reply) }
}

/** The answer, or nothing when it takes longer than the budget. */
function within(room: Room, replying: Promise<Reply>): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const forget = room.clock.after(BUDGET_MS, () => resolve(undefined))
    replying.then((reply) => {
      forget()
      resolve(reply)
    })
  })
}
