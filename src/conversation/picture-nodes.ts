import type { Execution } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import type { Item } from './drawn-together.ts'
import { count, duration } from './in-words.ts'
import { nameOf, type PictureNode, STATUS_SYMBOLS } from './picture.ts'
import { say } from './words/index.ts'

/** Names in a box that stands for many tasks. */
const NAMES_IN_A_BOX = 3
/** What failed or waits for people is always named, as long as all of it is no more than this: a list nobody reads to its end. */
const NAMES_OF_TROUBLE = 48

/** The boxes of a graph: a task with all that is to be known of it, or several with some of their names. */
export function nodesOf(execution: Execution, items: readonly Item[], now: Date): PictureNode[] {
  const troubled = items.filter(isTrouble)
  const all = troubled.reduce((sum, { tasks }) => sum + tasks.length, 0)
  const share = all <= NAMES_OF_TROUBLE ? all : Math.floor(NAMES_OF_TROUBLE / troubled.length)
  return items.map((item) =>
    item.tasks.length === 1
      ? ofOne(execution, item, now)
      : ofMany(item, Math.max(NAMES_IN_A_BOX, isTrouble(item) ? share : 0)),
  )
}

const isTrouble = ({ tasks: [{ status }] }: Item): boolean =>
  status === 'FAILED' || status === 'PENDING_APPROVAL'

const boxOf = ({ id, tasks: [{ status }] }: Item) => ({ id, state: status, symbol: STATUS_SYMBOLS[status] })

const ofOne = (execution: Execution, item: Item, now: Date): PictureNode => {
  const [task] = item.tasks
  return { ...boxOf(item), label: nameOf(task), notes: notes(execution, task, now), names: [] }
}

function ofMany(item: Item, most: number): PictureNode {
  const { tasks } = item
  const all = tasks.map(nameOf)
  const shared = sharedBeginning(all)
  const names = all.slice(0, most).map((name) => name.slice(shared.length).trim())
  const more = tasks.length - names.length
  return {
    ...boxOf(item),
    label: shared ? `${tasks.length} × ${shared}` : count(tasks.length, 'task'),
    notes: [say().pictures.state(tasks[0].status, tasks.length)],
    names: more > 0 ? [...names, say().pictures.node.andMore(more)] : names,
  }
}

/** The whole words with which all names begin; each name has at least one more. */
function sharedBeginning(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split(' '))
  const stop = first.findIndex((word, index) =>
    [first, ...others].some((words) => words[index] !== word || words.length <= index + 1),
  )
  return first.slice(0, Math.max(stop, 0)).join(' ')
}

function notes(execution: Execution, task: Task, now: Date): string[] {
  const { attempt, status } = task
  const which = attempt > 1 ? [say().pictures.node.attempt(attempt)] : []
  return [say().core.status[status], ...what(execution, task, now), ...which]
}

function what(execution: Execution, task: Task, now: Date): string[] {
  const { startedAt, endedAt, status, failure } = task
  switch (status) {
    case 'IN_PROGRESS':
    case 'PENDING_APPROVAL':
    case 'COMPLETED':
      return startedAt ? [duration(startedAt, endedAt ?? now.toISOString())] : []
    case 'FAILED':
      return [
        ...(failure && failure.kind !== 'unknown' ? [say().pictures.node.failure[failure.kind]] : []),
        ...(waitsForPeople(execution, task) ? [say().pictures.node.needsDecision] : []),
      ]
    default:
      return []
  }
}
