import type { Logger } from 'pino'
import type { Asking } from '../conversation/gate-in-words.ts'
import type { Execution, ExecutionId, Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Task } from '../domain/task.ts'
import type { Chat, MessageReference } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionStore } from '../ports/execution-store.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { ThreadStore } from '../ports/thread-store.ts'
import type { Called } from './calling.ts'
import { type Doubts, doubted } from './doubts.ts'
import { type HowFar, soonest } from './how-far.ts'
import type { Keep } from './keep.ts'
import type { RoomView, ShownRoom } from './room.ts'
import { type Soon, soon } from './soon.ts'
import { tellThread } from './tell-thread.ts'
import { unreachable } from './unreachable.ts'
import type { InLanguageOf, KeyedCard } from './what-to-tell.ts'

export interface Telling {
  readonly keep: Keep
  readonly store: Pick<ExecutionStore, 'changesSince'>
  readonly threads: ThreadStore
  readonly chats: ReadonlyMap<string, Chat>
  readonly clock: Clock
  readonly log: Logger
  /** What a gate asks of people, as this platform mentions them. */
  readonly asking?: (execution: Execution, gate: Task, platform: string) => Asking
  /** Who is written to directly about a task that waits for a decision, by how far it has been asked for. */
  readonly called?: (execution: Execution, task: Task, platform: string) => Promise<readonly Called[]>
  /** Does the work in the language of a locale: for what is written to one person. */
  readonly inLanguageOf?: InLanguageOf
  /** The run's war room, where it has one: it is one more place. */
  readonly room?: RoomView
  /** Between two messages, or edits of the headline, that tell of progress alone. */
  readonly progressSeconds: number
}

export interface Teller extends Soon {
  /**
   * Somebody painted over this card of the run, e.g. to lock it: it is painted as it stands. A crash forgets that; the card
   * then stays locked until it changes.
   */
  repaint(id: ExecutionId, card: MessageReference): void
  /** Each place where nothing can be said, in words, as far as this process knows. */
  trouble(): readonly string[]
}

const RETRY_SECONDS = 3

/**
 * Changes → thread. Promises:
 * 1. What is told is derived from the records and the state, never from the moment: a crash or an outage delays it only.
 * 2. One process at a time tells a thread; a message may come twice only when a process dies between sending and saving, or
 *    when the chat heard it and its answer was lost.
 * 3. Telling never holds up a run, and one of its places never another: failures stay here, and it tries again.
 */
export function teller(telling: Telling): Teller {
  const { keep, clock, log, chats } = telling
  const doubts = new Map<ExecutionId, Doubts>()
  const broken = unreachable()
  const doubtsOf = (id: ExecutionId): Doubts => {
    const known = doubts.get(id) ?? doubted()
    doubts.set(id, known)
    return known
  }

  async function tell(id: ExecutionId): Promise<HowFar> {
    const execution = await keep.current(id)
    if (!execution) return 'told'
    const all: HowFar[] = []
    const left = (error: unknown) => {
      failed(id, error)
      const seconds = (error instanceof TransientFailure && error.retryAfterSeconds) || RETRY_SECONDS
      all.push({ inSeconds: seconds })
    }
    const room = await roomOf(execution, telling.room, left)
    for (const { place, isFirst, more } of placesOf(execution, room)) {
      const chat = chats.get(place.platform)
      if (!chat) continue
      const { called, ...rest } = telling
      // One thread of each platform writes to people directly: nobody is asked twice.
      const own = { ...optional('called', isFirst ? called : undefined), ...optional('more', more) }
      const [elsewhere, isKnownBroken] = [broken.elsewhere(id, place), broken.knows(id, place)]
      try {
        const told = await tellThread({
          ...{ ...rest, ...own, execution, place, chat, elsewhere, isKnownBroken },
          doubts: doubtsOf(id),
        })
        if (told.broken && place === room?.place) {
          await telling.room?.lost(id, new FinalFailure(told.broken.why))
          continue
        }
        const isNews = broken.note(id, place, told.broken)
        all.push(isNews ? { inSeconds: 0 } : told.howFar)
      } catch (error) {
        left(error)
      }
    }
    if (doubts.get(id)?.none()) doubts.delete(id)
    return soonest(all)
  }

  function failed(id: ExecutionId, error: unknown): void {
    if (!(error instanceof TransientFailure)) log.error({ execution: id, error }, 'telling failed')
  }

  const tells = soon({ clock, retrySeconds: RETRY_SECONDS, tell, failed })
  return {
    ...tells,
    repaint(id, card) {
      doubtsOf(id).raise(card)
      tells.soon(id)
    },
    trouble: broken.inWords,
  }
}

async function roomOf(
  execution: Execution,
  view: RoomView | undefined,
  failed: (error: unknown) => void,
): Promise<ShownRoom | undefined> {
  if (!execution.room) return undefined
  try {
    return await view?.show(execution)
  } catch (error) {
    failed(error)
    return undefined
  }
}

interface ToldPlace {
  readonly place: Place
  /** The first one of its platform. */
  readonly isFirst: boolean
  readonly more: KeyedCard | undefined
}

/** Where the run is told: where it was asked for, and in its room. */
const placesOf = ({ places }: Execution, room: ShownRoom | undefined): ToldPlace[] =>
  [...places, ...(room?.place ? [room.place] : [])].map((place, at, all) => ({
    place,
    isFirst: all.findIndex(({ platform }) => platform === place.platform) === at,
    more: moreFor(place, at, room),
  }))

/** What a place shows of the room: the room itself its panel, and where the run began the way there. */
function moreFor(place: Place, at: number, room: ShownRoom | undefined): KeyedCard | undefined {
  const { within } = room ?? {}
  const isWithin = within?.platform === place.platform && within.channel === place.channel
  if (isWithin || place === room?.place) return room?.panel
  return at === 0 ? room?.notice : undefined
}
