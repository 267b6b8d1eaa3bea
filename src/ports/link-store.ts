/** Which human an account belongs to: they have signed in for it. */
export interface Link {
  /** An address that the identity provider has verified, in lower case. */
  readonly human: string
  readonly at: string
}

/** Links by actor id. Everything may fail with a TransientFailure. */
export interface LinkStore {
  get(actor: string): Promise<Link | undefined>
  /** The ids of the accounts that belong to this human. */
  accountsOf(human: string): Promise<readonly string[]>
  /** The newest one counts. */
  keep(actor: string, link: Link): Promise<void>
}
