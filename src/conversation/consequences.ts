import { adoptable } from '../domain/decide.ts'
import { type Execution, taskOf } from '../domain/execution.ts'
import type { Task, TaskId } from '../domain/task.ts'
import { isOver, type PersonEvent } from '../domain/transitions.ts'
import { count, listed } from './in-words.ts'
import { say } from './words/index.ts'

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
  const words = say().cards.consequence
  switch (asks) {
    case 'approve':
      return follows ? words.opens(follows) : words.completes
    case 'reject':
      return follows ? words.stopsBefore(follows) : words.stops
    case 'adopt':
      return words.adopts
    case 'retry':
      if (adoptable(task).length > 0) return words.startsAnew
      return task.type === 'approval' ? words.asksAgain : words.runsAgain
    case 'skip':
      return follows ? words.skipsTo(follows) : words.skips
    case 'abandon': {
      const lost = lostWith(execution, task)
      if (lost.length === 0) return words.abandonsAlone
      const names = listed(
        lost.map(({ name }) => name),
        3,
      )
      return words.abandons(count(lost.length, 'task'), names)
    }
    case 'hold':
      return words.holds
    case 'release':
      return words.releases
  }
}
