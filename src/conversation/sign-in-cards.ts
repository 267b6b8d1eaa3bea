import type { Execution } from '../domain/execution.ts'
import { voteReceipt } from '../domain/receipt.ts'
import type { Ticket } from '../domain/step-up.ts'
import type { Task } from '../domain/task.ts'
import type { PersonEvent } from '../domain/transitions.ts'
import { descriptionOf } from './approval-card.ts'
import { plainText } from './as-text.ts'
import type { Block, Card } from './card.ts'
import { consequence } from './consequences.ts'
import { receiptOf } from './decided-card.ts'
import { capital, clip, clockTime, code, HEADING_LIMIT, MODE_WORDS, strong, who } from './in-words.ts'
import { say, type Words } from './words/index.ts'

/** What is decided, what it means, and who has to sign in for it. */
export function signInCard(execution: Execution, gate: Task, ticket: Ticket): Card {
  const { asks, actor, human, reason, breakGlass, expiresAt } = ticket
  const words = say().notices.signIn
  const { label } = words
  return cardOf(headingOf(execution, gate, words.verb[asks]), 'attention', [
    ...(breakGlass ? [{ kind: 'text' as const, text: words.breakGlass() }] : []),
    ...descriptionOf(gate),
    { kind: 'text', text: [strong(consequence(execution, gate, asks))] },
    {
      kind: 'facts',
      rows: [
        [label.signInAs, [human]],
        [label.askedBy, [who(actor)]],
        ...(reason ? [[label.reason, [words.quoted(clip(reason, 1000))]] as const] : []),
        [label.plan, [execution.plan.name]],
        [label.run, [code(execution.id)]],
        [label.goodUntil, words.once(clockTime(expiresAt))],
      ],
    },
    { kind: 'note', text: [words.notYou] },
  ])
}

/** It counts; with a receipt, for what has none is not on record. */
export function recordedCard(execution: Execution, gate: Task, ticket: Ticket): Card {
  const { settled, lines } = recordOf(execution, gate, ticket)
  const what = settled ? `✅ ${capital(say().core.done[ticket.asks])}` : say().notices.signIn.counted
  return cardOf(`${MODE_WORDS[execution.mode]} · ${what}`, 'good', [
    { kind: 'text', text: [strong(clip(gate.name, HEADING_LIMIT))] },
    ...lines,
  ])
}

/** What somebody said, as it is on record, and what comes next; `settled`: it was the last word needed. */
export function recordOf(
  execution: Execution,
  task: Task,
  { asks, human, actor }: Pick<Ticket, 'human' | 'actor'> & { readonly asks: PersonEvent },
): { readonly settled: boolean; readonly lines: readonly Block[] } {
  const { decision } = task
  const vote = task.votes?.find((one) => one.human === human && one.for === asks)
  const settled = decision?.by.id === actor.id && decision.event === asks
  const receipt = settled
    ? receiptOf(execution, task, decision)
    : vote && voteReceipt(execution.id, task.id, task.attempt, vote)
  const words = say().notices.signIn
  const next = [...(task.status === 'PENDING_APPROVAL' ? [words.takesMore] : []), words.closePage]
  return {
    settled,
    lines: [
      { kind: 'text', text: receipt ? words.recordedWith(code(receipt)) : [words.recorded] },
      { kind: 'text', text: [next.join(' ')] },
    ],
  }
}

/** Every other end of the way. */
export type SignInEnd = keyof Words['notices']['signIn']['ends']

/** What stands in it, and how to go on. */
export function signInEndCard(end: SignInEnd): Card {
  const [heading, way] = say().notices.signIn.ends[end]
  return cardOf(heading, 'attention', [{ kind: 'text', text: [way] }])
}

/** What was refused after its link had been used: the next try takes a new one. */
export const usedUp = (card: Card): Card => ({
  ...card,
  blocks: [...card.blocks, { kind: 'note', text: [say().notices.signIn.usedUp] }],
})

/** What the button of the page says: nothing is decided before the sign-in. */
export const signInLabel = (asks: Ticket['asks']): string => say().notices.signIn.button[asks]

function headingOf({ mode }: Execution, { name }: Task, what: string): string {
  // A gate that a plan puts before a task is named "Approve …" already.
  const subject = name.toLowerCase().startsWith(`${what.toLowerCase()} `) ? name : `${what}: ${name}`
  return clip(`${MODE_WORDS[mode]} · ${subject}`, HEADING_LIMIT)
}

/** A page of one heading and what stands under it. */
export function cardOf(heading: string, tone: Card['tone'], blocks: readonly Block[]): Card {
  const texts = blocks.flatMap((block) => (block.kind === 'text' ? [plainText(block.text)] : []))
  return {
    text: [heading, ...texts].join('. '),
    tone,
    blocks: [{ kind: 'heading', text: heading }, ...blocks],
  }
}
