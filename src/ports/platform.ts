import type { Router } from 'express'
import type { ExecutionId, Place } from '../domain/execution.ts'
import type { Chat, MessageReference } from './chat.ts'
import type { Directory } from './directory.ts'
import type { Desk } from './door.ts'
import type { Rooms } from './rooms.ts'
import type { Roster } from './roster.ts'
import type { Watch } from './watch.ts'

/** A chat platform, as the bot uses it: where cards are said, and where people are heard. */
export interface Platform {
  /** Its places and ids begin with it: "slack". */
  readonly name: string
  readonly chat: Chat
  readonly rooms?: Rooms
  readonly roster: Roster
  readonly directory: Directory
  /** Where runs are told that are started elsewhere. */
  readonly home?: Place
  listen(heard: Heard): Listener
  /** What waits to be said fails; resolves when what is under way has ended. */
  close(): Promise<void>
}

/** Where that goes which people say and press. */
export interface Heard {
  readonly desk: Desk
  readonly watch: Watch
  /** The run whose room the place is. */
  readonly roomAt: (place: Place) => Promise<ExecutionId | undefined>
  /** Whether this key is seen for the first time within so many seconds, on any of our processes. */
  readonly first: (key: string, seconds: number) => Promise<boolean>
  /** Does the work in the language of a locale such as "de-AT", for what one person reads. */
  readonly inLanguageOf: <Result>(locale: string | undefined, work: () => Result) => Result
  /** The same in the language of channels, within what is done for one person. */
  readonly inOwnLanguage: <Result>(work: () => Result) => Result
  /** A card of this run was painted over and must be painted as it stands. It is done soon, by whoever paints the cards. */
  readonly repaint: (execution: string, card: MessageReference) => void
}

export interface Listener {
  /** For an Express app to use, before anything that reads bodies. */
  readonly router: Router
  start(): Promise<void>
  close(): Promise<void>
  /** Some run was changed: people who looked at their overview lately will see it. Called as often as one likes. */
  changed(): void
}
