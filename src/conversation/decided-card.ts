import type { Execution } from '../domain/execution.ts'
import { receipt } from '../domain/receipt.ts'
import type { Decision, Task, Vote } from '../domain/task.ts'
import { approvalCard } from './approval-card.ts'
import { plainText } from './as-text.ts'
import type { Card, Rich } from './card.ts'
import { failureCard } from './failure-card.ts'
import { type Asking, voteInWords } from './gate-in-words.ts'
import {
  because,
  clip,
  clockTime,
  DONE_WORDS,
  FAILURE_WORDS,
  HEADING_LIMIT,
  MODE_WORDS,
  STATUS_WORDS,
  who,
} from './in-words.ts'

/** The card of one attempt as it stands: open with its buttons, or closed with what became of it. */
export function attemptCard(execution: Execution, task: Task, attempt: number, asking?: Asking): Card {
  if (attempt !== task.attempt) return supersededCard(execution, task, attempt)
  if (task.status === 'PENDING_APPROVAL') return approvalCard(execution, task, asking)
  if (task.status === 'FAILED') return failureCard(execution, task)
  return decidedCard(execution, task)
}

/** What was decided, by whom and when: the card after its last click. */
export function decidedCard(execution: Execution, task: Task): Card {
  const { decision, failure } = task
  if (!decision || decision.event !== task.lastEvent) {
    const state =
      task.lastEvent === 'cascade' ? 'abandoned, because a task before it was' : STATUS_WORDS[task.status]
    return closed(execution, task, `${SYMBOL[task.status] ?? '•'} ${task.name}: ${state}`, [])
  }
  const after = failure ? [` · it had ${FAILURE_WORDS[failure.kind]}`] : []
  return closed(execution, task, headingOf(task, decision), [
    [...saying(decision), ...after],
    ...votesFor(task, decision.event).map((vote) => voteInWords(execution, task, vote)),
    [`Recorded · receipt ${receiptOf(execution, task, decision)}`],
  ])
}

/** Those whose word it was, where it took several. */
const votesFor = ({ votes = [] }: Task, event: string): readonly Vote[] =>
  votes.filter((vote) => vote.for === event)

/** The attempt is over and a later one stands; nothing pressed here counts. */
export function supersededCard(execution: Execution, task: Task, attempt: number): Card {
  const retried = task.decision?.event === 'retry' && attempt === task.attempt - 1 ? task.decision : undefined
  const heading = `🔁 ${task.name}: attempt ${attempt} is over`
  return closed(execution, task, heading, [
    ...(retried ? [saying(retried)] : []),
    [`Attempt ${attempt + 1} has taken its place`],
  ])
}

export const receiptOf = (execution: Execution, task: Task, decision: Decision): string =>
  receipt(execution.id, task.id, task.attempt, decision)

/** "Approved by Ann · 14:07 · “looks good”". */
export function saying(decision: Decision): Rich {
  const done = DONE_WORDS[decision.event]
  return [
    `${done.charAt(0).toUpperCase()}${done.slice(1)} by `,
    who(decision.by),
    ' · ',
    clockTime(decision.at),
    ...because(decision.reason),
  ]
}

function closed(execution: Execution, task: Task, title: string, lines: readonly Rich[]): Card {
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${title}`, HEADING_LIMIT)
  const said = lines.map((line) => `${plainText(line)}.`).join(' ')
  return {
    text: `${heading}. ${said}`.trim(),
    tone: task.status === 'COMPLETED' ? 'good' : 'neutral',
    blocks: [
      { kind: 'heading', text: heading },
      ...lines.map((text) => ({ kind: 'text' as const, text })),
      { kind: 'note', text: [`${execution.plan.name} · task ${task.id} · run ${execution.id}`] },
    ],
  }
}

const headingOf = (task: Task, { event }: Decision): string =>
  `${SYMBOL[task.status] ?? '•'} ${task.name}: ${DONE_WORDS[event]}`

const SYMBOL: Partial<Record<Task['status'], string>> = {
  COMPLETED: '✅',
  SKIPPED: '⏭️',
  ABANDONED: '🚫',
  CANCELLED: '🚫',
  RETRY: '🔁',
  IN_PROGRESS: '⏳',
}
