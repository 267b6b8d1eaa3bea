import type { Execution } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Chat } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { UnreachableFailure } from '../ports/failure.ts'
import type { Broken, Thread, ThreadStore } from '../ports/thread-store.ts'
import { asRoomAllows, type HowFar, soonest } from './how-far.ts'
import { type ThreadHand, threadHand } from './thread-hand.ts'
import { type Due, type DueIn, whatIsDue } from './what-is-due.ts'
import type { KeyedCard } from './what-to-tell.ts'

export interface ThreadTelling extends DueIn {
  readonly chat: Chat
  readonly threads: ThreadStore
  readonly clock: Clock
  /** This process has found out itself, or heard before, that nothing can be said there; another one looks at once. */
  readonly isKnownBroken: boolean
}

export interface ThreadTold {
  readonly howFar: HowFar
  /** Nothing can be said there until people do something about it. */
  readonly broken?: Broken
}

/** A place where nothing can be said is tried so seldom. */
const BROKEN_RETRY_SECONDS = 600
/** So long after its end nobody waits any more for a run to be told where it cannot be told. */
const GIVE_UP_HOURS = 24

/** Tells one thread what it does not show yet; "held" while another process is at it. */
export async function tellThread(telling: ThreadTelling): Promise<ThreadTold> {
  const { execution, place, chat, threads, clock, doubts } = telling
  const now = clock.now()
  const found = await threads.get(execution.id, place)
  const before: Thread = found ?? { execution: execution.id, place, told: 0, cards: {}, revision: 0 }
  const as = (howFar: HowFar): ThreadTold => ({ howFar, ...optional('broken', before.broken) })
  // Our copy of the run is older than what somebody has painted here: a newer one is read next time.
  if (before.shows !== undefined && before.shows > execution.version) return as({ inSeconds: 1 })
  if (before.heldUntil && Date.parse(before.heldUntil) > now.getTime()) return as('held')
  if (before.broken) {
    if (isLongOver(execution, now)) return { howFar: 'told' }
    const waitMs = Date.parse(before.broken.triedAt) + BROKEN_RETRY_SECONDS * 1000 - now.getTime()
    if (telling.isKnownBroken && waitMs > 0) return as({ inSeconds: Math.ceil(waitMs / 1000) })
  }
  const hand = threadHand({ found: before, version: execution.version, place, chat, threads, doubts, clock })
  const { due, rest } = await whatIsDue(telling, before, hand, now)
  if (!due) return as(rest)

  await hand.hold()
  let isDone = false
  try {
    const left = await write(due, hand, now)
    isDone = true
    return { howFar: soonest([rest, left]) }
  } catch (error) {
    if (!(error instanceof UnreachableFailure)) throw error
    const at = now.toISOString()
    const broken = { why: error.message, since: before.broken?.since ?? at, triedAt: at }
    hand.note({ broken })
    return { howFar: { inSeconds: BROKEN_RETRY_SECONDS }, broken }
  } finally {
    const { heldUntil: _, broken, ...free } = hand.thread()
    if (isDone) await hand.free(free)
    else await threads.save({ ...free, ...optional('broken', broken) })
  }
}

/** Each step is worth doing even where the one before found no room. */
async function write(due: Due, hand: ThreadHand, now: Date): Promise<HowFar> {
  const { standing, fresh, headline, news, version } = due
  const lane = due.hurry ? 'prompt' : 'progress'
  const progressAt = now.toISOString()
  const paintHeadline = () =>
    hand.paintHeadline(headline.card, lane, { headlineAsks: headline.asks, progressAt })
  const paint = (card: KeyedCard) => () => hand.paintCard(card)
  const tell = async () => {
    if (news) await hand.say(news.card, { lane, ...optional('announced', news.announced || undefined) })
    if (version > hand.thread().told) hand.note({ told: version, progressAt })
  }
  const isFirst = !hand.thread().headline
  // All the rest is in its thread.
  if (isFirst) await paintHeadline()
  return asRoomAllows([
    // First what somebody has pressed, then what is asked of people: neither waits for the news.
    ...standing.map(paint),
    ...(news?.catchesUp ? [tell] : []),
    ...fresh.filter((card) => card.lane !== 'decision').map(paint),
    ...(due.paintsHeadline && !isFirst ? [paintHeadline] : []),
    ...(news?.catchesUp ? [] : [tell]),
    // How the run ended.
    ...fresh.filter((card) => card.lane === 'decision').map(paint),
  ])
}

const isLongOver = ({ endedAt }: Execution, now: Date): boolean =>
  endedAt !== undefined && now.getTime() - Date.parse(endedAt) > GIVE_UP_HOURS * 3_600_000
