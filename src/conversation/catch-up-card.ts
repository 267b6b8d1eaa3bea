import type { ChangeRecord } from '../domain/change.ts'
import { type Execution, isFinished, statusOf, taskOf } from '../domain/execution.ts'
import type { TaskId } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import { plainText } from './as-text.ts'
import type { Card, Rich } from './card.ts'
import { progress } from './headline-card.ts'
import { namesOf } from './in-bulk.ts'
import { clockTime, count, listed } from './in-words.ts'
import { outcomeText } from './outcome-card.ts'
import { linesFor } from './thread-line.ts'
import { say } from './words/index.ts'

/** What people did is told in full, up to so many lines. */
const LINES_OF_PEOPLE = 10

/**
 * What happened while nothing could be told, summed up: nobody reads an hour of news line by line. `records` are those that
 * were missed, the oldest first; isFirst: nothing was told here before at all. Undefined where nothing came about in them.
 */
export function catchUpCard(
  records: readonly ChangeRecord[],
  execution: Execution,
  { now, isFirst }: { readonly now: Date; readonly isFirst: boolean },
): Card | undefined {
  const items = [
    ...tally(records, execution),
    ...stillAsked(records, execution),
    ...byPeople(records, execution),
  ]
  if (items.length === 0) return undefined
  const from = clockTime(records[0]?.at ?? execution.startedAt)
  const to = clockTime(now.toISOString())
  const words = say().thread.catchUp
  const head: Rich = isFirst ? words.first(from, to) : words.missed(from, to)
  const state: Rich = [words.now(stateOf(execution))]
  return {
    text: [head, ...items, state].map(plainText).join('\n'),
    tone: 'neutral',
    blocks: [
      { kind: 'text', text: head },
      { kind: 'list', items },
      { kind: 'text', text: state },
    ],
  }
}

const ENDS = [
  ['completed', ['complete']],
  ['failed', ['fail', 'expire', 'decline']],
] as const

function tally(records: readonly ChangeRecord[], execution: Execution): Rich[] {
  const changes = records.flatMap((record) => record.changes)
  return ENDS.flatMap(([end, events]) => {
    const ended = changes.filter(
      (change) => change.what === 'moved' && events.some((event) => event === change.event),
    )
    const names = namesOf(ended, execution)
    return names.length > 0
      ? [[say().thread.catchUp[end](count(names.length, 'task'), listed(names, 3))]]
      : []
  })
}

/** Whom else was asked about what waits even now: the last word on each task. */
function stillAsked(records: readonly ChangeRecord[], execution: Execution): Rich[] {
  const last = new Map<TaskId, ChangeRecord>()
  for (const record of records)
    for (const change of record.changes) {
      if (change.what !== 'escalated') continue
      const task = taskOf(execution, change.task)
      if (task.attempt === change.attempt && waitsForPeople(execution, task))
        last.set(task.id, { ...record, changes: [change] })
    }
  return linesFor([...last.values()], execution)
}

function byPeople(records: readonly ChangeRecord[], execution: Execution): Rich[] {
  const lines = linesFor(
    records.filter(({ by }) => by.kind !== 'engine'),
    execution,
  )
  const more = lines.length - LINES_OF_PEOPLE
  return more > 0 ? [[`… ${count(more, 'earlier line')}`], ...lines.slice(more)] : lines
}

function stateOf(execution: Execution): string {
  if (isFinished(execution)) return outcomeText(execution)
  const tasks = [...execution.tasks.values()]
  const waiting = tasks.filter((task) => waitsForPeople(execution, task)).length
  const status = say().core.runStatus[statusOf(execution)]
  const { headline, catchUp } = say().thread
  if (waiting === 0) return headline.state(status, progress(tasks))
  return catchUp.stateAndWait(status, progress(tasks), catchUp.wait(waiting))
}
