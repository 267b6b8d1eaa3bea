import { type Execution, isFinished, statusOf, taskOf } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import { opensTheWay, type Status } from '../domain/transitions.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import { drawnTogether } from './drawn-together.ts'
import { progress } from './headline-card.ts'
import { capital, clip, count, duration, listed, minutesInWords } from './in-words.ts'
import { outcomeText } from './outcome-card.ts'
import {
  ALT_LIMIT,
  type GraphPicture,
  MODE_SIGNS,
  nameOf,
  STATUS_SYMBOLS,
  type Tally,
  visible,
} from './picture.ts'
import { nodesOf } from './picture-nodes.ts'
import { say } from './words/index.ts'

/** The plan of a run as a graph, with the states of its tasks. */
export function planPicture(execution: Execution, now: Date): GraphPicture {
  const { items, edges } = drawnTogether(execution)
  const total = execution.tasks.size
  const remark =
    items.length < total ? say().pictures.plan.drawnTogether(count(total, 'task'), items.length) : undefined
  return {
    kind: 'graph',
    mode: execution.mode,
    means: say().pictures.means[execution.mode],
    title: nameOf(execution.plan),
    subtitle: subtitle(execution, now),
    alt: alt(execution, now),
    tally: tally(execution),
    nodes: nodesOf(execution, items, now),
    edges,
    ...(remark ? { remark } : {}),
  }
}

function subtitle(execution: Execution, now: Date): string {
  const tasks = [...execution.tasks.values()]
  if (isFinished(execution)) return withoutEmoji(outcomeText(execution))
  const { startedAt, objectives } = execution
  const elapsed = duration(startedAt, now.toISOString())
  const { rtoMinutes } = objectives
  const late = rtoMinutes !== undefined && now.getTime() - Date.parse(startedAt) > rtoMinutes * 60_000
  const { againstObjective, exceeded } = say().pictures.plan
  const timing =
    rtoMinutes === undefined
      ? elapsed
      : (late ? exceeded : againstObjective)(elapsed, minutesInWords(rtoMinutes))
  return capital(`${say().core.runStatus[statusOf(execution)]} · ${progress(tasks)} · ${timing}`)
}

const withoutEmoji = (text: string): string => visible(text.replaceAll(/\p{Extended_Pictographic}/gu, ''))

function tally({ tasks }: Execution): Tally[] {
  const all = [...tasks.values()]
  return TALLY_ORDER.flatMap((state) => {
    const count = all.filter(({ status }) => status === state).length
    const words = say().pictures.state(state, count)
    return count > 0 ? [{ state, symbol: STATUS_SYMBOLS[state], words, count }] : []
  })
}

function alt(execution: Execution, now: Date): string {
  const tasks = [...execution.tasks.values()]
  const named = (status: Status) => tasks.filter((task) => task.status === status).map(shortName)
  const { means, plan: words } = say().pictures
  const says = (sentence: (names: string) => string, names: readonly string[]) =>
    names.length > 0 ? [sentence(listed(names, 6))] : []
  const { mode } = execution
  const sentences = [
    words.alt(MODE_SIGNS[mode].word, means[mode], nameOf(execution.plan)),
    `${subtitle(execution, now).replace(/\.$/, '')}.`,
    `${tally(execution)
      .map((row) => `${row.count} ${row.words}`)
      .join(', ')}.`,
    ...says(words.failed, named('FAILED')),
    ...says(words.waits, tasks.filter((task) => waitsForPeople(execution, task)).map(shortName)),
    ...says(words.running, named('IN_PROGRESS')),
    ...says(words.onHold, named('PAUSED')),
    ...says(words.next, nextUp(execution)),
  ]
  return clip(sentences.join(' '), ALT_LIMIT)
}

const shortName = (task: Task): string => clip(nameOf(task), 60)

/** The tasks that have not started, and wait for nothing but what is on its way or waits for people. */
function nextUp(execution: Execution): string[] {
  const isClosed = (task: Task) => !opensTheWay(task.status)
  return [...execution.tasks.values()]
    .filter(({ status }) => status === 'PENDING')
    .map((task) => ({ task, open: task.predecessors.map((id) => taskOf(execution, id)).filter(isClosed) }))
    .filter(({ open }) => open.every(({ status }) => UNDER_WAY.has(status)))
    .map(({ task, open }) =>
      open.length > 0
        ? say().pictures.plan.after(shortName(task), listed(open.map(shortName), 2))
        : shortName(task),
    )
}

const UNDER_WAY: ReadonlySet<Status> = new Set([
  'IN_PROGRESS',
  'PENDING_APPROVAL',
  'FAILED',
  'RETRY',
  'PAUSED',
])

/** From what is done to what is not: the tally is a bar of progress too. */
const TALLY_ORDER = [
  'COMPLETED',
  'SKIPPED',
  'IN_PROGRESS',
  'RETRY',
  'PENDING_APPROVAL',
  'FAILED',
  'PAUSED',
  'PENDING',
  'ABANDONED',
  'CANCELLED',
] as const satisfies readonly Status[]
