import { offered } from '../domain/decide.ts'
import type { Execution } from '../domain/execution.ts'
import { withoutSecrets } from '../domain/secret-in.ts'
import type { Task } from '../domain/task.ts'
import { BUTTONS, buttonsFor } from './buttons.ts'
import type { Block, Card, Rich } from './card.ts'
import { consequence } from './consequences.ts'
import { votesSoFar } from './gate-in-words.ts'
import { clip, clockTime, FAILURE_WORDS, HEADING_LIMIT, MODE_WORDS, strong, who } from './in-words.ts'

/** The task failed, and people decide how to go on. */
export function failureCard(execution: Execution, task: Task): Card {
  const how = task.failure ? FAILURE_WORDS[task.failure.kind] : 'failed'
  const heading = clip(`${MODE_WORDS[execution.mode]} · ❌ ${task.name} ${how}`, HEADING_LIMIT)
  const message = clip(withoutSecrets(task.failure?.message ?? ''), 1000)
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
              strong(BUTTONS[asks].label.replace('…', '')),
              ` – ${consequence(execution, task, asks)}`,
            ]),
          },
          ...votesSoFar(execution, task),
          { kind: 'buttons' as const, buttons },
        ]
      : []),
    {
      kind: 'note',
      text: [
        `${execution.plan.name} · task ${task.id} · attempt ${task.attempt}`,
        ...failedAt(task),
        ` · run ${execution.id}`,
      ],
    },
  ]
  const next = choices.length > 0 ? 'A decision is needed.' : 'The run was cancelled.'
  return { text: `${heading}. ${message} ${next}`.replaceAll(/\s+/g, ' '), tone: 'bad', blocks }
}

function rejectedBy({ failure, decision }: Task): Block[] {
  if (failure?.kind !== 'rejected' || !decision) return []
  return [{ kind: 'text', text: ['Rejected by ', who(decision.by), ' · ', clockTime(decision.at)] }]
}

const failedAt = (task: Task): Rich => (task.endedAt ? [' · ', clockTime(task.endedAt)] : [])
