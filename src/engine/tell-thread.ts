import type { Asking } from '../conversation/gate-in-words.ts'
import type { Execution, Place } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { Chat } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionStore } from '../ports/execution-store.ts'
import type { Thread, ThreadStore } from '../ports/thread-store.ts'
import type { Doubts } from './doubts.ts'
import type { HowFar } from './soon.ts'
import { threadHand } from './thread-hand.ts'
import { cardsOf, directCards, headlineOf, isUrgent, type KeyedCard, newsOf } from './what-to-tell.ts'

export interface ThreadTelling {
  readonly execution: Execution
  readonly place: Place
  readonly chat: Chat
  readonly threads: ThreadStore
  readonly store: Pick<ExecutionStore, 'changesSince'>
  readonly clock: Clock
  readonly asking?: (execution: Execution, gate: Task, platform: string) => Asking
  /** Who is written to directly about a task that waits, on this platform; absent: nobody, or another thread does it. */
  readonly called?: (execution: Execution, task: Task, platform: string) => Promise<readonly string[]>
  /** Stands in this thread beyond what the run itself gives rise to. */
  readonly more?: KeyedCard
  /** Progress is told, and the headline edited for it, once in so many seconds. What needs people never waits. */
  readonly progressSeconds: number
  /** Messages that may not show what is on record for them. */
  readonly doubts: Doubts
}

/** Alone with a thread for this long; a process that dies in between is followed by another one after it. */
const HOLD_SECONDS = 20

/** Tells one thread what it does not show yet; "held" while another process is at it. */
export async function tellThread(telling: ThreadTelling): Promise<HowFar> {
  const { execution, place, chat, threads, store, clock, doubts } = telling
  const now = clock.now()
  const found = await threads.get(execution.id, place)
  const before: Thread = found ?? { execution: execution.id, place, told: 0, cards: {}, revision: 0 }
  if (before.heldUntil && Date.parse(before.heldUntil) > now.getTime()) return 'held'
  const hand = threadHand(before, place, chat, threads, doubts)

  const open = Object.entries(before.cards).filter(([, card]) => !card.over || doubts.about(card.message))
  const asks = (task: Task) => telling.asking?.(execution, task, place.platform)
  const keys = { open: open.map(([key]) => key), posted: Object.keys(before.cards) }
  const cards = [
    ...cardsOf(execution, keys, asks),
    ...(await directCards(execution, keys.posted, asks, async (task) =>
      telling.called ? telling.called(execution, task, place.platform) : [],
    )),
    ...(telling.more ? [telling.more] : []),
  ]
  const headline = headlineOf(execution, now)
  const records = before.told >= execution.version ? [] : await store.changesSince(execution.id, before.told)
  const hurry = headline.asks !== before.headlineAsks || records.some((record) => isUrgent(record, execution))
  const quietMs = before.progressAt
    ? Date.parse(before.progressAt) + telling.progressSeconds * 1000 - now.getTime()
    : 0
  const mayProgress = hurry || quietMs <= 0
  const isHeadlineDue = !hand.shows(before.headline, before.headlineDigest, headline.card)
  const isInDoubt = before.headline !== undefined && doubts.about(before.headline)
  const paintsHeadline = isHeadlineDue && (mayProgress || isInDoubt)
  const tells = records.length > 0 && mayProgress
  const waits: HowFar =
    !mayProgress && (isHeadlineDue || records.length > 0) ? { inSeconds: Math.ceil(quietMs / 1000) } : 'told'
  if (!paintsHeadline && !tells && cards.every(hand.isPainted)) return waits

  await hand.save({ ...before, heldUntil: new Date(now.getTime() + HOLD_SECONDS * 1000).toISOString() })
  let isDone = false
  try {
    // First what somebody has pressed: a decision must not wait behind the news when the chat asks to slow down.
    for (const one of cards.filter(({ key }) => before.cards[key])) await hand.paintCard(one)
    const progressAt = now.toISOString()
    if (paintsHeadline) await hand.paintHeadline(headline.card, { headlineAsks: headline.asks, progressAt })
    if (tells) {
      for (const { card, announced } of newsOf(records, execution)) await hand.say(card, announced)
      hand.note({ told: records.at(-1)?.version ?? before.told, progressAt })
    }
    for (const one of cards.filter(({ key }) => !before.cards[key])) await hand.paintCard(one)
    isDone = true
  } finally {
    const { heldUntil: _, ...free } = hand.thread()
    if (isDone) await hand.save(free)
    else await threads.save(free)
  }
  return waits
}
