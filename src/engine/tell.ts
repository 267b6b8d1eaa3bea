import type { Logger } from 'pino'
import type { Card, Rich } from '../conversation/card.ts'
import { digest } from '../domain/digest.ts'
import type { Execution, ExecutionId, Place } from '../domain/execution.ts'
import type { Chat, MessageReference } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionStore } from '../ports/execution-store.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { Thread, ThreadStore } from '../ports/thread-store.ts'
import type { Keep } from './keep.ts'
import { type Soon, soon } from './soon.ts'
import { cardsOf, headlineOf, type KeyedCard, newsOf } from './what-to-tell.ts'

export interface Telling {
  readonly keep: Keep
  readonly store: Pick<ExecutionStore, 'changesSince'>
  readonly threads: ThreadStore
  readonly chats: ReadonlyMap<string, Chat>
  readonly clock: Clock
  readonly log: Logger
  /** Whom an approval of this plan waits for, as this platform mentions them. */
  readonly approvers?: (plan: string, platform: string) => Rich
}

export interface Teller extends Soon {
  /**
   * Somebody painted over this card of the run, e.g. to lock it: it is painted as it stands. A crash forgets that; the card
   * then stays locked until it changes.
   */
  repaint(id: ExecutionId, card: MessageReference): void
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
  const { keep, clock, log } = telling
  const covered = new Map<ExecutionId, readonly MessageReference[]>()
  const tells = soon({
    clock,
    retrySeconds: RETRY_SECONDS,
    async tell(id) {
      const over = covered.get(id) ?? []
      const execution = await keep.current(id)
      const told = execution ? await tellEverywhere(execution, telling, over) : 'told'
      if (told === 'held') return told
      const since = (covered.get(id) ?? []).filter((card) => !over.includes(card))
      if (since.length > 0) covered.set(id, since)
      else covered.delete(id)
      return told
    },
    failed(id, error) {
      if (!(error instanceof TransientFailure)) log.error({ execution: id, error }, 'telling failed')
    },
  })
  return {
    ...tells,
    repaint(id, card) {
      covered.set(id, [...(covered.get(id) ?? []), card])
      tells.soon(id)
    },
  }
}

async function tellEverywhere(
  execution: Execution,
  telling: Telling,
  covered: readonly MessageReference[],
): Promise<'told' | 'held'> {
  let held = false
  for (const place of execution.places) {
    const chat = telling.chats.get(place.platform)
    if (chat && (await tellIn(execution, place, chat, telling, covered)) === 'held') held = true
  }
  return held ? 'held' : 'told'
}

async function tellIn(
  execution: Execution,
  place: Place,
  chat: Chat,
  telling: Telling,
  covered: readonly MessageReference[],
): Promise<'told' | 'held'> {
  const { threads, clock } = telling
  const now = clock.now()
  const found = await threads.get(execution.id, place)
  let thread: Thread = found ?? { execution: execution.id, place, told: 0, cards: {}, revision: 0 }
  if (thread.heldUntil && Date.parse(thread.heldUntil) > now.getTime()) return 'held'
  const headline = headlineOf(execution, now)
  const approvers = telling.approvers?.(execution.plan.id, place.platform)
  const cards = cardsOf(execution, Object.keys(thread.cards), approvers)
  const shows = (key: string, card: Card): boolean => {
    const standing = thread.cards[key]
    return standing?.digest === digest(card) && !covered.some((one) => isSame(one, standing.message))
  }
  const painted =
    thread.headlineDigest === digest(headline) && cards.every(({ key, card }) => shows(key, card))
  if (painted && thread.told >= execution.version) return 'told'

  const keepThread = async (next: Thread): Promise<void> => {
    if (!(await threads.save(next))) throw new TransientFailure('Another process tells this thread now.')
    thread = { ...next, revision: next.revision + 1 }
  }
  await keepThread({ ...thread, heldUntil: new Date(now.getTime() + HOLD_SECONDS * 1000).toISOString() })
  const paintCards = async (some: readonly KeyedCard[], top?: MessageReference): Promise<void> => {
    for (const { key, card } of some) {
      if (shows(key, card)) continue
      const message = await paint(chat, place, card, thread.cards[key]?.message, top)
      await keepThread({ ...thread, cards: { ...thread.cards, [key]: { message, digest: digest(card) } } })
    }
  }
  const fresh = cards.filter(({ key }) => !thread.cards[key])
  try {
    // First what somebody has pressed: a decision must not wait behind the news when the chat asks to slow down.
    await paintCards(
      cards.filter(({ key }) => thread.cards[key]),
      thread.headline,
    )
    const top = await paint(chat, place, headline, thread.headline)
    await keepThread({ ...thread, headline: top, headlineDigest: digest(headline) })
    const records = await telling.store.changesSince(execution.id, thread.told)
    for (const card of newsOf(records, execution)) await chat.post(place, card, top)
    await keepThread({ ...thread, told: records.at(-1)?.version ?? thread.told })
    await paintCards(fresh, top)
  } finally {
    const { heldUntil: _, ...free } = thread
    await threads.save(free)
  }
  return 'told'
}

const isSame = (one: MessageReference, other: MessageReference): boolean =>
  one.channel === other.channel && one.message === other.message

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
