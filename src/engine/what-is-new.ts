import { plainText } from '../conversation/as-text.ts'
import type { Card, Rich } from '../conversation/card.ts'
import { catchUpCard } from '../conversation/catch-up-card.ts'
import { linesFor } from '../conversation/thread-line.ts'
import { say } from '../conversation/words/index.ts'
import type { ChangeRecord } from '../domain/change.ts'
import { type Execution, isFinished } from '../domain/execution.ts'
import { PERSON_EVENTS } from '../domain/transitions.ts'

/** Lines of news in one message; a run with more to say in one breath says how many it left out. */
const LINES_PER_MESSAGE = 30
/** A thread that is further behind is caught up with: what happened meanwhile is summed up, not told anew. */
const CATCH_UP_SECONDS = 120

/** What has happened since, as one message of the thread. */
export interface News {
  readonly card: Card
  readonly announced: boolean
  /** It sums up, and so comes before the cards that are open now. */
  readonly catchesUp: boolean
}

/** Whether the record is told at once, even where it brings no new card: somebody has decided, or the run has ended. */
export function isUrgent({ by, changes }: ChangeRecord, execution: Execution): boolean {
  return changes.some((change) => {
    switch (change.what) {
      case 'moved':
        return PERSON_EVENTS.some((event) => event === change.event) || isFinished(execution)
      case 'intended':
      case 'withdrawn':
      case 'queued':
      case 'running':
      case 'progressed':
        return false
      default:
        return by.kind !== 'engine' || change.what === 'escalated'
    }
  })
}

/**
 * What these records, the oldest first, bring that is new: all of them in one message. It depends on the time only in that
 * a thread which is long behind is caught up with.
 */
export function newsOf(
  records: readonly ChangeRecord[],
  execution: Execution,
  { now, told, progressSeconds }: { now: Date; told: number; progressSeconds: number },
): News | undefined {
  const lines = linesFor(records, execution)
  const [first] = records
  if (!first || lines.length === 0) return undefined
  const announced = records.some(({ changes }) =>
    changes.some(
      (change) =>
        (change.what === 'escalated' && change.rung === 'everybody') ||
        (change.what === 'voted' && change.breakGlass !== undefined),
    ),
  )
  const behindSeconds = (now.getTime() - Date.parse(first.at)) / 1000
  // Progress that is told seldom is not behind.
  const isBehind = behindSeconds > CATCH_UP_SECONDS + progressSeconds
  const summed = isBehind && catchUpCard(records, execution, { now, isFirst: told === 0 })
  return { card: summed || newsCard(lines), announced, catchesUp: Boolean(summed) }
}

function newsCard(lines: readonly Rich[]): Card {
  const shown = lines.slice(0, LINES_PER_MESSAGE)
  const left = lines.length - shown.length
  const more: Rich[] = left > 0 ? [[say().answers.left.more(left)]] : []
  const all = [...shown, ...more]
  return {
    text: all.map(plainText).join('\n'),
    tone: 'neutral',
    blocks: all.map((text) => ({ kind: 'text', text })),
  }
}
