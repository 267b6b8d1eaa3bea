import type { Execution } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import { plainText } from './as-text.ts'
import { buttonsFor } from './buttons.ts'
import type { Block, Card, Rich } from './card.ts'
import { consequence } from './consequences.ts'
import { type Asking, anyone, votesSoFar, whoDecides } from './gate-in-words.ts'
import { clip, clockTime, count, HEADING_LIMIT, MODE_WORDS } from './in-words.ts'
import { say } from './words/index.ts'

/** The task waits for a person's yes, or those of several. */
export function approvalCard(execution: Execution, task: Task, asking: Asking = anyone()): Card {
  const words = say().cards.approval
  // A gate that a plan puts before a task is named "Approve …" already.
  const subject = /^approve\b/i.test(task.name) ? task.name : words.subject(task.name)
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${subject}`, HEADING_LIMIT)
  const means = consequence(execution, task, 'approve')
  const decideBy: Rich = task.deadline ? words.decideBy(clockTime(task.deadline)) : []
  const buttons = buttonsFor(execution, task)
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    ...descriptionOf(task),
    { kind: 'text', text: [means] },
    { kind: 'text', text: [...decideBy, ...whoDecides(asking)] },
    ...votesSoFar(execution, task),
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    { kind: 'note', text: [say().cards.note(execution.plan.name, task.id, execution.id)] },
  ]
  const so = task.votes?.length ? ` ${words.votesSoFar(count(task.votes.length, 'vote'))}` : ''
  return {
    text: `${heading}. ${means} ${plainText(decideBy)}${words.waiting}${so}`,
    tone: 'attention',
    blocks,
  }
}

/** What the plan says of the gate. */
export const descriptionOf = ({ inputs: { description } }: Task): Block[] =>
  typeof description === 'string' && description !== ''
    ? [{ kind: 'text', text: [clip(description, 1000)] }]
    : []
