import { plainText } from '../conversation/as-text.ts'
import type { Card, Rich } from '../conversation/card.ts'
import { attemptCard } from '../conversation/decided-card.ts'
import type { Asking } from '../conversation/gate-in-words.ts'
import { headlineCard } from '../conversation/headline-card.ts'
import { outcomeCard } from '../conversation/outcome-card.ts'
import { linesFor } from '../conversation/thread-line.ts'
import type { ChangeRecord } from '../domain/change.ts'
import { type Execution, isFinished } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'

/** Lines of news in one message; a run with more to say in one breath says how many it left out. */
const LINES_PER_MESSAGE = 30

export interface KeyedCard {
  /** "task@attempt", or "outcome@when". */
  readonly key: string
  readonly card: Card
  /** It is painted for the last time: its attempt has been replaced. */
  readonly over?: true
}

export const headlineOf = (execution: Execution, now: Date): Card => headlineCard(execution, now)

/**
 * The cards that must stand in the thread as the run is now: one for each attempt that waits for people, and of those that
 * were posted before every open one, repainted as it stands.
 */
export function cardsOf(
  execution: Execution,
  open: readonly string[],
  posted: readonly string[],
  asks: (gate: Task) => Asking | undefined = () => undefined,
): KeyedCard[] {
  const standing = open.flatMap((key) => {
    const { id, attempt } = split(key)
    const task = [...execution.tasks.values()].find((other) => other.id === id)
    if (!task) return []
    const card = attemptCard(execution, task, attempt, asks(task))
    return [attempt < task.attempt ? { key, card, over: true as const } : { key, card }]
  })
  const asking = [...execution.tasks.values()]
    .filter((task) => waitsForPeople(execution, task))
    .map((task) => ({
      key: `${task.id}@${task.attempt}`,
      card: attemptCard(execution, task, task.attempt, asks(task)),
    }))
    .filter(({ key }) => !posted.includes(key))
  const end = isFinished(execution)
    ? [{ key: `outcome@${execution.endedAt}`, card: outcomeCard(execution) }]
    : []
  return [...standing, ...asking, ...end]
}

/** What is new, as messages of the thread: the records in their order, many lines to a message. */
export function newsOf(records: readonly ChangeRecord[], execution: Execution): Card[] {
  const lines = linesFor(records, execution)
  if (lines.length === 0) return []
  const shown = lines.slice(0, LINES_PER_MESSAGE)
  const more: Rich[] = lines.length > shown.length ? [[`… and ${lines.length - shown.length} more`]] : []
  const all = [...shown, ...more]
  return [
    {
      text: all.map(plainText).join('\n'),
      tone: 'neutral',
      blocks: all.map((text) => ({ kind: 'text', text })),
    },
  ]
}

function split(key: string): { id: string; attempt: number } {
  const at = key.lastIndexOf('@')
  return { id: key.slice(0, at), attempt: Number(key.slice(at + 1)) }
}
