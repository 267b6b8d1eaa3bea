import { type Execution, isFinished, statusOf, taskOf } from '../domain/execution.ts'
import { dueAt, forecast, waited } from '../domain/forecast.ts'
import type { Task } from '../domain/task.ts'
import { isOver, type Status } from '../domain/transitions.ts'
import type { Block, Card, Rich } from './card.ts'
import {
  because,
  capital,
  clip,
  clockTime,
  HEADING_LIMIT,
  listed,
  MODE_WORDS,
  minutesInWords,
  who,
} from './in-words.ts'
import { outcomeFacts, outcomeText } from './outcome-card.ts'
import { stepsOf } from './steps.ts'
import { say } from './words/index.ts'

/** The run at a glance: one message, repainted as it goes. */
export function headlineCard(execution: Execution, now: Date): Card {
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${execution.plan.name}`, HEADING_LIMIT)
  const tasks = [...execution.tasks.values()]
  const finished = isFinished(execution)
  const state = stateLine(execution)
  const { label, startedBy } = say().thread.headline
  const rows = finished
    ? outcomeFacts(execution)
    : [
        [label.progress, [progressAndGates(tasks)]] as const,
        ...waiting(tasks),
        ...row(label.running, tasks, 'IN_PROGRESS'),
        ...row(label.onHold, tasks, 'PAUSED'),
        [label.time, timing(execution, now)] as const,
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
      text: [...startedBy(who(execution.startedBy), execution.id), ...because(execution.reason)],
    },
  ]
  const said = finished
    ? outcomeText(execution)
    : say().thread.headline.state(say().core.runStatus[statusOf(execution)], progress(tasks))
  return { text: `${heading}: ${said}`, tone: TONE[statusOf(execution)], blocks }
}

function stateLine(execution: Execution): Rich {
  const { paused, cancelled } = execution
  const finished = isFinished(execution)
  if (cancelled && !finished) {
    const { cancelling } = say().thread.headline
    return [...cancelling(who(cancelled.by), clockTime(cancelled.at)), ...because(cancelled.reason)]
  }
  if (paused && !finished) {
    return say().thread.headline.paused(who(paused.by), clockTime(paused.at), because(paused.reason))
  }
  if (finished) return [outcomeText(execution)]
  const status = statusOf(execution)
  return [`${SYMBOL[status]} ${capital(say().core.runStatus[status])}`]
}

/** "7 of 12 tasks done". */
export const progress = (tasks: readonly Task[]): string =>
  say().thread.headline.done(tasks.filter(({ status }) => isOver(status)).length, tasks.length)

type Row = readonly [label: string, value: Rich]

function waiting(tasks: readonly Task[]): Row[] {
  const { label } = say().thread.headline
  return [...row(label.failed, tasks, 'FAILED'), ...row(label.approval, tasks, 'PENDING_APPROVAL')]
}

function row(label: string, tasks: readonly Task[], status: Status): Row[] {
  const names = tasks.filter((task) => task.status === status).map(({ name }) => clip(name, 80))
  return names.length > 0 ? [[label, [listed(names)]]] : []
}

/** "7 of 12 tasks done · approvals 1 of 2". */
function progressAndGates(tasks: readonly Task[]): string {
  const gates = tasks.filter(({ type }) => type === 'approval')
  if (gates.length === 0) return progress(tasks)
  const approved = gates.filter(({ status }) => isOver(status)).length
  return say().thread.headline.doneAndApproved(progress(tasks), approved, gates.length)
}

/** The minute is enough: a headline that changes each second would only be noise. */
function timing(execution: Execution, now: Date): Rich {
  const { rtoMinutes } = execution.objectives
  const { since, objective } = say().thread.headline
  const soFar = since(elapsed(execution, now), clockTime(execution.startedAt))
  const due = dueAt(execution)
  if (rtoMinutes === undefined || due === undefined) return soFar
  const against = now.getTime() > due ? objective.exceeded : objective.ahead
  return [...soFar, ...against(minutesInWords(rtoMinutes), minute(due))]
}

const elapsed = ({ startedAt }: Execution, now: Date): string => {
  const minutes = Math.floor((now.getTime() - Date.parse(startedAt)) / MINUTE)
  return minutes < 1 ? say().thread.headline.underAMinute : minutesInWords(minutes)
}

/** When it will be done if all goes as expected, against the objective, and which tasks decide that. */
function expected(execution: Execution, now: Date): Row[] {
  const { finish, critical } = forecast(execution, now)
  const ahead = critical.map((id) => taskOf(execution, id)).filter(({ status }) => !isOver(status))
  if (ahead.length === 0) return []
  const due = dueAt(execution)
  const minutes = due === undefined ? undefined : Math.floor((due - finish) / MINUTE)
  const names = ahead.map(({ name }) => clip(name, 60))
  const path = (names.length > 3 ? [...names.slice(0, 2), '…', names.at(-1)] : names).join(' → ')
  const { label, forecast: says } = say().thread.headline
  const done = minute(finish)
  if (minutes === undefined) return [[label.forecast, says.plain(done, path)]]
  if (minutes < 0) return [[label.forecast, says.late(done, minutesInWords(-minutes), path)]]
  return [[label.forecast, says.early(done, minutesInWords(minutes), path)]]
}

function waitedFor(execution: Execution, now: Date): Row[] {
  const minutes = Math.floor(waited(execution, now) / MINUTE)
  return minutes < 1 ? [] : [[say().thread.headline.label.waited, [minutesInWords(minutes)]]]
}

const MINUTE = 60_000
const minute = (at: number) => clockTime(new Date(Math.floor(at / MINUTE) * MINUTE).toISOString())

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
