import type { Execution } from '../domain/execution.ts'
import { withoutSecrets } from '../domain/secret-in.ts'
import type { Task } from '../domain/task.ts'
import { buttonsFor } from './buttons.ts'
import type { Block, Rich } from './card.ts'
import { consequence } from './consequences.ts'
import { votesSoFar } from './gate-in-words.ts'
import { clip, clockTime, failureText, MODE_WORDS, strong } from './in-words.ts'
import { say } from './words/index.ts'

/** The tasks of a run that wait for a decision of one person. */
export interface Waiting {
  readonly execution: Execution
  readonly tasks: readonly Task[]
}

/** A sentence: how many decisions wait. */
export function waitsInWords(waiting: readonly Waiting[]): string {
  const number = waiting.reduce((sum, { tasks }) => sum + tasks.length, 0)
  const { nothingWaits, waiting: words } = say().overview
  return number === 0 ? nothingWaits : words.decisions(number)
}

/** What waits, shorter than its card in the thread, with the same buttons: it can be decided here. */
export function waitingBlocks(execution: Execution, task: Task): Block[] {
  const { plan, mode, id } = execution
  return [
    { kind: 'text', text: [strong(`${MODE_WORDS[mode]} · ${clip(plan.name, 60)} · ${asked(task)}`)] },
    { kind: 'text', text: about(execution, task) },
    ...votesSoFar(execution, task),
    { kind: 'buttons', buttons: buttonsFor(execution, task) },
    { kind: 'note', text: [say().overview.waiting.note(task.id, task.attempt, id)] },
  ]
}

function asked({ status, name, failure }: Task): string {
  const { core, overview } = say()
  const short = clip(name, 80)
  if (status === 'FAILED') {
    return overview.waiting.failed(short, failure ? core.failure[failure.kind] : core.status[status])
  }
  return /^approve\b/i.test(name) ? `✋ ${short}` : overview.waiting.approve(short)
}

function about(execution: Execution, task: Task): Rich {
  const words = say().overview.waiting
  if (task.status === 'FAILED') {
    const message = clip(withoutSecrets(task.failure ? failureText(task.failure) : ''), 300)
    return [message || words.afterWaits]
  }
  const { description } = task.inputs
  const shown = typeof description === 'string' ? clip(description, 300) : ''
  const means = consequence(execution, task, 'approve')
  return [
    shown ? `${shown} ${means}` : means,
    ...(task.deadline ? words.decideBy(clockTime(task.deadline)) : []),
  ]
}
