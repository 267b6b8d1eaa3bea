import type { Execution } from '../domain/execution.ts'
import type { LinkTicket } from '../domain/link.ts'
import { taskId } from '../domain/task.ts'
import type { Block, Card } from './card.ts'
import { clip, clockTime, code, strong, who } from './in-words.ts'
import { cardOf } from './sign-in-cards.ts'
import { say } from './words/index.ts'

/** Whose account it is that is to be linked, what it then does, and a warning: a link may have been passed on. */
export function linkCard(execution: Execution, ticket: LinkTicket): Card {
  const { actor, request, expiresAt } = ticket
  const words = say().notices.link
  return cardOf(words.heading, 'attention', [
    { kind: 'text', text: words.says(who(actor)) },
    {
      kind: 'facts',
      rows: [
        [words.label.account, [strong(actor.name), ' ', code(actor.id)]],
        [words.label.wants, [words.wants(request.asks, taskIn(execution, ticket), execution.plan.name)]],
        [words.label.goodUntil, say().notices.signIn.once(clockTime(expiresAt))],
      ],
    },
    { kind: 'text', text: [strong(words.onlyYours)] },
  ])
}

/** Linked, and what was asked for is on record. */
export function linkedCard(execution: Execution, ticket: LinkTicket, human: string): Card {
  const words = say().notices.link
  return cardOf(words.headingDone, 'good', [
    { kind: 'text', text: [words.linked(human)] },
    { kind: 'text', text: [strong(words.done(ticket.request.asks, taskIn(execution, ticket)))] },
    { kind: 'text', text: [say().notices.signIn.closePage] },
  ])
}

/** Linked; what was asked for takes more, or somebody else. */
export function linkedButCard(human: string, refusal: Card): Card {
  const words = say().notices.link
  const why: readonly Block[] = refusal.blocks
  return cardOf(words.headingOnly, 'attention', [
    { kind: 'text', text: [words.linked(human)] },
    { kind: 'text', text: [words.notDone] },
    ...why,
  ])
}

const taskIn = (execution: Execution, { request }: LinkTicket): string =>
  clip(execution.tasks.get(taskId.parse(request.task))?.name ?? request.task, 100)
