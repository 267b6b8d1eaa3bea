import { z } from 'zod'

/** An Adaptive Card, unread. */
export const cardSchema = z.record(z.string(), z.unknown())
export type Card = z.output<typeof cardSchema>

export const attachmentSchema = z.looseObject({ contentType: z.string(), content: z.unknown().optional() })
export type Attachment = z.output<typeof attachmentSchema>
export const entitySchema = z.looseObject({ type: z.string() })

const mentionSchema = z.object({
  mentioned: z.object({ id: z.string(), name: z.string().default('') }),
  text: z.string(),
})

export const contentSchema = z.object({
  text: z.string(),
  attachments: z.array(attachmentSchema),
  entities: z.array(entitySchema),
})
/** What a message says, and what an update replaces. */
export type Content = z.output<typeof contentSchema>

export const messageSchema = contentSchema.extend({
  id: z.string(),
  /** The thread with its `;messageid=`, or the personal chat. */
  conversationId: z.string(),
  /** An MRI: `28:…` is the bot. */
  from: z.string(),
  sentAt: z.iso.datetime(),
  replyToId: z.exactOptional(z.string()),
  /** The MRI of the person that a targeted message is from, or for. Nobody else sees it. */
  onlyFor: z.exactOptional(z.string()),
  /** Of the first attachment that holds one. */
  card: z.exactOptional(cardSchema),
  mentions: z.array(mentionSchema),
  edited: z.boolean(),
  deleted: z.boolean(),
  /** By MRI, the card that this person alone has in place of the message's. */
  views: z.record(z.string(), cardSchema),
})
export type Message = Readonly<z.output<typeof messageSchema>>

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive'

/** What is read from the content of a message. */
export function readContent(content: Content): Content & Pick<Message, 'card' | 'mentions'> {
  const holder = content.attachments.find(({ contentType }) => contentType === ADAPTIVE_CARD)
  const card = cardSchema.safeParse(holder?.content)
  const mentions = content.entities.flatMap((entity) => {
    const mention = mentionSchema.safeParse(entity)
    return entity.type === 'mention' && mention.success ? [mention.data] : []
  })
  return { ...content, mentions, ...(card.success && { card: card.data }) }
}
