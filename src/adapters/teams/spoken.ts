import type { Block, Card } from '../../conversation/card.ts'
import { say } from '../../conversation/words/index.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { type Activity, isPrivate } from './activity.ts'
import { askerOf, brokenCard, type Hall, placeOf, sentence } from './asked.ts'
import { cardMessage } from './chat.ts'
import type { Outgoing } from './connector.ts'
import { formOf } from './pressed.ts'
import { renderCard } from './render.ts'

/** "@Lifeboat status", "status" in the personal chat, or a slash command where the client has them: the same words everywhere. */
export async function answerWords(hall: Hall, activity: Activity, person: string): Promise<void> {
  const activityOut = await answerTo(hall, activity, person).catch((error: unknown) =>
    cardMessage(renderCard(brokenCard(hall, error))),
  )
  const { conversation, recipient, from } = activity
  // A slash command asks for an answer that only the asker sees.
  const only = recipient.isTargeted ? from.id : undefined
  const sending = hall.outbox.put({ kind: 'thread', of: conversation.id, lane: 'decision' }, () =>
    hall.connector.send(conversation.id, activityOut, only),
  )
  await sending.catch(async (error: unknown) => {
    if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    // What was asked may have been done: whoever asked learns of it where there is room.
    const alone = await hall.connector.openPersonal(person)
    if (alone === conversation.id) throw error
    await hall.connector.send(alone, activityOut)
  })
}

async function answerTo(hall: Hall, activity: Activity, person: string): Promise<Outgoing> {
  const asker = await askerOf(hall, activity, person)
  if ('refused' in asker) return cardMessage(renderCard(asker.refused))
  const reply = await hall.desk.command(await wordsIn(hall, activity), asker, await placeOf(hall, activity))
  switch (reply.kind) {
    case 'form':
      return cardMessage(
        formOf(hall, reply.form, { own: true, ...(activity.recipient.isTargeted && { alone: true }) }),
      )
    case 'whisper':
      return cardMessage(renderCard(isPrivate(activity) ? reply.card : withoutDecisions(reply.card)))
    case 'errors':
      return cardMessage(renderCard(sentence(Object.values(reply.errors).join(' '))))
    case 'silent':
      return cardMessage(renderCard(sentence(say().answers.teams.done, 'good')))
  }
}

/** Nobody paints this answer anew: a decision on it would stand there when it has long been made. The run's own card has it. */
function withoutDecisions(card: Card): Card {
  const blocks = card.blocks.flatMap((block): Block[] => {
    if (block.kind !== 'buttons') return [block]
    const buttons = block.buttons.filter(({ click }) => 'command' in click)
    return buttons.length === 0 ? [] : [{ ...block, buttons }]
  })
  return { ...card, blocks }
}

/**
 * What somebody said, with those they mention by id, as every chat gives them to the desk; who cannot be looked up stays a name.
 * Teams writes what people type as HTML would, and puts hard spaces after mentions.
 */
async function wordsIn(
  { connector }: Pick<Hall, 'connector'>,
  { text, entities, conversation, recipient }: Activity,
): Promise<string> {
  let words = unescaped(text)
  for (const { type, text: said, mentioned } of entities) {
    if (type !== 'mention' || !said || !mentioned || mentioned.id === recipient.id) continue
    const member = await connector.member(conversation.id, mentioned.id).catch((error: unknown) => {
      if (error instanceof FinalFailure || error instanceof TransientFailure) return undefined
      throw error
    })
    const id = member?.aadObjectId ?? member?.objectId
    if (id) words = words.replace(said, `<@${id.toLowerCase()}|${member?.name.replaceAll(/[<>|]/g, '')}>`)
  }
  return words
}

/** Nobody types a mention: only Teams says who is meant. */
const unescaped = (text: string): string =>
  text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/<(?=[@!#])/g, '‹')
