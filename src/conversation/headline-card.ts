import { type Execution, isFinished, statusOf, taskOf } from '../domain/execution.ts'
import { dueAt, forecast, waited } from '../domain/forecast.ts'
import type { Task } from '../domain/task.ts'
import { isOver, type Status } from '../domain/transitions.ts'
import type { Block, Card, Rich } from './card.ts'
import {
  because,
  clip,
  clockTime,
  count,
  HEADING_LIMIT,
  listed,
  MODE_WORDS,
  minutesInWords,
  RUN_STATUS_WORDS,
  who,
} from './in-words.ts'
import { outcomeFacts, outcomeText } from './outcome-card.ts'
import { stepsOf } from './steps.ts'

/** The run at a glance: one message, repainted as it goes. */
export function headlineCard(execution: Execution, now: Date): Card {
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${execution.plan.name}`, HEADING_LIMIT)
  const tasks = [...execution.tasks.values()]
  const finished = isFinished(execution)
  const state = stateLine(execution)
  const rows = finished
    ? outcomeFacts(execution)
    : [
        ['Progress', [progress(tasks), ...gates(tasks)]] as const,
        ...waiting(tasks),
        ...row('Running', tasks, 'IN_PROGRESS'),
        ...row('On hold', tasks, 'PAUSED'),
        ['Time', timing(execution, now)] as const,
        ...expected(execution, now),
        ...waitedFor(execution, now),
      ]
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    { kind: 'text', text: state },
    { kind: 'facts', rows },
    ...stepsOf(execution),
    {
      kind: 'note',
      text: ['Started by ', who(execution.startedBy), ` · run ${execution.id}`, ...because(execution.reason)],
    },
  ]
  const said = finished
    ? outcomeText(execution)
    : `${RUN_STATUS_WORDS[statusOf(execution)]}, ${progress(tasks)}.`
  return { text: `${heading}: ${said}`, tone: TONE[statusOf(execution)], blocks }
}

function stateLine(execution: Execution): Rich {
  const { paused, cancelled } = execution
  const finished = isFinished(execution)
  if (cancelled && !finished) {
    return [
      '🚫 Cancelling, asked by ',
      who(cancelled.by),
      ' · ',
      clockTime(cancelled.at),
      ...because(cancelled.reason),
    ]
  }
  if (paused && !finished) {
    return [
      '⏸ Paused by ',
      who(paused.by),
      ' · ',
      clockTime(paused.at),
      ...because(paused.reason),
      ' – what runs goes on, nothing new starts.',
    ]
  }
  if (finished) return [outcomeText(execution)]
  const status = statusOf(execution)
  return [`${SYMBOL[status]} ${capital(RUN_STATUS_WORDS[status])}`]
}

/** "7 of 12 tasks done". */
export const progress = (tasks: readonly Task[]): string =>
  `${tasks.filter(({ status }) => isOver(status)).length} of ${count(tasks.length, 'task')} done`

type Row = readonly [label: string, value: Rich]

function waiting(tasks: readonly Task[]): Row[] {
  return [
    ...row('Failed, needs a decision', tasks, 'FAILED'),
    ...row('Needs approval', tasks, 'PENDING_APPROVAL'),
  ]
}

function row(label: string, tasks: readonly Task[], status: Status): Row[] {
  const names = tasks.filter((task) => task.status === status).map(({ name }) => clip(name, 80))
  return names.length > 0 ? [[label, [listed(names)]]] : []
}

/** " · approvals 1 of 2". */
function gates(tasks: readonly Task[]): Rich {
  const all = tasks.filter(({ type }) => type === 'approval')
  return all.length === 0
    ? []
    : [` · approvals ${all.filter(({ status }) => isOver(status)).length} of ${all.length}`]
}

/** The minute is enough: a headline that changes each second would only be noise. */
function timing(execution: Execution, now: Date): Rich {
  const { rtoMinutes } = execution.objectives
  const since: Rich = [elapsed(execution, now), ' since ', clockTime(execution.startedAt)]
  const due = dueAt(execution)
  if (rtoMinutes === undefined || due === undefined) return since
  const late = now.getTime() > due ? ' – exceeded' : ''
  return [...since, ` · objective ${minutesInWords(rtoMinutes)}, by `, minute(due), late]
}

const elapsed = ({ startedAt }: Execution, now: Date): string => {
  const minutes = Math.floor((now.getTime() - Date.parse(startedAt)) / MINUTE)
  return minutes < 1 ? 'under a minute' : minutesInWords(minutes)
}

/** When it will be done if all goes as expected, against the objective, and which tasks decide that. */
function expected(execution: Execution, now: Date): Row[] {
  const { finish, critical } = forecast(execution, now)
  const ahead = critical.map((id) => taskOf(execution, id)).filter(({ status }) => !isOver(status))
  if (ahead.length === 0) return []
  const due = dueAt(execution)
  const minutes = due === undefined ? undefined : Math.floor((due - finish) / MINUTE)
  const against =
    minutes === undefined
      ? ''
      : minutes < 0
        ? ` – ⚠️ ${minutesInWords(-minutes)} late`
        : ` – ${minutesInWords(minutes)} to spare`
  const names = ahead.map(({ name }) => clip(name, 60))
  const path = names.length > 3 ? [...names.slice(0, 2), '…', names.at(-1)] : names
  return [['Forecast', ['done ', minute(finish), against, ` · waits for ${path.join(' → ')}`]]]
}

function waitedFor(execution: Execution, now: Date): Row[] {
  const minutes = Math.floor(waited(execution, now) / MINUTE)
  return minutes < 1 ? [] : [['Waited for people', [minutesInWords(minutes)]]]
}

const MINUTE = 60_000
const minute = (at: number) => clockTime(new Date(Math.floor(at / MINUTE) * MINUTE).toISOString())

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

type RunStatus = ReturnType<typeof statusOf>

const SYMBOL = {
  PENDING: '⏳',
  IN_PROGRESS: '⏳',
  PENDING_APPROVAL: '✋',
  COMPLETED: '✅',
  FAILED: '❌',
  CANCELLED: '🚫',
  PAUSED: '⏸',
  ABANDONED: '🚫',
} as const satisfies Record<RunStatus, string>

const TONE = {
  PENDING: 'neutral',
  IN_PROGRESS: 'neutral',
  PENDING_APPROVAL: 'attention',
  COMPLETED: 'good',
  FAILED: 'bad',
  CANCELLED: 'neutral',
  PAUSED: 'attention',
  ABANDONED: 'bad',
} as const satisfies Record<RunStatus, Card['tone']>
