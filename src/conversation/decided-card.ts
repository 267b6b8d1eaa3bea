import type { Execution } from '../domain/execution.ts'
import { receipt } from '../domain/receipt.ts'
import type { Decision, Task, Vote } from '../domain/task.ts'
import { approvalCard } from './approval-card.ts'
import { plainText } from './as-text.ts'
import type { Card, Rich } from './card.ts'
import { failureCard } from './failure-card.ts'
import { type Asking, voteInWords } from './gate-in-words.ts'
import { because, capital, clip, clockTime, HEADING_LIMIT, MODE_WORDS, who } from './in-words.ts'
import { say } from './words/index.ts'

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
    const state = task.lastEvent === 'cascade' ? say().cards.decided.cascaded : say().core.status[task.status]
    return closed(execution, task, `${SYMBOL[task.status] ?? '•'} ${task.name}: ${state}`, [])
  }
  const after = failure ? [say().cards.decided.hadFailed(say().core.failure[failure.kind])] : []
  return closed(execution, task, headingOf(task, decision), [
    [...saying(decision, task), ...after],
    ...votesFor(task, decision.event).map((vote) => voteInWords(execution, task, vote)),
    [say().cards.decided.recorded(receiptOf(execution, task, decision))],
  ])
}

/** Those whose word it was, where it took several. */
const votesFor = ({ votes = [] }: Task, event: string): readonly Vote[] =>
  votes.filter((vote) => vote.for === event)

/** The attempt is over and a later one stands; nothing pressed here counts. */
export function supersededCard(execution: Execution, task: Task, attempt: number): Card {
  const retried = task.decision?.event === 'retry' && attempt === task.attempt - 1 ? task.decision : undefined
  const { attemptOver, attemptFollows } = say().cards.decided
  return closed(execution, task, attemptOver(task.name, attempt), [
    ...(retried ? [saying(retried, task)] : []),
    [attemptFollows(attempt + 1)],
  ])
}

export const receiptOf = (execution: Execution, task: Task, decision: Decision): string =>
  receipt(execution.id, task.id, task.attempt, decision)

/** Whose decision it was: of a gate that takes several people, all whose words settled it. */
export function deciders({ votes = [] }: Task, { event, by }: Pick<Decision, 'event' | 'by'>): Rich {
  const last = votes.findLast((vote) => vote.for === event && vote.by.id === by.id)
  const isOne = (vote: Vote) =>
    vote.for === event && vote.digest === last?.digest && !vote.breakGlass === !last.breakGlass
  const all = last ? votes.filter(isOne).map((vote) => vote.by) : [by]
  return all.flatMap((actor, at): Rich => {
    const joint = at === 0 ? '' : at === all.length - 1 ? say().core.and : ', '
    return joint === '' ? [who(actor)] : [joint, who(actor)]
  })
}

/** "Approved by Ann and Ben · 14:07 · “looks good”". */
export function saying(decision: Decision, task: Task): Rich {
  const done = capital(say().core.done[decision.event])
  return [
    ...say().cards.decided.doneBy(done, deciders(task, decision), clockTime(decision.at)),
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
      { kind: 'note', text: [say().cards.note(execution.plan.name, task.id, execution.id)] },
    ],
  }
}

const headingOf = (task: Task, { event }: Decision): string =>
  `${SYMBOL[task.status] ?? '•'} ${task.name}: ${say().core.done[event]}`

const SYMBOL: Partial<Record<Task['status'], string>> = {
  COMPLETED: '✅',
  SKIPPED: '⏭️',
  ABANDONED: '🚫',
  CANCELLED: '🚫',
  RETRY: '🔁',
  IN_PROGRESS: '⏳',
}
