import type { Lane } from './chat.ts'

export interface Outgoing<Kind extends string> {
  readonly kind: Kind
  /** What the platform counts by itself, e.g. a channel; absent: all of this kind together. */
  readonly of?: string
  readonly lane: Lane
}

/** What goes out to a chat platform, in order and at the pace that it takes. */
export interface Outbox<Kind extends string> {
  /** Sends it when its turn comes. QuotaFailure: it would wait, or has waited, too long, or the platform itself had no room. */
  put<Answer>(outgoing: Outgoing<Kind>, send: () => Promise<Answer>): Promise<Answer>
  /** The same for a message that is changed: of its paintings that wait, only the newest is sent. */
  paint(outgoing: Outgoing<Kind>, message: string, send: () => Promise<void>): Promise<void>
  /** What waits fails with a TransientFailure; resolves when what is under way has ended. */
  close(): Promise<void>
}

/** What the app may ask of the platform, a little less than that: other processes and the locking of pressed cards need some too. */
export interface Rate {
  readonly perMinute: number
  /** How many may go at once. */
  readonly burst: number
  /** Of these, so many are kept from progress: what needs people finds room at once. */
  readonly reserve: number
}

export interface Rates<Kind extends string> {
  /** Its name, for people. */
  readonly platform: string
  readonly rates: Readonly<Record<Kind, Rate>>
}
