import type { Change, ChangeRecord, Moved } from '../domain/change.ts'
import { type Execution, taskOf } from '../domain/execution.ts'
import { withoutSecrets } from '../domain/secret-in.ts'
import type { TaskId } from '../domain/task.ts'
import type { Rich } from './card.ts'
import {
  because,
  clip,
  clockTime,
  code,
  count,
  duration,
  FAILURE_WORDS,
  listed,
  MODE_WORDS,
  strong,
  who,
} from './in-words.ts'

/** A job's log may be long; its end says most. */
const LOG_LINES = 10

/** The record as the thread tells it, a line per change; what only the machinery cares about has none. */
export function linesFor(record: ChangeRecord, execution: Execution): Rich[] {
  const lines = record.changes.flatMap((change) => lineFor(change, record, execution))
  return [...lines, ...together(record, execution)]
}

function lineFor(change: Change, record: ChangeRecord, execution: Execution): Rich[] {
  switch (change.what) {
    case 'begun': {
      const { plan, mode, startedBy, reason } = execution
      return [[`${MODE_WORDS[mode]} run of ${plan.name} started by `, who(startedBy), ...because(reason)]]
    }
    case 'moved':
      return movedLine(change, record, execution)
    case 'intended':
      return []
    case 'withdrawn':
      return [
        [
          '⏳ ',
          name(execution, change.task),
          ` could not start yet: ${text(change.trouble)} Next try `,
          clockTime(change.notBefore),
        ],
      ]
    case 'running': {
      const found = change.adopted ? 'was found again' : 'runs'
      const at = change.references.length > 0 ? [': ', code(listed(change.references, 3))] : []
      return [['⏳ ', name(execution, change.task), ` ${found}`, ...at]]
    }
    case 'progressed':
      return change.lines.slice(-LOG_LINES).map((line) => [name(execution, change.task), `: ${text(line)}`])
    case 'paused':
      return [['⏸ Paused by ', who(record.by), ...because(change.reason)]]
    case 'resumed':
      return [['▶️ Resumed by ', who(record.by), ...because(change.reason)]]
    case 'cancelled':
      return [['🚫 Cancelled by ', who(record.by), ...because(change.reason)]]
  }
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
      return [
        [
          '❌ ',
          task,
          ` ${move.failure ? FAILURE_WORDS[move.failure.kind] : 'failed'}: ${text(move.failure?.message ?? '')}`,
        ],
      ]
    case 'approve':
      return [['✅ ', task, ' approved', ...by]]
    case 'reject':
      return [['❌ ', task, ' rejected', ...by]]
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

const summary = (move: Moved): Rich => (move.summary ? [`: ${text(move.summary)}`] : [])

const name = (execution: Execution, id: TaskId) => strong(clip(taskOf(execution, id).name, 100))

const text = (said: string): string => clip(withoutSecrets(said), 500)
