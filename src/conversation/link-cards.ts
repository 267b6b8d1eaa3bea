import type { Execution } from '../domain/execution.ts'
import type { LinkTicket } from '../domain/link.ts'
import { type Task, taskId } from '../domain/task.ts'
import type { Card } from './card.ts'
import { clip, clockTime, code, strong, who } from './in-words.ts'
import { cardOf, recordOf } from './sign-in-cards.ts'
import { say } from './words/index.ts'

/** Whose account it is that is to be linked, what it then does, and a warning: a link may have been passed on. */
export function linkCard(execution: Execution, ticket: LinkTicket): Card {
  const { actor, request, expiresAt } = ticket
  const words = say().notices.link
  const { breakGlass, label, quoted, once } = say().notices.signIn
  return cardOf(words.heading, 'attention', [
    { kind: 'text', text: words.says(who(actor)) },
    ...(request.breakGlass ? [{ kind: 'text' as const, text: breakGlass() }] : []),
    {
      kind: 'facts',
      rows: [
        [words.label.account, [strong(actor.name), ' ', code(actor.id)]],
        [words.label.wants, [words.wants(request.asks, taskIn(execution, ticket), execution.plan.name)]],
        ...(request.reason ? [[label.reason, [quoted(clip(request.reason, 1000))]] as const] : []),
        [label.goodUntil, once(clockTime(expiresAt))],
      ],
    },
    { kind: 'text', text: [strong(words.onlyYours)] },
  ])
}

/** Linked, and what was asked for is on record, with its receipt. */
export function linkedCard(execution: Execution, task: Task, ticket: LinkTicket, human: string): Card {
  const { request, actor } = ticket
  const words = say().notices.link
  return cardOf(words.headingDone, 'good', [
    { kind: 'text', text: [words.linked(human)] },
    { kind: 'text', text: [strong(words.done(request.asks, taskIn(execution, ticket)))] },
    ...recordOf(execution, task, { asks: request.asks, human, actor }).lines,
  ])
}

/** Linked; what was asked for takes more, or somebody else. */
export function linkedButCard(human: string, refusal: Card): Card {
  const words = say().notices.link
  return cardOf(words.headingOnly, 'attention', [
    { kind: 'text', text: [words.linked(human)] },
    { kind: 'text', text: [words.notDone] },
    ...refusal.blocks,
  ])
}

const taskIn = (execution: Execution, { request }: LinkTicket): string =>
  clip(execution.tasks.get(taskId.parse(request.task))?.name ?? request.task, 100)
