import type { Card } from '../conversation/card.ts'
import { attemptCard } from '../conversation/decided-card.ts'
import type { Asking } from '../conversation/gate-in-words.ts'
import { headlineCard } from '../conversation/headline-card.ts'
import { outcomeCard } from '../conversation/outcome-card.ts'
import { unreachableCard } from '../conversation/unreachable-card.ts'
import { digest } from '../domain/digest.ts'
import { type Execution, isFinished, statusOf } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Task } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import type { Lane } from '../ports/chat.ts'
import type { Called } from './calling.ts'
import type { Elsewhere } from './unreachable.ts'

/** Cards that ask for a decision at the same time: nobody reads more, and the rest comes as these are decided. */
export const CARDS_OPEN = 10
/** Of these, so many are shown in the channel itself; a burst of failures must not push everything else out of sight. */
const CARDS_ANNOUNCED = 3

export interface KeyedCard {
  /** "task@attempt", "task@attempt>person", "outcome@when", "place@since", or "#room". */
  readonly key: string
  readonly card: Card
  readonly lane: Lane
  /** It is painted for the last time: its attempt has been replaced. */
  readonly over?: true
  /** The channel sees it as well, not only the thread. */
  readonly announced?: true
  /** It stands in the channel itself, in no thread. */
  readonly alone?: true
  /** It goes to this person alone. */
  readonly to?: string
  /** What they read it in, where that is known. */
  readonly locale?: string
}

export type InLanguageOf = <Result>(locale: string | undefined, work: () => Result) => Result

export interface Drawing {
  readonly asks?: (gate: Task) => Asking | undefined
  /** Without it everybody reads the language of the process. */
  readonly inLanguageOf?: InLanguageOf
}

const inOne: InLanguageOf = (_locale, work) => work()

/** The headline, and the fingerprint of what it asks of people: where that changes, it is not only progress. */
export function headlineOf(execution: Execution, now: Date): { card: Card; asks: string } {
  const waiting = [...execution.tasks.values()].filter((task) => waitsForPeople(execution, task))
  const asks = digest([
    statusOf(execution),
    execution.paused,
    execution.cancelled,
    // Of more than that, the further ones have no card yet: which they are is progress.
    waiting.length > CARDS_OPEN ? 'many' : waiting.map(({ id, attempt }) => [id, attempt]),
  ])
  return { card: headlineCard(execution, now), asks }
}

/**
 * The cards that must stand in the thread as the run is now: one for each attempt that waits for people, and of those that
 * were posted before every open one, repainted as it stands.
 */
export function cardsOf(
  execution: Execution,
  {
    open,
    posted,
  }: {
    readonly open: readonly { readonly key: string; readonly locale?: string }[]
    readonly posted: readonly string[]
  },
  { asks = () => undefined, inLanguageOf = inOne }: Drawing = {},
): KeyedCard[] {
  const standing = open.flatMap(({ key, locale }): KeyedCard[] => {
    const { id, attempt, to } = split(key)
    const task = [...execution.tasks.values()].find((other) => other.id === id)
    if (!task) return []
    const card = inLanguageOf(locale, () => attemptCard(execution, task, attempt, asks(task)))
    // Mostly it has been pressed, or its attempt is over.
    const whose = { ...optional('to', to), ...optional('locale', locale) }
    const one = { key, card, lane: 'decision' as const, ...whose }
    return [attempt < task.attempt ? { ...one, over: true } : one]
  })
  const waiting = [...execution.tasks.values()].filter((task) => waitsForPeople(execution, task))
  const asked = waiting.filter((task) => posted.includes(keyOf(task))).length
  const asking = waiting
    .filter((task) => !posted.includes(keyOf(task)))
    .slice(0, Math.max(0, CARDS_OPEN - asked))
    .map((task, place): KeyedCard => {
      const card = attemptCard(execution, task, task.attempt, asks(task))
      const lane = task.status === 'FAILED' ? ('failure' as const) : ('prompt' as const)
      const one = { key: keyOf(task), card, lane }
      return asked + place < CARDS_ANNOUNCED ? { ...one, announced: true } : one
    })
  const end: KeyedCard[] = isFinished(execution)
    ? [
        {
          key: `outcome@${execution.endedAt}`,
          card: outcomeCard(execution),
          lane: 'decision',
          announced: true,
        },
      ]
    : []
  return [...standing, ...asking, ...end]
}

/** Said once, for each time that a place goes: it is never painted again. */
export function elsewhereCard(execution: Execution, { place, broken }: Elsewhere): KeyedCard {
  const key = `${place.channel}@${broken.since}`
  const card = unreachableCard(execution, place, broken.why, broken.since)
  return { key, card, lane: 'failure', over: true, announced: true }
}

/** The cards that people get by themselves, because nobody has decided; those that were sent are not sent again. */
export async function directCards(
  execution: Execution,
  posted: readonly string[],
  { asks = () => undefined, inLanguageOf = inOne }: Drawing,
  called: (task: Task) => Promise<readonly Called[]>,
): Promise<KeyedCard[]> {
  const cards: KeyedCard[] = []
  for (const task of execution.tasks.values()) {
    if (!task.rung || !waitsForPeople(execution, task)) continue
    for (const { to, locale } of await called(task)) {
      const key = `${keyOf(task)}>${to}`
      if (posted.includes(key)) continue
      const card = inLanguageOf(locale, () => attemptCard(execution, task, task.attempt, asks(task)))
      cards.push({ key, to, lane: 'prompt', card, ...optional('locale', locale) })
    }
  }
  return cards
}

const keyOf = ({ id, attempt }: Task): string => `${id}@${attempt}`

function split(key: string): { id: string; attempt: number; to?: string } {
  const [about = '', to] = key.split('>', 2)
  const at = about.lastIndexOf('@')
  return { id: about.slice(0, at), attempt: Number(about.slice(at + 1)), ...(to === undefined ? {} : { to }) }
}
