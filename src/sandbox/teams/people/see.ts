import { type Conversation, findConversation } from '../conversation.ts'
import type { Card, Message } from '../message.ts'
import type { Site } from '../site.ts'
import { mriOf, type TenantPerson } from '../tenant.ts'

/** What one person has before their eyes. */
export type Seen =
  | { readonly kind: 'card'; readonly card: Card; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'deleted' }
  /** It is for somebody else alone. */
  | { readonly kind: 'nothing' }

export function see(site: Site, person: TenantPerson, which: Message | string): Seen {
  const message = messageOf(site, which)
  if (!isFor(site, person, message)) return { kind: 'nothing' }
  if (message.deleted) return { kind: 'deleted' }
  const card = message.views[mriOf(person)] ?? message.card
  return card ? { kind: 'card', card, text: message.text } : { kind: 'text', text: message.text }
}

/** What was said in a chat is for who has it; a targeted message is for one person of a channel. */
function isFor({ tenant, state }: Site, person: TenantPerson, message: Message): boolean {
  if (message.onlyFor !== undefined) return message.onlyFor === mriOf(person)
  const conversation = findConversation(tenant, state, message.conversationId)
  return conversation?.kind !== 'personal' || mriOf(conversation.person) === mriOf(person)
}

/** The conversation that a message stands in. */
export function whereOf({ tenant, state }: Site, { id, conversationId }: Message): Conversation {
  const conversation = findConversation(tenant, state, conversationId)
  if (!conversation) throw new Error(`The conversation of message "${id}" is gone.`)
  return conversation
}

/** The message as it is now. */
export function messageOf({ state }: Site, which: Message | string): Message {
  const id = typeof which === 'string' ? which : which.id
  const message = state.message(id)
  if (!message) throw new Error(`There is no message "${id}".`)
  return message
}

/** What is on the face of a message for this person, or an error when there is no card. */
export function cardFor(site: Site, person: TenantPerson, which: Message | string): Card {
  const seen = see(site, person, which)
  if (seen.kind === 'card') return seen.card
  throw new Error(`${person.fullName} sees no card there, but ${JSON.stringify(seen)}.`)
}
