import type { Told } from '../conversation/card.ts'
import { linesFor } from '../conversation/thread-line.ts'
import { say } from '../conversation/words/index.ts'
import type { ChangeRecord } from '../domain/change.ts'
import { type Execution, isFinished, statusOf } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import { cardsOf, headlineOf } from './what-to-tell.ts'

/** A reader who comes late is told the end of it; a terminal holds about as much. */
const LINES_AT_ONCE = 200

/** The thread for who reads it outside a chat: nothing of it is kept, whoever asks says how far they have read. */
export function toldOf(
  execution: Execution,
  records: readonly ChangeRecord[],
  after: number,
  now: Date,
): Told {
  const lines = linesFor(records, execution)
  const earlier = lines.length - LINES_AT_ONCE
  const outcome = statusOf(execution) === 'COMPLETED' ? ('completed' as const) : ('incomplete' as const)
  return {
    kind: 'told',
    run: execution.id,
    version: records.at(-1)?.version ?? after,
    ...optional('outcome', isFinished(execution) ? outcome : undefined),
    headline: headlineOf(execution, now).card,
    lines: earlier > 0 ? [[say().answers.left.earlierLines(earlier)], ...lines.slice(earlier)] : lines,
    cards: cardsOf(execution, { open: [], posted: [] }).map(({ card }) => card),
  }
}
