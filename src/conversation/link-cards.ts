import type { Execution } from '../domain/execution.ts'
import type { LinkTicket } from '../domain/link.ts'
import { type Task, taskId } from '../domain/task.ts'
import type { Block, Card } from './card.ts'
import { capital, clip, clockTime, code, MODE_WORDS, strong, who } from './in-words.ts'
import { cardOf, recordOf } from './sign-in-cards.ts'
import { say } from './words/index.ts'

/** Whose account it is that is to be linked, what it then does, and a warning: a link may have been passed on. `run`: that it is about. */
export function linkCard(ticket: LinkTicket, run?: Execution): Card {
  const { actor, expiresAt } = ticket
  const words = say().notices.link
  const { breakGlass, label, quoted, once } = say().notices.signIn
  const wants = wantsInWords(ticket, run)
  const { reason, glass } = saidIn(ticket)
  return cardOf(words.heading, 'attention', [
    { kind: 'text', text: words.says(who(actor)) },
    ...(glass ? [{ kind: 'text' as const, text: breakGlass() }] : []),
    {
      kind: 'facts',
      rows: [
        [words.label.account, [strong(actor.name), ' ', code(actor.id)]],
        ...(wants ? [[words.label.wants, [wants]] as const] : []),
        ...(reason ? [[label.reason, [quoted(clip(reason, 1000))]] as const] : []),
        [label.goodUntil, once(clockTime(expiresAt))],
      ],
    },
    { kind: 'text', text: [strong(words.onlyYours)] },
  ])
}

/** Linked, and what was asked for is on record: with its receipt, where it has one. */
export function linkedCard(ticket: LinkTicket, human: string, run: Execution): Card {
  const words = say().notices.link
  return cardOf(words.headingDone, 'good', [
    { kind: 'text', text: [words.linked(human)] },
    { kind: 'text', text: [strong(capital(wantsInWords(ticket, run) ?? ''))] },
    ...recorded(ticket, human, run),
  ])
}

/** Linked, and nothing more was asked for that could be done here. */
export function onlyLinkedCard(human: string): Card {
  const words = say().notices.link
  return cardOf(words.headingOnly, 'good', [
    { kind: 'text', text: [words.linked(human)] },
    { kind: 'text', text: [words.askAgain] },
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

function wantsInWords({ wants }: LinkTicket, run: Execution | undefined): string | undefined {
  const words = say().notices.link.wants
  if (!wants) return undefined
  if (wants.kind === 'start') return words.start(MODE_WORDS[wants.order.mode], clip(wants.order.plan, 100))
  const { request } = wants
  const plan = run?.plan.name ?? wants.execution
  if (!('task' in request)) return words.run(request.asks, plan)
  const task = run && taskIn(run, request.task)
  return words.task(request.asks, clip(task?.name ?? request.task, 100), plan)
}

function saidIn({ wants }: LinkTicket): { readonly reason?: string | undefined; readonly glass?: boolean } {
  if (!wants) return {}
  if (wants.kind === 'start') return { reason: wants.order.reason }
  const { request } = wants
  return { reason: request.reason, glass: 'breakGlass' in request && request.breakGlass === true }
}

function recorded({ wants, actor }: LinkTicket, human: string, run: Execution): readonly Block[] {
  const { recorded: done, closePage } = say().notices.signIn
  const task = wants?.kind === 'request' && 'task' in wants.request && taskIn(run, wants.request.task)
  if (!task) return [{ kind: 'text', text: [`${done} ${closePage}`] }]
  return recordOf(run, task, { asks: wants.request.asks, human, actor }).lines
}

const taskIn = (run: Execution, named: string): Task | undefined => run.tasks.get(taskId.parse(named))
