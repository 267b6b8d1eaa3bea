import type { Change, ChangeRecord, Moved } from '../domain/change.ts'
import { asksSince, type Rung } from '../domain/escalation.ts'
import { type Execution, taskOf } from '../domain/execution.ts'
import { withoutSecrets } from '../domain/secret-in.ts'
import { sendingOf, type TaskId } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import type { Rich } from './card.ts'
import { inBulk } from './in-bulk.ts'
import {
  because,
  clip,
  clockTime,
  code,
  count,
  duration,
  FAILURE_WORDS,
  INCIDENT_ROLE_WORDS,
  listed,
  MODE_WORDS,
  strong,
  who,
} from './in-words.ts'

/** A job's log may be long; its end says most. */
const LOG_LINES = 10

/** A start that fails again and again is told the first time, and then every fifth: in between there is nothing new to say. */
const TRIES_PER_LINE = 5

/**
 * The records as the thread tells them, a line per change; what only the machinery cares about has none, and what many
 * tasks do alike has one for all of them.
 */
export function linesFor(records: readonly ChangeRecord[], execution: Execution): Rich[] {
  const triesBefore = countTries(records, execution)
  const bulk = inBulk(records, execution)
  return records.flatMap((record) => [
    ...record.changes.flatMap((change) => {
      if (change.what !== 'withdrawn') return bulk.get(change) ?? lineFor(change, record, execution)
      const before = triesBefore.get(attemptOf(change))
      if (before === undefined) return []
      triesBefore.set(attemptOf(change), before + 1)
      return before % TRIES_PER_LINE === 0 ? [withdrawnLine(change, execution)] : []
    }),
    ...together(record, execution),
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

function withdrawnLine({ task, trouble, notBefore }: Withdrawn, execution: Execution): Rich {
  return [
    '⏳ ',
    name(execution, task),
    ` could not start yet: ${text(trouble)} Next try `,
    clockTime(notBefore),
  ]
}

function lineFor(change: Exclude<Change, Withdrawn>, record: ChangeRecord, execution: Execution): Rich[] {
  switch (change.what) {
    case 'begun': {
      const { plan, mode, startedBy, reason } = execution
      return [[`${MODE_WORDS[mode]} run of ${plan.name} started by `, who(startedBy), ...because(reason)]]
    }
    case 'moved':
      return movedLine(change, record, execution)
    case 'escalated':
      return [
        [
          `🔔 ${HAS_WAITED[change.rung]}: `,
          name(execution, change.task),
          ` waits for a decision since `,
          clockTime(
            new Date(asksSince(taskOf(execution, change.task)) ?? Date.parse(record.at)).toISOString(),
          ),
        ],
      ]
    case 'voted':
      return votedLines(change, record, execution)
    case 'queued':
      return change.again
        ? []
        : [
            [
              '⏳ ',
              name(execution, change.task),
              ` waits in line: ${text(change.because)}${change.place ? ` Place ${change.place} in line.` : ''}`,
            ],
          ]
    case 'intended':
      return []
    case 'running': {
      const found = change.adopted ? 'was found again' : 'runs'
      return [['⏳ ', name(execution, change.task), ` ${found}`, ...under(change.references)]]
    }
    case 'progressed':
      return change.lines.slice(-LOG_LINES).map((line) => [name(execution, change.task), `: ${text(line)}`])
    case 'noted': {
      const { text: noted, from } = change
      return [
        [
          '📝 ',
          from ? from.by : who(record.by),
          `: “${text(noted)}”`,
          from ? [' · noted by ', who(record.by)] : [],
        ].flat(),
      ]
    }
    case 'assigned': {
      const role = INCIDENT_ROLE_WORDS[change.role]
      return [
        change.person
          ? [
              '🎖️ ',
              who(change.person),
              ` is ${role}`,
              ...(change.person.id === record.by.id ? [] : [', made so by ', who(record.by)]),
            ]
          : [`🎖️ Nobody is ${role} any more; `, who(record.by), ' gave it back'],
      ]
    }
    case 'room-opened':
      return [['🚪 War room asked for by ', who(record.by)]]
    case 'room-closed':
      return [['🚪 War room closed by ', who(record.by)]]
    case 'paused':
      return [['⏸ Paused by ', who(record.by), ...because(change.reason)]]
    case 'resumed':
      return [['▶️ Resumed by ', who(record.by), ...because(change.reason)]]
    case 'cancelled':
      return [['🚫 Cancelled by ', who(record.by), ...because(change.reason)]]
  }
}

const HAS_WAITED = {
  'on-call': 'Reminder to those on call',
  others: 'Everybody else who may decide is asked',
  everybody: 'Still nobody has decided',
} as const satisfies Record<Rung, string>

/** Where it settles the gate, the move in the same record says so; an emergency is told all the same. */
function votedLines(
  vote: Extract<Change, { what: 'voted' }>,
  record: ChangeRecord,
  execution: Execution,
): Rich[] {
  const isSettled = record.changes.some((one) => one.what === 'moved' && one.task === vote.task)
  const said = [
    name(execution, vote.task),
    ': ',
    who(record.by),
    ` says ${vote.for}`,
    ...because(vote.reason),
  ]
  if (vote.breakGlass) {
    const next = isSettled
      ? 'That is enough: it counts.'
      : 'One more of those named for emergencies decides it.'
    return [['🚨 BREAK GLASS · ', ...said, `. ${next}`]]
  }
  return isSettled ? [] : [['🗳️ ', ...said, ', and more are needed']]
}

function movedLine(move: Moved, record: ChangeRecord, execution: Execution): Rich[] {
  const task = name(execution, move.task)
  const by: Rich = [' by ', who(record.by), ...because(move.reason)]
  switch (move.event) {
    case 'start':
      return [['⏳ ', task, ' started', move.attempt > 1 ? ` (attempt ${move.attempt})` : '']]
    case 'complete':
      return [['✅ ', task, ` completed${took(move, record, execution)}`, ...summary(move)]]
    case 'fail':
    case 'expire':
      // Where people must decide, its card says so, with the same words and the buttons.
      if (hasCard(move, execution)) return []
      return [
        [
          '❌ ',
          task,
          ` ${move.failure ? FAILURE_WORDS[move.failure.kind] : 'failed'}: ${text(move.failure?.message ?? '')}`,
        ],
      ]
    case 'decline':
      return [
        [
          '🚫 ',
          task,
          ` declined: ${text(move.failure?.message ?? 'nobody decided in time.')} A drill ends so.`,
        ],
      ]
    case 'approve':
      return [['✅ ', task, ' approved', ...by]]
    case 'reject':
      return [['❌ ', task, ' rejected', ...by]]
    case 'adopt':
      return [['🔎 ', task, ' goes on', ...under(move.references ?? []), ', adopted', ...by]]
    case 'retry':
      return [['🔁 ', task, ' retried', ...by, ` – attempt ${move.attempt}`]]
    case 'skip':
      return [['⏭️ ', task, ' skipped', ...by]]
    case 'abandon':
      return [['🚫 ', task, ' abandoned', ...by]]
    case 'hold':
      return [['⏸ ', task, ' put on hold', ...by]]
    case 'release':
      return [['▶️ ', task, ' released', ...by]]
    case 'cancel':
      return move.summary ? [['🚫 ', task, ' cancelled', ...summary(move)]] : []
    case 'askApproval':
      // Its card says so, with the buttons.
      return []
    case 'cascade':
    case 'revive':
      // Told together: one decision may take ninety tasks along.
      return []
  }
}

function hasCard({ task: id, attempt }: Moved, execution: Execution): boolean {
  const task = taskOf(execution, id)
  return task.attempt === attempt && waitsForPeople(execution, task)
}

function together(record: ChangeRecord, execution: Execution): Rich[] {
  const lines: Rich[] = []
  for (const [event, symbol, says] of GROUPS) {
    const names = record.changes
      .filter((change) => change.what === 'moved' && change.event === event && !change.summary)
      .flatMap((change) => ('task' in change ? [taskOf(execution, change.task).name] : []))
    if (names.length > 0)
      lines.push([`${symbol} ${count(names.length, 'task')} ${says}: ${listed(names, 10)}`])
  }
  return lines
}

const GROUPS = [
  ['cascade', '🚫', 'abandoned, because a task before was'],
  ['revive', '🔁', 'taken up again'],
  ['cancel', '🚫', 'cancelled'],
] as const

/** The duration of the attempt, where the state still holds that attempt. */
function took(move: Moved, record: ChangeRecord, execution: Execution): string {
  const { attempt, startedAt } = taskOf(execution, move.task)
  return attempt === move.attempt && startedAt ? ` in ${duration(startedAt, record.at)}` : ''
}

/** The first names what runs; the others may be many, e.g. every record that a DNS change replaces. */
function under([first, ...others]: readonly string[]): Rich {
  if (first === undefined) return []
  return [': ', code(clip(first, 200)), others.length > 0 ? ` + ${others.length} more` : '']
}

const summary = (move: Moved): Rich => (move.summary ? [`: ${text(move.summary)}`] : [])

const name = (execution: Execution, id: TaskId) => strong(clip(taskOf(execution, id).name, 100))

const text = (said: string): string => clip(withoutSecrets(said), 500)
