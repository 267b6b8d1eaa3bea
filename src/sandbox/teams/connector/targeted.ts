import { z } from 'zod'
import type { Conversation } from '../conversation.ts'
import { mriOf } from '../tenant.ts'
import { type Answer, refuse } from './answer.ts'
import type { Request } from './endpoint.ts'
import { memberOf } from './place.ts'

export type Audience =
  | { readonly kind: 'everybody' }
  /** By MRI, who alone sees it. */
  | { readonly kind: 'one'; readonly onlyFor: string }
  | { readonly kind: 'refused'; readonly answer: Answer }

export const isTargeted = ({ query }: Request): boolean => query.get('isTargetedActivity') === 'true'

/** Whom a new message is for. */
export function audienceOf(request: Request, conversation: Conversation): Audience {
  if (!isTargeted(request)) return { kind: 'everybody' }
  if (conversation.kind === 'personal')
    return refused('BadArgument', 'A message cannot be targeted in a personal chat: nobody else is there.')
  const recipient = recipientIn(request.body)
  if (recipient === undefined) return refused('BadArgument', 'A targeted message needs a recipient.')
  const member = memberOf(request.site, conversation, recipient)
  if (member) return { kind: 'one', onlyFor: mriOf(member) }
  return refused('MemberNotFoundInConversation', `"${recipient}" is not in this conversation.`)
}

export const recipientIn = (body: unknown): string | undefined =>
  recipientSchema.safeParse(body).data?.recipient.id

const recipientSchema = z.object({ recipient: z.object({ id: z.string().min(1) }) })

const refused = (...why: Parameters<typeof refuse>): Audience => ({ kind: 'refused', answer: refuse(...why) })
