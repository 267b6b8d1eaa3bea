import type { AfterAction } from '../domain/after-action.ts'
import type { DecisionMade } from '../domain/after-action-decisions.ts'
import type { Deviation } from '../domain/after-action-deviations.ts'
import type { FailureSeen } from '../domain/after-action-failures.ts'
import type { TaskReport } from '../domain/after-action-tasks.ts'
import type { Wait } from '../domain/after-action-waiting.ts'
import { opensTheWay } from '../domain/transitions.ts'
import { emergency } from './gate-in-words.ts'
import { failureText } from './in-words.ts'
import type { Block, Section } from './report-document.ts'
import { actor, beside, bounded, namesOf, plainLine, type Times, took } from './report-words.ts'
import { say } from './words/index.ts'

/** More rows than these nobody reads; all of them are in the JSON. */
const MOST = { decisions: 60, failures: 40, deviations: 40, waits: 20, tasks: 60 } as const

/** As a reader's own words; a message of AWS may be as long as a page. */
const SAID = 300

/** Who decided, what failed, what went another way, what was waited for, and each task. */
export function tableSections(report: AfterAction, time: Times): Section[] {
  const name = namesOf(report)
  const { failures, deviations, waiting } = report
  const words = say().report
  return [
    { heading: words.decisions.heading, blocks: [decisions(report, time, name)] },
    {
      heading: words.failures.heading,
      blocks: orNone(failures, words.failures.none, () => failed(report, time, name)),
    },
    {
      heading: words.deviations.heading,
      blocks: orNone(deviations, words.deviations.none, () => deviated(report, time, name)),
    },
    {
      heading: words.waits.heading,
      blocks: orNone(waiting.waits, words.waits.none, () => waited(report, time, name)),
    },
    { heading: words.tasks.heading, blocks: [tasks(report, time)] },
  ]
}

type NameOf = (id: string | undefined) => string

const orNone = (all: readonly unknown[], none: string, table: () => Block): Block[] =>
  all.length > 0 ? [table()] : [{ kind: 'text', text: [none] }]

function decisions({ decisions: made }: AfterAction, time: Times, name: NameOf) {
  const words = say().report
  const titles = words.decisions.columns
  const columns = [
    { title: titles.time, weight: 9 },
    { title: titles.who, weight: 22 },
    { title: titles.decision, weight: 27 },
    { title: titles.reason, weight: 21 },
    { title: titles.waited, weight: 10 },
    { title: titles.receipt, weight: 11 },
  ]
  const done: Record<DecisionMade['what'], string> = { ...say().core.done, ...words.decisions.done }
  const rows = made.map(
    ({ at, by, what, vote, breakGlass, task, attempt = 1, reason, waitedMinutes, receipt }) => ({
      cells: [
        [time.clock(at)],
        actor(by),
        [
          breakGlass ? `${emergency(breakGlass, words)} · ` : '',
          task === undefined ? '' : `${name(task)}: `,
          vote ? words.votedTo[vote] : done[what],
          attempt > 1 ? words.attempt(attempt) : '',
        ],
        [reason ? plainLine(reason, SAID) : '–'],
        [waitedMinutes === undefined ? '–' : took(waitedMinutes)],
        receipt ? [{ kind: 'code' as const, text: receipt }] : ['–'],
      ],
    }),
  )
  return bounded(columns, rows, MOST.decisions)
}

function failed({ failures }: AfterAction, time: Times, name: NameOf) {
  const words = say().report
  const titles = words.failures.columns
  const columns = [
    { title: titles.time, weight: 9 },
    { title: titles.task, weight: 23 },
    { title: titles.what, weight: 43 },
    { title: titles.became, weight: 25 },
  ]
  const rows = failures.map((failure) => ({
    cells: [
      [time.clock(failure.at)],
      [`${name(failure.task)}${failure.attempt > 1 ? words.attempt(failure.attempt) : ''}`],
      [words.failures.what[failure.kind](plainLine(failureText(failure), SAID))],
      [becameOf(failure, time)],
    ],
    ...(failure.became ? {} : { tone: 'bad' as const }),
  }))
  return bounded(columns, rows, MOST.failures)
}

function becameOf({ became }: FailureSeen, time: Times): string {
  const words = say().report.failures
  if (!became) return words.stands
  const { event, by, at } = became
  const done: { readonly [event: string]: string | undefined } = {
    cancel: words.cancelled,
    ...say().core.done,
  }
  return words.became(done[event] ?? event, plainLine(by.name, 60), time.clock(at))
}

function deviated({ deviations }: AfterAction, time: Times, name: NameOf) {
  const titles = say().report.deviations.columns
  const columns = [
    { title: titles.time, weight: 9 },
    { title: titles.task, weight: 29 },
    { title: titles.deviation, weight: 32 },
    { title: titles.reason, weight: 30 },
  ]
  const rows = deviations.map((one) => ({
    cells: [[time.clock(one.at)], [name(one.task)], [deviation(one)], [reasonOf(one)]],
    ...(one.kind === 'abandoned' || one.kind === 'cancelled' ? { tone: 'bad' as const } : {}),
  }))
  return bounded(columns, rows, MOST.deviations)
}

function deviation(one: Deviation): string {
  const words = say().report.deviations
  return one.kind === 'late'
    ? words.late(took(one.minutes))
    : words.what[one.kind](plainLine(one.by.name, 60))
}

const reasonOf = (one: Deviation): string =>
  one.kind !== 'late' && one.reason ? plainLine(one.reason, SAID) : '–'

function waited({ waiting }: AfterAction, time: Times, name: NameOf) {
  const words = say().report.waits
  const titles = words.columns
  const columns = [
    { title: titles.from, weight: 10 },
    { title: titles.task, weight: 27 },
    { title: titles.for, weight: 18 },
    { title: titles.long, weight: 12, align: 'right' as const },
    { title: titles.critical, weight: 13 },
    { title: titles.endedBy, weight: 20 },
  ]
  const longest = waiting.waits.toSorted((a, b) => b.minutes - a.minutes)
  const rows = longest.map((wait) => ({
    cells: [
      [time.clock(wait.from)],
      [name(wait.task)],
      [words.for[wait.for]],
      [took(wait.minutes)],
      [wait.critical ? words.critical : words.notCritical],
      [endOf(wait)],
    ],
  }))
  return bounded(columns, rows, MOST.waits)
}

function endOf({ endedBy }: Wait): string {
  const words = say().report.waits
  if (!endedBy) return words.nobodyYet
  return endedBy.event === 'expire' ? words.ranOut : plainLine(endedBy.by.name, 60)
}

function tasks(report: AfterAction, time: Times) {
  const words = say().report.tasks
  const titles = words.columns
  const columns = [
    { title: titles.task, weight: 29 },
    { title: titles.planned, weight: 11, align: 'right' as const },
    { title: titles.took, weight: 11, align: 'right' as const },
    { title: titles.fromTo, weight: 18 },
    { title: titles.tries, weight: 7, align: 'right' as const },
    { title: titles.ended, weight: 13 },
    { title: titles.against, weight: 11 },
  ]
  const shown = worthShowing(report.tasks)
  const name = namesOf(report)
  const rows = shown.map((task) => ({
    cells: [
      [`${task.critical ? '◆ ' : ''}${name(task.id)}`],
      [took(task.planned.minutes)],
      [task.actual ? took(task.actual.minutes) : '–'],
      [
        task.actual
          ? `${time.clock(task.actual.from)} – ${task.actual.to ? time.clock(task.actual.to) : ''}`
          : '–',
      ],
      [String(task.attempts)],
      [words.status[task.status]],
      [task.lateMinutes === undefined ? '–' : beside(task.lateMinutes)],
    ],
    ...toneOf(task),
  }))
  const table = bounded(columns, rows, MOST.tasks, report.tasks.length)
  return table.rest === undefined
    ? { ...table, rest: words.critical }
    : { ...table, rest: `${words.critical} ${words.shown} ${table.rest}` }
}

const toneOf = ({ status }: TaskReport) => {
  if (status === 'FAILED' || status === 'ABANDONED' || status === 'CANCELLED') return { tone: 'bad' as const }
  return status === 'SKIPPED' ? { tone: 'quiet' as const } : {}
}

/** In the plan's order; of too many those that failed, did not complete, ended late or took longest. */
function worthShowing(all: readonly TaskReport[]): readonly TaskReport[] {
  if (all.length <= MOST.tasks) return all
  const weight = ({ status, failures, overMinutes = 0, actual }: TaskReport) =>
    (opensTheWay(status) && failures === 0 ? 0 : 1e9) +
    Math.max(0, overMinutes) * 1e4 +
    (actual?.minutes ?? 0)
  const chosen = new Set(all.toSorted((a, b) => weight(b) - weight(a)).slice(0, MOST.tasks))
  return all.filter((task) => chosen.has(task))
}
