import type { Change, ChangeRecord, Moved } from '../domain/change.ts'
import { asksSince } from '../domain/escalation.ts'
import { type Execution, taskOf } from '../domain/execution.ts'
import { withoutSecrets } from '../domain/secret-in.ts'
import { sendingOf, type TaskId } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import type { Rich } from './card.ts'
import { deciders } from './decided-card.ts'
import { inBulk } from './in-bulk.ts'
import {
  because,
  clip,
  clockTime,
  code,
  count,
  duration,
  failureText,
  listed,
  MODE_WORDS,
  strong,
  who,
} from './in-words.ts'
import { logLines } from './log-lines.ts'
import { say } from './words/index.ts'

/** A start that fails again and again is told the first time, and then every fifth: in between there is nothing new to say. */
const TRIES_PER_LINE = 5

/**
 * The records as the thread tells them, a line per change; what only the machinery cares about has none, and what many
 * tasks do alike has one for all of them.
 */
export function linesFor(records: readonly ChangeRecord[], execution: Execution): Rich[] {
  const triesBefore = countTries(records, execution)
  const bulk = inBulk(records, execution)
  const together = takenAlong(records, execution)
  return records.flatMap((record) => [
    ...record.changes.flatMap((change) => {
      if (change.what !== 'withdrawn') return bulk.get(change) ?? lineFor(change, record, execution)
      const before = triesBefore.get(attemptOf(change))
      if (before === undefined) return []
      triesBefore.set(attemptOf(change), before + 1)
      return before % TRIES_PER_LINE === 0 ? [withdrawnLine(change, execution)] : []
    }),
    ...(together.get(record) ?? []),
  ])
}

type Withdrawn = Extract<Change, { what: 'withdrawn' }>

const attemptOf = ({ task, attempt }: Withdrawn) => `${task}@${attempt}`

/**
 * How many tries of each attempt were taken back before these records: the state counts all of them. What has been started
 * since, or is another attempt by now, is not in here: that it once could not start is no news any more.
 */
function countTries(records: readonly ChangeRecord[], execution: Execution): Map<string, number> {
  const counted = new Map<string, number>()
  for (const { version, changes } of records) {
    for (const change of changes) {
      if (change.what !== 'withdrawn') continue
      const task = taskOf(execution, change.task)
      const sending = sendingOf(task)
      if (task.attempt !== change.attempt || !sending) continue
      const before = counted.get(attemptOf(change)) ?? sending.tries
      counted.set(attemptOf(change), version > execution.version ? before : before - 1)
    }
  }
  return counted
}

const withdrawnLine = ({ task, trouble, notBefore }: Withdrawn, execution: Execution): Rich =>
  line().couldNotStart(name(execution, task), text(trouble), clockTime(notBefore))

function lineFor(change: Exclude<Change, Withdrawn>, record: ChangeRecord, execution: Execution): Rich[] {
  const by = who(record.by)
  switch (change.what) {
    case 'begun': {
      const { plan, mode, startedBy, reason } = execution
      return [[...line().begun(MODE_WORDS[mode], plan.name, who(startedBy)), ...because(reason)]]
    }
    case 'moved':
      return movedLine(change, record, execution)
    case 'escalated': {
      const since = asksSince(taskOf(execution, change.task)) ?? Date.parse(record.at)
      const says = line().escalated[change.rung]
      return [says(name(execution, change.task), clockTime(new Date(since).toISOString()))]
    }
    case 'voted':
      return votedLines(change, record, execution)
    case 'queued': {
      if (change.again) return []
      const task = name(execution, change.task)
      const what = text(change.because)
      return [change.place ? line().queuedAt(task, what, change.place) : line().queued(task, what)]
    }
    case 'intended':
      return []
    case 'running': {
      const says = change.adopted ? line().foundAgain : line().running
      return [says(name(execution, change.task), under(change.references))]
    }
    case 'progressed':
      return logLines(change.lines).map((said) => [name(execution, change.task), `: ${text(said)}`])
    case 'noted': {
      const noted = text(change.text)
      return [change.from ? line().notedFor(change.from.by, noted, by) : line().noted(by, noted)]
    }
    case 'assigned': {
      const { taken, given, givenBack } = line().role[change.role]
      if (!change.person) return [givenBack(by)]
      const person = who(change.person)
      return [change.person.id === record.by.id ? taken(person) : given(person, by)]
    }
    case 'room-opened':
      return [line().roomOpened(by)]
    case 'room-closed':
      return [line().roomClosed(by)]
    case 'paused':
    case 'resumed':
    case 'cancelled':
      return [[...line()[change.what](by), ...because(change.reason)]]
  }
}

/** Where it settles the gate, the move in the same record says so; an emergency is told all the same. */
function votedLines(
  vote: Extract<Change, { what: 'voted' }>,
  record: ChangeRecord,
  execution: Execution,
): Rich[] {
  const isSettled = record.changes.some((one) => one.what === 'moved' && one.task === vote.task)
  const says = line().says[vote.for]
  const { counts, wantsMore, withoutSignIn } = line().breakGlass
  const said = [
    ...says(name(execution, vote.task), who(record.by)),
    ...because(vote.reason),
    ...(vote.breakGlass === 'without-sign-in' ? [withoutSignIn] : []),
  ]
  if (vote.breakGlass) return [isSettled ? counts(said) : wantsMore(said)]
  return isSettled ? [] : [line().voteWantsMore(said)]
}

function movedLine(move: Moved, record: ChangeRecord, execution: Execution): Rich[] {
  const task = name(execution, move.task)
  const by = who(record.by)
  const reason = because(move.reason)
  switch (move.event) {
    case 'start':
      return [move.attempt > 1 ? line().startedAgain(task, move.attempt) : line().started(task)]
    case 'complete': {
      const took = timeOf(move, record, execution)
      const completed = took === undefined ? line().completed(task) : line().completedIn(task, took)
      return [[...completed, ...summary(move)]]
    }
    case 'fail':
    case 'expire': {
      // Where people must decide, its card says so, with the same words and the buttons.
      if (hasCard(move, execution)) return []
      const { status, failure } = say().core
      const how = move.failure ? failure[move.failure.kind] : status.FAILED
      return [line().failed(task, how, text(move.failure ? failureText(move.failure) : ''))]
    }
    case 'decline':
      return [line().declined(task, text(move.failure ? failureText(move.failure) : line().nobodyDecided))]
    case 'approve':
      return [[...line().approved(task, whose(move, record, execution)), ...reason]]
    case 'reject':
      return [[...line().rejected(task, by), ...reason]]
    case 'adopt':
      return [[...line().adopted(task, under(move.references ?? []), by), ...reason]]
    case 'retry':
      return [line().retried(task, by, reason, move.attempt)]
    case 'skip':
      return [[...line().skipped(task, by), ...reason]]
    case 'abandon':
      return [[...line().abandoned(task, by), ...reason]]
    case 'hold':
      return [[...line().onHold(task, by), ...reason]]
    case 'release':
      return [[...line().released(task, by), ...reason]]
    case 'cancel':
      return move.summary ? [[...line().taskCancelled(task), ...summary(move)]] : []
    case 'askApproval':
      // Its card says so, with the buttons.
      return []
    case 'cascade':
    case 'revive':
      // Told together: one decision may take ninety tasks along.
      return []
  }
}

/** The state has the votes of its attempt alone. */
function whose(move: Moved, { by }: ChangeRecord, execution: Execution): Rich {
  const task = taskOf(execution, move.task)
  return task.attempt === move.attempt ? deciders(task, { event: 'approve', by }) : [who(by)]
}

function hasCard({ task: id, attempt }: Moved, execution: Execution): boolean {
  const task = taskOf(execution, id)
  return task.attempt === attempt && waitsForPeople(execution, task)
}

/** What one decision took along, told once with the last record of it: a branch is given up task by task. */
function takenAlong(records: readonly ChangeRecord[], execution: Execution): Map<ChangeRecord, Rich[]> {
  const lines = new Map<ChangeRecord, Rich[]>()
  for (const event of TOGETHER) {
    const isOne = (change: Change) => change.what === 'moved' && change.event === event && !change.summary
    const last = records.findLast(({ changes }) => changes.some(isOne))
    if (!last) continue
    const moved = records.flatMap(({ changes }) => changes.filter(isOne))
    const names = moved.flatMap((change) => ('task' in change ? [taskOf(execution, change.task).name] : []))
    const told = line().together[event](count(names.length, 'task'), listed(names, 10))
    lines.set(last, [...(lines.get(last) ?? []), [told]])
  }
  return lines
}

const TOGETHER = ['cascade', 'revive', 'cancel'] as const

/** The duration of the attempt, where the state still holds that attempt. */
function timeOf(move: Moved, record: ChangeRecord, execution: Execution): string | undefined {
  const { attempt, startedAt } = taskOf(execution, move.task)
  return attempt === move.attempt && startedAt ? duration(startedAt, record.at) : undefined
}

/** The first names what runs; the others may be many, e.g. every record that a DNS change replaces. */
function under([first, ...others]: readonly string[]): Rich {
  if (first === undefined) return []
  return [': ', code(clip(first, 200)), others.length > 0 ? line().moreReferences(others.length) : '']
}

const line = () => say().thread.line

const summary = (move: Moved): Rich => (move.summary ? [`: ${text(move.summary)}`] : [])

const name = (execution: Execution, id: TaskId) => strong(clip(taskOf(execution, id).name, 100))

const text = (said: string): string => clip(withoutSecrets(said), 500)
