import type { Card, Message } from '../message.ts'
import type { Site } from '../site.ts'
import { mriOf, type TenantPerson } from '../tenant.ts'

/** What one person has before their eyes. */
export type Seen =
  | { readonly kind: 'card'; readonly card: Card; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'deleted' }

export function see(site: Site, person: TenantPerson, which: Message | string): Seen {
  const message = messageOf(site, which)
  if (message.deleted) return { kind: 'deleted' }
  const card = message.views[mriOf(person)] ?? message.card
  return card ? { kind: 'card', card, text: message.text } : { kind: 'text', text: message.text }
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
