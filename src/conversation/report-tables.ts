import type { AfterAction } from '../domain/after-action.ts'
import type { DecisionMade } from '../domain/after-action-decisions.ts'
import type { Deviation } from '../domain/after-action-deviations.ts'
import type { FailureSeen } from '../domain/after-action-failures.ts'
import type { TaskReport } from '../domain/after-action-tasks.ts'
import type { Wait } from '../domain/after-action-waiting.ts'
import { opensTheWay } from '../domain/transitions.ts'
import { DONE_WORDS, FAILURE_WORDS, STATUS_WORDS } from './in-words.ts'
import type { Block, Section } from './report-document.ts'
import { actor, beside, bounded, namesOf, plainLine, type Times, took } from './report-words.ts'

/** More rows than these nobody reads; all of them are in the JSON. */
const MOST = { decisions: 60, failures: 40, deviations: 40, waits: 20, tasks: 60 } as const

/** As a reader's own words; a message of AWS may be as long as a page. */
const SAID = 300

/** Who decided, what failed, what went another way, what was waited for, and each task. */
export function tableSections(report: AfterAction, time: Times): Section[] {
  const name = namesOf(report)
  const { failures, deviations, waiting } = report
  return [
    { heading: 'Decisions', blocks: [decisions(report, time, name)] },
    { heading: 'Failures', blocks: orNone(failures, 'No attempt failed.', () => failed(report, time, name)) },
    {
      heading: 'Deviations from the plan',
      blocks: orNone(deviations, 'None: everything went as planned.', () => deviated(report, time, name)),
    },
    {
      heading: 'Waiting for people',
      blocks: orNone(waiting.waits, 'Nobody was waited for.', () => waited(report, time, name)),
    },
    { heading: 'Tasks', blocks: [tasks(report, time)] },
  ]
}

type NameOf = (id: string | undefined) => string

const orNone = (all: readonly unknown[], none: string, table: () => Block): Block[] =>
  all.length > 0 ? [table()] : [{ kind: 'text', text: [none] }]

const DECISION_WORDS = {
  ...DONE_WORDS,
  vote: 'voted',
  start: 'declared, and started the run',
  pause: 'paused the run',
  resume: 'resumed the run',
  cancel: 'cancelled the run',
} as const satisfies Record<DecisionMade['what'], string>

function decisions({ decisions: made }: AfterAction, time: Times, name: NameOf) {
  const columns = [
    { title: 'Time', weight: 9 },
    { title: 'Who', weight: 22 },
    { title: 'Decision', weight: 27 },
    { title: 'Reason', weight: 21 },
    { title: 'Waited for', weight: 10 },
    { title: 'Receipt', weight: 11 },
  ]
  const rows = made.map(
    ({ at, by, what, vote, breakGlass, task, attempt = 1, reason, waitedMinutes, receipt }) => ({
      cells: [
        [time.clock(at)],
        actor(by),
        [
          breakGlass ? 'BREAK GLASS · ' : '',
          task === undefined ? DECISION_WORDS[what] : `${name(task)}: ${DECISION_WORDS[what]}`,
          vote ? ` to ${vote}` : '',
          attempt > 1 ? ` (attempt ${attempt})` : '',
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
  const columns = [
    { title: 'Time', weight: 9 },
    { title: 'Task', weight: 23 },
    { title: 'What happened', weight: 43 },
    { title: 'What became of it', weight: 25 },
  ]
  const rows = failures.map((failure) => ({
    cells: [
      [time.clock(failure.at)],
      [`${name(failure.task)}${failure.attempt > 1 ? ` (attempt ${failure.attempt})` : ''}`],
      [`It ${FAILURE_WORDS[failure.kind]}: ${plainLine(failure.message, SAID)}`],
      [becameOf(failure, time)],
    ],
    ...(failure.became ? {} : { tone: 'bad' as const }),
  }))
  return bounded(columns, rows, MOST.failures)
}

function becameOf({ became }: FailureSeen, time: Times): string {
  if (!became) return 'It stands.'
  const { event, by, at } = became
  const words: { readonly [event: string]: string | undefined } = DONE_WORDS
  return `${words[event] ?? CAME_TO[event] ?? event} by ${plainLine(by.name, 60)} at ${time.clock(at)}`
}

const CAME_TO: { readonly [event: string]: string | undefined } = { cancel: 'cancelled' }

function deviated({ deviations }: AfterAction, time: Times, name: NameOf) {
  const columns = [
    { title: 'Time', weight: 9 },
    { title: 'Task', weight: 29 },
    { title: 'Deviation', weight: 32 },
    { title: 'Reason', weight: 30 },
  ]
  const rows = deviations.map((one) => ({
    cells: [[time.clock(one.at)], [name(one.task)], [deviation(one)], [reasonOf(one)]],
    ...(one.kind === 'abandoned' || one.kind === 'cancelled' ? { tone: 'bad' as const } : {}),
  }))
  return bounded(columns, rows, MOST.deviations)
}

const DEVIATION_WORDS = {
  skipped: 'skipped',
  abandoned: 'abandoned',
  cancelled: 'cancelled',
  retried: 'tried again',
  adopted: 'taken over where it already ran',
  expired: 'not decided in time',
  held: 'put on hold',
} as const satisfies Record<Exclude<Deviation['kind'], 'late'>, string>

const deviation = (one: Deviation): string =>
  one.kind === 'late'
    ? `took ${took(one.minutes)} longer than planned`
    : `${DEVIATION_WORDS[one.kind]}${one.kind === 'expired' ? '' : ` by ${plainLine(one.by.name, 60)}`}`

const reasonOf = (one: Deviation): string =>
  one.kind !== 'late' && one.reason ? plainLine(one.reason, SAID) : '–'

function waited({ waiting }: AfterAction, time: Times, name: NameOf) {
  const columns = [
    { title: 'From', weight: 10 },
    { title: 'Task', weight: 27 },
    { title: 'Waited for', weight: 18 },
    { title: 'How long', weight: 12, align: 'right' as const },
    { title: 'On the critical path', weight: 13 },
    { title: 'Ended by', weight: 20 },
  ]
  const longest = waiting.waits.toSorted((a, b) => b.minutes - a.minutes)
  const rows = longest.map((wait) => ({
    cells: [
      [time.clock(wait.from)],
      [name(wait.task)],
      [wait.for === 'approval' ? 'an approval' : 'a decision on a failure'],
      [took(wait.minutes)],
      [wait.critical ? 'yes' : 'no'],
      [endOf(wait)],
    ],
  }))
  return bounded(columns, rows, MOST.waits)
}

function endOf({ endedBy }: Wait): string {
  if (!endedBy) return 'nobody yet'
  return endedBy.event === 'expire' ? 'its time running out' : plainLine(endedBy.by.name, 60)
}

function tasks(report: AfterAction, time: Times) {
  const columns = [
    { title: 'Task', weight: 29 },
    { title: 'Planned', weight: 11, align: 'right' as const },
    { title: 'Took', weight: 11, align: 'right' as const },
    { title: 'From – to', weight: 18 },
    { title: 'Tries', weight: 7, align: 'right' as const },
    { title: 'Ended', weight: 13 },
    { title: 'Against plan', weight: 11 },
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
      [STATUS_WORDS[task.status]],
      [task.lateMinutes === undefined ? '–' : beside(task.lateMinutes)],
    ],
    ...toneOf(task),
  }))
  const table = bounded(columns, rows, MOST.tasks, report.tasks.length)
  const mark = '◆ lies on the critical path: what the end of the run waited for.'
  return table.rest === undefined
    ? { ...table, rest: mark }
    : { ...table, rest: `${mark} Shown are those that failed, ended late or took longest. ${table.rest}` }
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
