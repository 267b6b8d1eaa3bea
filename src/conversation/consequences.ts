import { adoptable } from '../domain/decide.ts'
import { type Execution, taskOf } from '../domain/execution.ts'
import type { Task, TaskId } from '../domain/task.ts'
import { isOver, type PersonEvent } from '../domain/transitions.ts'
import { count, listed } from './in-words.ts'

/** The tasks that would not run any more if this one were abandoned. */
export function lostWith(execution: Execution, task: Task): Task[] {
  const found = new Set<TaskId>()
  const open = [...task.successors]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const successor = taskOf(execution, id)
    if (found.has(id) || isOver(successor.status)) continue
    found.add(id)
    open.push(...successor.successors)
  }
  return [...found].map((id) => taskOf(execution, id))
}

/** What the choice means, in one sentence, before anybody makes it. */
export function consequence(execution: Execution, task: Task, asks: PersonEvent): string {
  const after = task.successors.map((id) => taskOf(execution, id)).filter(({ status }) => !isOver(status))
  const follows =
    after.length > 0
      ? listed(
          after.map(({ name }) => name),
          3,
        )
      : undefined
  switch (asks) {
    case 'approve':
      return follows ? `Opens the way to ${follows}.` : 'Completes this task.'
    case 'reject':
      return `Stops here${follows ? `: ${follows} will not start` : ''} until somebody retries, skips or abandons it.`
    case 'adopt':
      return 'Starts nothing: follows what is running in AWS to its end, as this attempt.'
    case 'retry':
      if (adoptable(task).length > 0)
        return 'Starts it anew. Make sure in AWS first that nothing of this attempt still runs.'
      return task.type === 'approval'
        ? 'Asks for the approval again.'
        : 'Runs this task again from its start.'
    case 'skip':
      return follows
        ? `Leaves this task out and goes on with ${follows}, as if it had been done.`
        : 'Leaves this task out.'
    case 'abandon': {
      const lost = lostWith(execution, task)
      if (lost.length === 0) return 'Gives this task up. No other task depends on it.'
      const names = listed(
        lost.map(({ name }) => name),
        3,
      )
      return `Gives this task up and ${count(lost.length, 'task')} after it: ${names} will not run.`
    }
    case 'hold':
      return 'Keeps this task from starting until it is released.'
    case 'release':
      return 'Lets this task start when its turn comes.'
  }
}
