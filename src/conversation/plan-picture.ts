import { type Execution, isFinished, statusOf, taskOf } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import { opensTheWay, type Status } from '../domain/transitions.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import { drawnTogether } from './drawn-together.ts'
import { progress } from './headline-card.ts'
import { clip, count, duration, listed, minutesInWords, RUN_STATUS_WORDS, STATUS_WORDS } from './in-words.ts'
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

/** The plan of a run as a graph, with the states of its tasks. */
export function planPicture(execution: Execution, now: Date): GraphPicture {
  const { items, edges } = drawnTogether(execution)
  const total = execution.tasks.size
  const remark =
    items.length < total
      ? `${count(total, 'task')} in ${items.length} boxes: those of one state that run side by side or in a row are drawn together.`
      : undefined
  return {
    kind: 'graph',
    mode: execution.mode,
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
  const objective =
    rtoMinutes === undefined ? '' : `, objective ${minutesInWords(rtoMinutes)}${late ? ' exceeded' : ''}`
  return capital(`${RUN_STATUS_WORDS[statusOf(execution)]} · ${progress(tasks)} · ${elapsed}${objective}`)
}

const withoutEmoji = (text: string): string => visible(text.replaceAll(/\p{Extended_Pictographic}/gu, ''))
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function tally({ tasks }: Execution): Tally[] {
  const all = [...tasks.values()]
  return TALLY_ORDER.map((state) => ({
    state,
    symbol: STATUS_SYMBOLS[state],
    words: STATUS_WORDS[state],
    count: all.filter(({ status }) => status === state).length,
  })).filter((row) => row.count > 0)
}

function alt(execution: Execution, now: Date): string {
  const tasks = [...execution.tasks.values()]
  const named = (status: Status) => tasks.filter((task) => task.status === status).map(shortName)
  const says = (words: string, names: readonly string[]) =>
    names.length > 0 ? [`${words}: ${listed(names, 6)}.`] : []
  const sentences = [
    `${MODE_SIGNS[execution.mode].word}, ${MODE_SIGNS[execution.mode].means}: the plan ${nameOf(execution.plan)} as a graph.`,
    `${subtitle(execution, now).replace(/\.$/, '')}.`,
    `${tally(execution)
      .map((row) => `${row.count} ${row.words}`)
      .join(', ')}.`,
    ...says('Failed', named('FAILED')),
    ...says('Waits for people', tasks.filter((task) => waitsForPeople(execution, task)).map(shortName)),
    ...says('Running', named('IN_PROGRESS')),
    ...says('On hold', named('PAUSED')),
    ...says('Next', nextUp(execution)),
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
      open.length > 0 ? `${shortName(task)} (after ${listed(open.map(shortName), 2)})` : shortName(task),
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
