import type { ExecutionId, Place } from '../domain/execution.ts'
import type { MessageReference } from './chat.ts'

/** Where a run is told, and how far the telling has come. */
export interface Thread {
  readonly execution: ExecutionId
  readonly place: Place
  readonly headline?: MessageReference
  /** The digest of the headline as it was last painted. */
  readonly headlineDigest?: string
  /** The digest of what the headline asked of people then. */
  readonly headlineAsks?: string
  /** When progress was last told, or the headline edited. */
  readonly progressAt?: string
  /** The newest version of the run that anything here was painted from: whoever knows an older one paints nothing. */
  readonly shows?: number
  /** Every change up to this version has been told. */
  readonly told: number
  /** Cards by "task@attempt", with ">person" where it was sent to one person: where they are, and the digest of what they show. */
  readonly cards: { readonly [key: string]: StandingCard }
  /** The keys of the files that were posted, or given up because they never can be. */
  readonly attached?: readonly string[]
  /** Nothing can be said here since then; people have to do something about it. */
  readonly broken?: Broken
  /** Until then, one process alone tells this thread. */
  readonly heldUntil?: string
  readonly revision: number
}

export interface Broken {
  readonly why: string
  readonly since: string
  readonly triedAt: string
}

export interface StandingCard {
  readonly message: MessageReference
  readonly digest: string
  /** Its attempt has been replaced and the card says by whom: it is not painted again. */
  readonly over?: true
  /** What whoever it was sent to reads it in; it stays so. */
  readonly locale?: string
}

export interface ThreadStore {
  get(execution: ExecutionId, place: Place): Promise<Thread | undefined>
  /** False where somebody else has saved since `thread.revision` was read (0: it must not exist yet). Saves revision + 1. */
  save(thread: Thread): Promise<boolean>
}
