import type { ContactStore } from '../../ports/contact-store.ts'
import { type Activity, channelOf } from './activity.ts'

/** Where people and conversations were last heard, on any of our processes. */
export interface Contacts {
  /** Remembers who spoke where; what is on record already costs nothing. */
  heard(activity: Activity, person: string | undefined): Promise<void>
  /** Where this person spoke last, by their object id. */
  whereIs(person: string): Promise<string | undefined>
  serviceUrl(conversation: string): Promise<string>
}

/** Of more than these the oldest are looked up again. */
const REMEMBERED = 5_000

export function teamsContacts(store: ContactStore, defaultServiceUrl: string): Contacts {
  const known = new Map<string, string>()
  async function keep(id: string, conversation: string, serviceUrl: string): Promise<void> {
    const is = `${conversation} ${serviceUrl}`
    if (known.get(id) === is) return
    await store.keep(id, { conversation, serviceUrl })
    known.delete(id)
    known.set(id, is)
    const [oldest] = known.keys()
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
  }
  return {
    async heard({ conversation, serviceUrl }, person) {
      const channel = channelOf(conversation.id)
      await keep(conversationId(channel), channel, serviceUrl)
      if (person) await keep(personId(person), channel, serviceUrl)
    },
    whereIs: async (person) => (await store.get(personId(person)))?.conversation,
    serviceUrl: async (conversation) => {
      const contact = await store.get(conversationId(channelOf(conversation)))
      return contact?.serviceUrl ?? defaultServiceUrl
    },
  }
}

const personId = (person: string): string => `teams:${person}`
const conversationId = (conversation: string): string => `teams#${conversation}`
