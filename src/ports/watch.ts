import type { Card } from '../conversation/card.ts'
import type { Place } from '../domain/execution.ts'
import type { Asker } from './door.ts'

/** Something that was said in a channel. */
export interface Said {
  readonly text: string
  /** Whoever said it, by name. */
  readonly by: string
  readonly link: string
  /** The first message of the thread it is in. */
  readonly thread?: string
  /** We have said it ourselves. */
  readonly isOurs: boolean
}

/** What goes on in channels without anything being asked of us. */
export interface Watch {
  /** Somebody comes into a channel: what they must know, where it is the room of a run. */
  joined(asker: Asker, place: Place): Promise<Card | undefined>
  /** Somebody marks what was said as worth keeping; true when it is a note of a run now. It is read only where a run is told. */
  marked(asker: Asker, place: Place, read: () => Promise<Said | undefined>): Promise<boolean>
}
