import { say } from '../../conversation/words/index.ts'
import { type Activity, isPrivate } from './activity.ts'
import { askerOf, type Hall, sentence } from './asked.ts'
import { cardMessage } from './chat.ts'
import { renderCard } from './render.ts'

/** The app was added: one person gets their overview, a team gets a word on how to begin. */
export async function greet(hall: Hall, activity: Activity, person: string): Promise<void> {
  const { conversation } = activity
  const asker = await askerOf(hall, activity, person)
  if ('refused' in asker) return
  const card = isPrivate(activity)
    ? await hall.desk.home(asker)
    : sentence(say().answers.teams.hello, 'neutral')
  await hall.outbox.put({ kind: 'thread', of: conversation.id, lane: 'progress' }, () =>
    hall.connector.send(conversation.id, cardMessage(renderCard(card))),
  )
}
