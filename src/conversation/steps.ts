import type { Execution } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { Status } from '../domain/transitions.ts'
import type { Block, Step } from './card.ts'
import { clip } from './in-words.ts'
import { say } from './words/index.ts'

/** More tasks than these are a picture, not a checklist. */
const STEPS = 15

/** The tasks of a small plan as a checklist, in the plan's order. */
export function stepsOf({ tasks }: Execution): Block[] {
  if (tasks.size > STEPS) return []
  return [{ kind: 'steps', title: say().cards.steps, steps: [...tasks.values()].map(stepOf) }]
}

function stepOf({ id, name, status }: Task): Step {
  const [state, says] = STEP[status]
  return { id, state, title: says ? `${clip(name, 80)} – ${say().core.status[status]}` : clip(name, 80) }
}

/** How a checklist shows each status, and whether the word must stand beside it: the sign alone would say another. */
const STEP = {
  PENDING: ['waiting', false],
  PAUSED: ['waiting', true],
  RETRY: ['waiting', true],
  PENDING_APPROVAL: ['running', true],
  IN_PROGRESS: ['running', false],
  COMPLETED: ['done', false],
  SKIPPED: ['done', true],
  FAILED: ['failed', false],
  ABANDONED: ['failed', true],
  CANCELLED: ['failed', true],
} as const satisfies Record<Status, readonly [Step['state'], boolean]>

/** The same where there is no checklist to draw it with. */
export const STEP_SIGNS = { waiting: '○', running: '▶', done: '✓', failed: '✗' } as const satisfies Record<
  Step['state'],
  string
>
