import type { Contact, ContactStore } from '../../ports/contact-store.ts'

export function memoryContacts(): ContactStore {
  const contacts = new Map<string, Contact>()
  return {
    get: async (id) => contacts.get(id),
    keep: async (id, contact) => {
      contacts.set(id, { ...contact })
    },
  }
}
