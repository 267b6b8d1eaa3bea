import type { Asking } from '../conversation/gate-in-words.ts'
import type { Execution, Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Task } from '../domain/task.ts'
import type { ExecutionStore } from '../ports/execution-store.ts'
import type { Thread } from '../ports/thread-store.ts'
import type { Called } from './calling.ts'
import type { Doubts } from './doubts.ts'
import type { HowFar } from './how-far.ts'
import type { ThreadHand } from './thread-hand.ts'
import type { Elsewhere } from './unreachable.ts'
import { isUrgent, type News, newsOf } from './what-is-new.ts'
import {
  cardsOf,
  directCards,
  elsewhereCard,
  headlineOf,
  type InLanguageOf,
  type KeyedCard,
} from './what-to-tell.ts'

export interface DueIn {
  readonly execution: Execution
  readonly place: Place
  readonly store: Pick<ExecutionStore, 'changesSince'>
  readonly asking?: (execution: Execution, gate: Task, platform: string) => Asking
  /** Who is written to directly about a task that waits, on this platform; absent: nobody, or another thread does it. */
  readonly called?: (execution: Execution, task: Task, platform: string) => Promise<readonly Called[]>
  readonly inLanguageOf?: InLanguageOf
  /** Progress is told, and the headline edited for it, once in so many seconds. What needs people never waits. */
  readonly progressSeconds: number
  /** Stands in this thread beyond what the run itself gives rise to. */
  readonly more?: KeyedCard
  /** Messages that may not show what is on record for them. */
  readonly doubts: Doubts
  /** The other places of the run where nothing can be said: it is said here. */
  readonly elsewhere?: readonly Elsewhere[]
}

/** What a thread does not show yet, and shall show now. */
export interface Due {
  /** Cards that stand and show something else by now. */
  readonly standing: readonly KeyedCard[]
  readonly fresh: readonly KeyedCard[]
  readonly headline: ReturnType<typeof headlineOf>
  readonly paintsHeadline: boolean
  readonly news: News | undefined
  /** Everything up to this version is in the news, or no news. */
  readonly version: number
  /** Somebody is needed, or has decided: what is only progress goes along. */
  readonly hurry: boolean
}

/** What is due now, if anything is, and how far that leaves the thread. */
export async function whatIsDue(
  telling: DueIn,
  before: Thread,
  hand: Pick<ThreadHand, 'shows' | 'isPainted'>,
  now: Date,
): Promise<{ readonly due?: Due; readonly rest: HowFar }> {
  const { execution, store, doubts, progressSeconds } = telling
  const cards = await cardsDue(telling, before)
  const standing = cards.filter((one) => before.cards[one.key] && !hand.isPainted(one))
  const fresh = cards.filter(({ key }) => !before.cards[key])
  const headline = headlineOf(execution, now)
  const records = before.told >= execution.version ? [] : await store.changesSince(execution.id, before.told)
  const hurry =
    fresh.length > 0 ||
    headline.asks !== before.headlineAsks ||
    records.some((record) => isUrgent(record, execution))
  const quietMs = before.progressAt
    ? Date.parse(before.progressAt) + progressSeconds * 1000 - now.getTime()
    : 0
  const mayProgress = hurry || quietMs <= 0
  const isHeadlineDue = !hand.shows(before.headline, before.headlineDigest, headline.card)
  const isInDoubt = before.headline !== undefined && doubts.about(before.headline)
  const rest: HowFar =
    !mayProgress && (isHeadlineDue || records.length > 0) ? { inSeconds: Math.ceil(quietMs / 1000) } : 'told'
  const tells = records.length > 0 && mayProgress
  const paintsHeadline = isHeadlineDue && (mayProgress || isInDoubt)
  if (!paintsHeadline && !tells && standing.length + fresh.length === 0) return { rest }
  const news = tells ? newsOf(records, execution, { now, told: before.told, progressSeconds }) : undefined
  const version = tells ? (records.at(-1)?.version ?? before.told) : before.told
  return { due: { standing, fresh, headline, paintsHeadline, news, version, hurry }, rest }
}

async function cardsDue(
  { execution, place, doubts, called, asking, more, inLanguageOf, elsewhere = [] }: DueIn,
  before: Thread,
): Promise<readonly KeyedCard[]> {
  const open = Object.entries(before.cards).filter(([, card]) => !card.over || doubts.about(card.message))
  const asks = (task: Task) => asking?.(execution, task, place.platform)
  const drawing = { asks, ...optional('inLanguageOf', inLanguageOf) }
  const keys = {
    open: open.map(([key, { locale }]) => ({ key, ...optional('locale', locale) })),
    posted: Object.keys(before.cards),
  }
  return [
    ...cardsOf(execution, keys, drawing),
    ...(await directCards(execution, keys.posted, drawing, async (task) =>
      called ? called(execution, task, place.platform) : [],
    )),
    ...(more ? [more] : []),
    ...elsewhere.map((one) => elsewhereCard(execution, one)).filter(({ key }) => !keys.posted.includes(key)),
  ]
}
