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
import { type Doubts, doubted } from './doubts.ts'
import type { Keep } from './keep.ts'
import type { RoomView, ShownRoom } from './room.ts'
import { type HowFar, type Soon, soon } from './soon.ts'
import { tellThread } from './tell-thread.ts'
import type { KeyedCard } from './what-to-tell.ts'

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
  readonly called?: (execution: Execution, task: Task, platform: string) => Promise<readonly string[]>
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
}

const RETRY_SECONDS = 3

/**
 * Changes → thread. Promises:
 * 1. What is told is derived from the records and the state, never from the moment: a crash or an outage delays it only.
 * 2. One process at a time tells a thread; a message may come twice only when a process dies between sending and saving, or
 *    when the chat heard it and its answer was lost.
 * 3. Telling never holds up a run: its failures stay here and it tries again.
 */
export function teller(telling: Telling): Teller {
  const { keep, clock, log, chats } = telling
  const doubts = new Map<ExecutionId, Doubts>()
  const doubtsOf = (id: ExecutionId): Doubts => {
    const known = doubts.get(id) ?? doubted()
    doubts.set(id, known)
    return known
  }

  async function tell(id: ExecutionId): Promise<HowFar> {
    const execution = await keep.current(id)
    if (!execution) return 'told'
    const all: HowFar[] = []
    // Each place is told whatever becomes of the others: of a war room, or of the channel where the run began.
    const failures: unknown[] = []
    const room = await roomOf(execution, telling.room, failures)
    for (const { place, isFirst, more } of placesOf(execution, room)) {
      const chat = chats.get(place.platform)
      if (!chat) continue
      const { called, ...rest } = telling
      // One thread of each platform writes to people directly: nobody is asked twice.
      const own = { ...optional('called', isFirst ? called : undefined), ...optional('more', more) }
      try {
        all.push(await tellThread({ ...rest, ...own, execution, place, chat, doubts: doubtsOf(id) }))
      } catch (error) {
        const isRoom = place === room?.place
        if (isRoom && error instanceof FinalFailure) await telling.room?.lost(id, error)
        else failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
    if (doubts.get(id)?.none()) doubts.delete(id)
    return soonest(all)
  }

  const tells = soon({
    clock,
    retrySeconds: RETRY_SECONDS,
    tell,
    failed(id, error) {
      if (!(error instanceof TransientFailure)) log.error({ execution: id, error }, 'telling failed')
    },
  })
  return {
    ...tells,
    repaint(id, card) {
      doubtsOf(id).raise(card)
      tells.soon(id)
    },
  }
}

async function roomOf(
  execution: Execution,
  view: RoomView | undefined,
  failures: unknown[],
): Promise<ShownRoom | undefined> {
  if (!execution.room) return undefined
  try {
    return await view?.show(execution)
  } catch (error) {
    failures.push(error)
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
    more: place === room?.place ? room.panel : at === 0 ? room?.notice : undefined,
  }))

function soonest(all: readonly HowFar[]): HowFar {
  if (all.includes('held')) return 'held'
  const waits = all.flatMap((told) => (typeof told === 'object' ? [told.inSeconds] : []))
  return waits.length > 0 ? { inSeconds: Math.min(...waits) } : 'told'
}
