import type { Execution } from '../domain/execution.ts'
import type { Task, TaskId } from '../domain/task.ts'
import { clip, count, duration, listed } from './in-words.ts'
import {
  ALT_LIMIT,
  MODE_SIGNS,
  nameOf,
  type Span,
  STATUS_SYMBOLS,
  type TimelinePicture,
  type TimelineRow,
  visible,
} from './picture.ts'
import { rowsThatMatter } from './rows-that-matter.ts'
import { clockFor, ticksFor } from './time-axis.ts'
import { earliest, type Facts, factsOf, later, latest, outcome } from './timeline-facts.ts'
import { say } from './words/index.ts'

/** A finished run with its plan beside it. All times are ISO. */
export interface TimelineOf {
  readonly execution: Execution
  readonly tasks: readonly TimelineTask[]
  readonly waits: readonly PeopleWait[]
}

export interface TimelineTask {
  readonly id: TaskId
  readonly planned: Span
  /** Absent: it never started. */
  readonly actual?: Span
  /** On the critical path: had it been faster, the run would have been. */
  readonly critical: boolean
}

/** A stretch in which nothing was missing but people. */
export interface PeopleWait extends Span {
  /** The task that waited; absent where the whole run did, e.g. while it was paused. */
  readonly task?: TaskId
  /** "approval of DNS cutover". */
  readonly what: string
}

/** The run as a timeline, planned against actual. `zone` is an IANA name: all times are read in it. */
export function timelinePicture(run: TimelineOf, zone = 'UTC'): TimelinePicture {
  const { execution } = run
  const facts = factsOf(run)
  const span = spanOf(run, facts)
  const rows = rowsThatMatter(rowsOf(run))
  const left = run.tasks.length - rows.filter(({ state }) => state !== undefined).length
  const clock = clockFor(zone, span)
  const words = say().pictures.timeline
  return {
    kind: 'timeline',
    mode: execution.mode,
    means: say().pictures.means[execution.mode],
    title: nameOf(execution.plan),
    subtitle: outcome(facts),
    alt: alt(run, facts, clock, zone),
    span,
    ticks: ticksFor(zone, span),
    zone,
    legend: { ...words.legend, zone: words.legend.zone(zone) },
    ...(facts.objective
      ? { objective: { at: facts.objective, label: words.objective(clock(facts.objective)) } }
      : {}),
    rows,
    ...(left > 0 ? { remark: words.leftOut(count(left, 'task')) } : {}),
  }
}

/** From the start to whatever was last; the objective too, unless it would squeeze the rest. */
function spanOf({ tasks, waits }: TimelineOf, { start, end, plannedEnd, objective }: Facts): Span {
  const from = earliest([start, ...tasks.map(({ planned }) => planned.from)])
  const to = latest([end, plannedEnd, ...waits.map((wait) => wait.to)])
  const isNear =
    objective !== undefined &&
    Date.parse(objective) - Date.parse(from) <= 1.6 * (Date.parse(to) - Date.parse(from))
  const last = isNear ? latest([to, objective]) : to
  return { from, to: last === from ? later(from, 1) : last }
}

function rowsOf({ execution, tasks, waits }: TimelineOf): TimelineRow[] {
  const ofRun = waits
    .filter(({ task }) => task === undefined)
    .map((wait, index) => ({
      id: `wait-${index}`,
      label: clip(visible(wait.what), 120),
      symbol: '‖',
      note: say().pictures.timeline.waiting(duration(wait.from, wait.to)),
      critical: false,
      waits: [wait],
    }))
  const ofTasks = tasks.flatMap((each): TimelineRow[] => {
    const task = execution.tasks.get(each.id)
    if (!task) return []
    return [
      rowOf(
        task,
        each,
        waits.filter((wait) => wait.task === each.id),
      ),
    ]
  })
  return [...ofRun, ...ofTasks]
}

function rowOf(task: Task, { planned, actual, critical }: TimelineTask, waits: readonly Span[]): TimelineRow {
  const words = say().pictures.timeline
  const took = actual ? duration(actual.from, actual.to) : words.neverStarted
  const note =
    task.status === 'COMPLETED'
      ? words.tookOfPlanned(took, duration(planned.from, planned.to))
      : `${say().core.status[task.status]} · ${took}`
  return {
    id: task.id,
    label: nameOf(task),
    state: task.status,
    symbol: STATUS_SYMBOLS[task.status],
    note,
    critical,
    planned,
    ...(actual ? { actual } : {}),
    waits,
  }
}

function alt(run: TimelineOf, facts: Facts, clock: (at: string) => string, zone: string): string {
  const { execution, tasks, waits } = run
  const name = (id: TaskId) => clip(nameOf(execution.tasks.get(id) ?? { id, name: '' }), 60)
  const critical = tasks
    .filter((task) => task.critical)
    .sort((a, b) => Date.parse((a.actual ?? a.planned).from) - Date.parse((b.actual ?? b.planned).from))
  const longest = [...waits].sort((a, b) => length(b) - length(a))
  const stopped = [...execution.tasks.values()].filter(({ status }) => UNHAPPY.has(status))
  const { means, timeline: words } = say().pictures
  const says = (sentence: (names: string) => string, names: readonly string[], most: number) =>
    names.length > 0 ? [sentence(listed(names, most))] : []
  const { mode } = execution
  const [start, end, planned] = [clock(facts.start), clock(facts.end), clock(facts.plannedEnd)]
  const sentences = [
    words.alt(MODE_SIGNS[mode].word, means[mode], nameOf(execution.plan)),
    `${outcome(facts)}.`,
    facts.objective
      ? words.timesAndDue(start, end, planned, clock(facts.objective), zone)
      : words.times(start, end, planned, zone),
    ...says(
      words.criticalPath,
      critical.map(({ id }) => name(id)),
      10,
    ),
    ...says(
      words.waitedFor,
      longest.map(({ what, from, to }) =>
        words.waitedFrom(clip(visible(what), 60), duration(from, to), clock(from)),
      ),
      5,
    ),
    ...says(
      words.notCompleted,
      stopped.map(({ id, status }) => `${name(id)} (${say().core.status[status]})`),
      6,
    ),
  ]
  return clip(sentences.join(' '), ALT_LIMIT)
}

const UNHAPPY: ReadonlySet<Task['status']> = new Set(['FAILED', 'SKIPPED', 'ABANDONED', 'CANCELLED'])

const length = ({ from, to }: Span): number => Date.parse(to) - Date.parse(from)
