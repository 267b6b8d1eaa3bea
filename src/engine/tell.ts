import type { Logger } from 'pino'
import type { Card } from '../conversation/card.ts'
import { digest } from '../domain/digest.ts'
import type { Execution, ExecutionId, Place } from '../domain/execution.ts'
import type { Chat, MessageReference } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionStore } from '../ports/execution-store.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { Thread, ThreadStore } from '../ports/thread-store.ts'
import type { Keep } from './keep.ts'
import { cardsOf, headlineOf, newsOf } from './what-to-tell.ts'

export interface Telling {
  readonly keep: Keep
  readonly store: Pick<ExecutionStore, 'changesSince'>
  readonly threads: ThreadStore
  readonly chats: ReadonlyMap<string, Chat>
  readonly clock: Clock
  readonly log: Logger
}

export interface Teller {
  /** Tells the run soon; called as often as one likes, it tells once for all that has happened by then. */
  soon(id: ExecutionId): void
  /** Resolves when nothing is being told and nothing waits to be. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Alone with a thread for this long; a process that dies in between is followed by another one after it. */
const HOLD_SECONDS = 20
const RETRY_SECONDS = 3

/**
 * Changes → thread. Promises:
 * 1. What is told is derived from the records and the state, never from the moment: a crash or an outage delays it only.
 * 2. One process at a time tells a thread; a message may come twice only when a process dies between sending and saving.
 * 3. Telling never holds up a run: its failures stay here and it tries again.
 */
export function teller(telling: Telling): Teller {
  const busy = new Map<ExecutionId, Promise<void>>()
  const wanted = new Set<ExecutionId>()
  const later = new Map<ExecutionId, () => void>()
  let closed = false

  function soon(id: ExecutionId): void {
    if (closed) return
    wanted.add(id)
    if (!busy.has(id))
      busy.set(
        id,
        run(id).finally(() => {
          busy.delete(id)
          // Asked for between the last look and here: it must not be lost.
          if (wanted.has(id)) soon(id)
        }),
      )
  }

  async function run(id: ExecutionId): Promise<void> {
    while (wanted.delete(id) && !closed) {
      try {
        const execution = await telling.keep.current(id)
        const told = execution ? await tellEverywhere(execution, telling) : 'told'
        if (told === 'held') again(id)
      } catch (error) {
        if (!(error instanceof TransientFailure))
          telling.log.error({ execution: id, error }, 'telling failed')
        again(id, error instanceof TransientFailure ? error.retryAfterSeconds : undefined)
      }
    }
  }

  function again(id: ExecutionId, seconds = RETRY_SECONDS): void {
    later.get(id)?.()
    const forget = telling.clock.after(seconds * 1000, () => {
      later.delete(id)
      soon(id)
    })
    later.set(id, forget)
  }

  async function settled(): Promise<void> {
    while (busy.size > 0) await Promise.all(busy.values())
  }

  return {
    soon,
    settled,
    async close() {
      closed = true
      for (const forget of later.values()) forget()
      await settled()
    },
  }
}

async function tellEverywhere(execution: Execution, telling: Telling): Promise<'told' | 'held'> {
  let held = false
  for (const place of execution.places) {
    const chat = telling.chats.get(place.platform)
    if (chat && (await tellIn(execution, place, chat, telling)) === 'held') held = true
  }
  return held ? 'held' : 'told'
}

async function tellIn(
  execution: Execution,
  place: Place,
  chat: Chat,
  telling: Telling,
): Promise<'told' | 'held'> {
  const { threads, clock } = telling
  const now = clock.now()
  const found = await threads.get(execution.id, place)
  let thread: Thread = found ?? { execution: execution.id, place, told: 0, cards: {}, revision: 0 }
  if (thread.heldUntil && Date.parse(thread.heldUntil) > now.getTime()) return 'held'
  const headline = headlineOf(execution, now)
  const cards = cardsOf(execution, Object.keys(thread.cards))
  const painted =
    thread.headlineDigest === digest(headline) &&
    cards.every(({ key, card }) => thread.cards[key]?.digest === digest(card))
  if (painted && thread.told >= execution.version) return 'told'

  const keepThread = async (next: Thread): Promise<void> => {
    if (!(await threads.save(next))) throw new TransientFailure('Another process tells this thread now.')
    thread = { ...next, revision: next.revision + 1 }
  }
  await keepThread({ ...thread, heldUntil: new Date(now.getTime() + HOLD_SECONDS * 1000).toISOString() })
  try {
    const top = await paint(chat, place, headline, thread.headline)
    await keepThread({ ...thread, headline: top, headlineDigest: digest(headline) })
    const records = await telling.store.changesSince(execution.id, thread.told)
    for (const card of newsOf(records, execution)) await chat.post(place, card, top)
    await keepThread({ ...thread, told: records.at(-1)?.version ?? thread.told })
    for (const { key, card } of cards) {
      const standing = thread.cards[key]
      if (standing?.digest === digest(card)) continue
      const message = await paint(chat, place, card, standing?.message, top)
      await keepThread({ ...thread, cards: { ...thread.cards, [key]: { message, digest: digest(card) } } })
    }
  } finally {
    const { heldUntil: _, ...free } = thread
    await threads.save(free)
  }
  return 'told'
}

/** Repaints the message where it stands; posts it anew where it is gone (deleted, or the first time). */
async function paint(
  chat: Chat,
  place: Place,
  card: Card,
  standing: MessageReference | undefined,
  under?: MessageReference,
): Promise<MessageReference> {
  if (!standing) return chat.post(place, card, under)
  try {
    await chat.update(standing, card)
    return standing
  } catch (error) {
    if (error instanceof FinalFailure) return chat.post(place, card, under)
    throw error
  }
}
