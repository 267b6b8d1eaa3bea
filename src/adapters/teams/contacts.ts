import { isDeepStrictEqual } from 'node:util'
import type { Contact, ContactStore } from '../../ports/contact-store.ts'
import { TransientFailure } from '../../ports/failure.ts'
import { type Activity, channelOf } from './activity.ts'
import { teamsId } from './ids.ts'

/** Where people and conversations were last heard, on any of our processes. */
export interface Contacts {
  /** Remembers who spoke where; what is on record already costs nothing. */
  heard(activity: Activity, person: string | undefined): Promise<void>
  /** Where this person spoke last, by their object id. */
  whereIs(person: string): Promise<Contact | undefined>
  serviceUrl(conversation: string): Promise<string>
}

/** Of more than these the oldest are looked up again. */
const REMEMBERED = 5_000

export function teamsContacts(store: ContactStore, defaultServiceUrl: string): Contacts {
  const known = new Map<string, string>()
  async function keep(id: string, contact: Contact): Promise<void> {
    const is = JSON.stringify(contact)
    if (known.get(id) === is) return
    await store.keep(id, contact)
    known.delete(id)
    known.set(id, is)
    const [oldest] = known.keys()
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
  }
  return {
    async heard({ conversation, serviceUrl, from }, person) {
      const contact = { conversation: channelOf(conversation.id), serviceUrl }
      await keep(conversationId(contact.conversation), contact)
      if (!person) return
      // What this process knows of somebody may be old: another one may have heard them elsewhere since.
      const now: Contact = { ...contact, member: from.id }
      if (!isDeepStrictEqual(await store.get(teamsId(person)), now)) await store.keep(teamsId(person), now)
    },
    whereIs: (person) => store.get(teamsId(person)),
    serviceUrl: async (conversation) => {
      const contact = await store.get(conversationId(channelOf(conversation))).catch(unlessAway)
      // What was kept before the setting changed leads to where nobody answers any more.
      return contact && isOf(defaultServiceUrl, contact.serviceUrl) ? contact.serviceUrl : defaultServiceUrl
    },
  }
}

/** Whether the address belongs to the Bot Connector that is set. */
export const isOf = (serviceUrl: string, address: string): boolean =>
  URL.canParse(address) && new URL(address).origin === new URL(serviceUrl).origin

/** While the table is away the default serves: somebody must be told that something is wrong. */
function unlessAway(error: unknown): undefined {
  if (error instanceof TransientFailure) return undefined
  throw error
}

const conversationId = (conversation: string): string => `teams#${conversation}`
