import type { Card } from '../conversation/card.ts'
import type { Asking } from '../conversation/gate-in-words.ts'
import { digest } from '../domain/digest.ts'
import type { Execution, Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Task } from '../domain/task.ts'
import type { Chat, MessageReference } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionStore } from '../ports/execution-store.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { StandingCard, Thread, ThreadStore } from '../ports/thread-store.ts'
import type { Doubts } from './doubts.ts'
import { cardsOf, headlineOf, type KeyedCard, newsOf } from './what-to-tell.ts'

export interface ThreadTelling {
  readonly execution: Execution
  readonly place: Place
  readonly chat: Chat
  readonly threads: ThreadStore
  readonly store: Pick<ExecutionStore, 'changesSince'>
  readonly clock: Clock
  readonly asking?: (execution: Execution, gate: Task, platform: string) => Asking
  /** Messages that may not show what is on record for them. */
  readonly doubts: Doubts
}

/** Alone with a thread for this long; a process that dies in between is followed by another one after it. */
const HOLD_SECONDS = 20

/** Tells one thread what it does not show yet; "held" while another process is at it. */
export async function tellThread(telling: ThreadTelling): Promise<'told' | 'held'> {
  const { execution, place, chat, threads, store, clock, doubts } = telling
  const now = clock.now()
  const found = await threads.get(execution.id, place)
  const unsettled: (() => void)[] = []
  let isUnsaved = false
  let thread: Thread = found ?? { execution: execution.id, place, told: 0, cards: {}, revision: 0 }
  if (thread.heldUntil && Date.parse(thread.heldUntil) > now.getTime()) return 'held'
  const headline = headlineOf(execution, now)
  const asking = (task: Task) => telling.asking?.(execution, task, place.platform)
  const open = Object.entries(thread.cards).filter(([, card]) => !card.over || doubts.about(card.message))
  const cards = cardsOf(
    execution,
    open.map(([key]) => key),
    Object.keys(thread.cards),
    asking,
  )
  const showsHeadline = shows(thread.headline, thread.headlineDigest, headline)
  const isPainted = ({ key, card, over }: KeyedCard) => {
    const standing = thread.cards[key]
    return shows(standing?.message, standing?.digest, card) && standing?.over === over
  }
  if (showsHeadline && cards.every(isPainted) && thread.told >= execution.version) return 'told'

  await save({ ...thread, heldUntil: new Date(now.getTime() + HOLD_SECONDS * 1000).toISOString() })
  let isDone = false
  try {
    // First what somebody has pressed: a decision must not wait behind the news when the chat asks to slow down.
    for (const one of cards.filter(({ key }) => thread.cards[key])) await paintCard(one)
    if (!showsHeadline)
      await paint(headline, thread.headline, undefined, (message) => {
        note({ headline: message, headlineDigest: digest(headline) })
      })
    const records = await store.changesSince(execution.id, thread.told)
    for (const card of newsOf(records, execution)) await post(card, thread.headline)
    note({ told: records.at(-1)?.version ?? thread.told })
    for (const one of cards.filter(({ key }) => !thread.cards[key])) await paintCard(one)
    isDone = true
  } finally {
    const { heldUntil: _, ...free } = thread
    if (isDone) await save(free)
    else await threads.save(free)
  }
  return 'told'

  function shows(message: MessageReference | undefined, painted: string | undefined, card: Card): boolean {
    return message !== undefined && painted === digest(card) && !doubts.about(message)
  }

  /** Holds for what is saved next. */
  function note(next: Partial<Thread>): void {
    thread = { ...thread, ...next }
  }

  async function save(next: Thread): Promise<void> {
    if (!(await threads.save(next))) throw new TransientFailure('Another process tells this thread now.')
    thread = { ...next, revision: next.revision + 1 }
    isUnsaved = false
    for (const settle of unsettled.splice(0)) settle()
  }

  /** Painting again is harmless and needs no record of its own; what was posted is on record before anything else is. */
  async function post(card: Card, under: MessageReference | undefined): Promise<MessageReference> {
    if (isUnsaved) await save(thread)
    isUnsaved = true
    return chat.post(place, card, under)
  }

  async function paintCard(one: KeyedCard): Promise<void> {
    const { key, card, over } = one
    if (isPainted(one)) return
    const standing = thread.cards[key]
    const keepCard = (message: MessageReference) => {
      const now: StandingCard = { message, digest: digest(card), ...optional('over', over) }
      note({ cards: { ...thread.cards, [key]: now } })
    }
    if (standing && shows(standing.message, standing.digest, card)) keepCard(standing.message)
    else await paint(card, standing?.message, thread.headline, keepCard)
  }

  /**
   * Repaints the message where it stands; posts it anew where it is gone (deleted, or the first time). It is in doubt until
   * what it shows is on record: a process that slept meanwhile may have painted over what another one has painted since.
   */
  async function paint(
    card: Card,
    standing: MessageReference | undefined,
    under: MessageReference | undefined,
    keep: (message: MessageReference) => void,
  ): Promise<void> {
    if (!standing) return keep(await post(card, under))
    unsettled.push(doubts.raise(standing))
    try {
      await chat.update(standing, card)
      keep(standing)
    } catch (error) {
      if (!(error instanceof FinalFailure)) throw error
      keep(await post(card, under))
    }
  }
}
