import { offered } from '../domain/decide.ts'
import type { Execution } from '../domain/execution.ts'
import { withoutSecrets } from '../domain/secret-in.ts'
import type { Task } from '../domain/task.ts'
import { actionOf, buttonsFor } from './buttons.ts'
import type { Block, Card } from './card.ts'
import { consequence } from './consequences.ts'
import { votesSoFar } from './gate-in-words.ts'
import { clip, clockTime, failureText, HEADING_LIMIT, MODE_WORDS, strong, who } from './in-words.ts'
import { say } from './words/index.ts'

/** The task failed, and people decide how to go on. */
export function failureCard(execution: Execution, task: Task): Card {
  const words = say().cards.failure
  const how = task.failure ? say().core.failure[task.failure.kind] : say().core.status.FAILED
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${words.subject(task.name, how)}`, HEADING_LIMIT)
  const message = clip(withoutSecrets(task.failure ? failureText(task.failure) : ''), 1000)
  const buttons = buttonsFor(execution, task)
  const choices = execution.cancelled ? [] : offered(task)
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    ...rejectedBy(task),
    ...(message ? [{ kind: 'text' as const, text: [message] }] : []),
    ...(choices.length > 0
      ? [
          {
            kind: 'list' as const,
            items: choices.map((asks) => [
              strong(actionOf(asks)),
              ` – ${consequence(execution, task, asks)}`,
            ]),
          },
          ...votesSoFar(execution, task),
          { kind: 'buttons' as const, buttons },
        ]
      : []),
    {
      kind: 'note',
      text: words.note(
        execution.plan.name,
        task.id,
        task.attempt,
        task.endedAt ? clockTime(task.endedAt) : undefined,
        execution.id,
      ),
    },
  ]
  const next = choices.length > 0 ? words.decisionNeeded : words.runCancelled
  return { text: `${heading}. ${message} ${next}`.replaceAll(/\s+/g, ' '), tone: 'bad', blocks }
}

function rejectedBy({ failure, decision }: Task): Block[] {
  if (failure?.kind !== 'rejected' || !decision) return []
  return [{ kind: 'text', text: say().cards.failure.rejectedBy(who(decision.by), clockTime(decision.at)) }]
}
