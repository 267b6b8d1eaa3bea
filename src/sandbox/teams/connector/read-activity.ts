import { z } from 'zod'
import type { Conversation } from '../conversation.ts'
import { problemOfFileCard } from '../files/file-cards.ts'
import { ADAPTIVE_CARD, attachmentSchema, type Content, cardSchema, entitySchema } from '../message.ts'
import { type Answer, refuse } from './answer.ts'
import type { Request } from './endpoint.ts'

const MESSAGE_BYTES = 100 * 1024
const CARD_BYTES = 28 * 1024
/** The newest schema that Teams shows to people in messages of bots. */
const NEWEST_CARD = [1, 5] as const

const activitySchema = z.looseObject({
  type: z.enum(['message', 'typing']),
  text: z.string().nullish(),
  attachments: z.array(attachmentSchema).nullish(),
  entities: z.array(entitySchema).nullish(),
  replyToId: z.string().nullish(),
})

export type ReadActivity =
  | { readonly kind: 'message'; readonly content: Content; readonly replyToId?: string }
  | { readonly kind: 'typing' }
  | { readonly kind: 'refused'; readonly answer: Answer }

/** What a bot wants to be said there, if Teams would take it. */
export function readActivity(body: unknown, bytes: Request['bytes'], { kind }: Conversation): ReadActivity {
  if (bytes > MESSAGE_BYTES) return tooBig(`The message has ${bytes} bytes; it may have ${MESSAGE_BYTES}.`)
  const parsed = activitySchema.safeParse(body)
  if (!parsed.success) return bad(z.prettifyError(parsed.error))
  const { type, text, attachments, entities, replyToId } = parsed.data
  if (type === 'typing') return { kind: 'typing' }
  const content: Content = { text: text ?? '', attachments: attachments ?? [], entities: entities ?? [] }
  if (content.text === '' && content.attachments.length === 0)
    return bad('The message has neither text nor attachments.')
  for (const attachment of content.attachments) {
    const fileProblem = problemOfFileCard(attachment, kind === 'personal')
    if (fileProblem !== undefined) return bad(fileProblem)
    if (attachment.contentType !== ADAPTIVE_CARD) continue
    const cardBytes = Buffer.byteLength(JSON.stringify(attachment.content ?? null))
    if (cardBytes > CARD_BYTES) return tooBig(`The card has ${cardBytes} bytes; it may have ${CARD_BYTES}.`)
    const problem = problemOfCard(attachment.content)
    if (problem !== undefined) return bad(problem)
  }
  return { kind: 'message', content, ...(typeof replyToId === 'string' && { replyToId }) }
}

/** Why Teams would not show this as an Adaptive Card. */
export function problemOfCard(content: unknown): string | undefined {
  const card = cardSchema.safeParse(content)
  if (!card.success || card.data.type !== 'AdaptiveCard')
    return 'The content of the attachment is not an object of type AdaptiveCard.'
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(String(card.data.version)) ?? []
  if (major === undefined) return 'The card has no version.'
  const isShown =
    Number(major) < NEWEST_CARD[0] || (Number(major) === NEWEST_CARD[0] && Number(minor) <= NEWEST_CARD[1])
  if (isShown) return undefined
  return `The card has version ${card.data.version}; Teams shows ${NEWEST_CARD.join('.')} and older.`
}

const bad = (message: string): ReadActivity => ({ kind: 'refused', answer: refuse('BadSyntax', message) })
const tooBig = (message: string): ReadActivity => ({
  kind: 'refused',
  answer: refuse('MessageSizeTooBig', message),
})
