/** Where somebody, or a conversation, was last heard: a chat platform that is not told cannot be asked. */
export interface Contact {
  readonly conversation: string
  /** How a person is called in it; absent for a conversation. */
  readonly member?: string
  /** The platform's address for this conversation. */
  readonly serviceUrl: string
}

/** Contacts by id ("teams:…" for a person, "teams#…" for a conversation). Everything may fail with a TransientFailure. */
export interface ContactStore {
  get(id: string): Promise<Contact | undefined>
  /** The newest one counts; keeping the same one again is no news. */
  keep(id: string, contact: Contact): Promise<void>
}
