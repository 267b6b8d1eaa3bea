import { audience, type NotificationSettings, ownSettings } from '../domain/audience.ts'
import type { ChangeRecord, Moved } from '../domain/change.ts'
import { type Execution, type ExecutionId, isFinished, type Mode, taskOf } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import { withoutSecrets } from '../domain/secret-in.ts'
import type { Task, TaskId } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import { plainText } from './as-text.ts'
import { clip, failureText } from './in-words.ts'
import { outcomeFacts, outcomeText } from './outcome-card.ts'
import { say } from './words/index.ts'

export type NoticeType = 'TaskManualApprovalNeeded' | 'TaskFailed' | 'RunStarted' | 'RunEnded'

/** What people and other systems are told beyond the chat: by mail, over an event bus. */
export interface Notice {
  /** The same however often the notice is derived and sent. */
  readonly id: string
  readonly type: NoticeType
  readonly at: string
  readonly execution: ExecutionId
  readonly plan: { readonly id: string; readonly name: string }
  readonly mode: Mode
  readonly task?: { readonly id: TaskId; readonly name: string; readonly attempt: number }
  /** One line of fewer than 100 printable ASCII characters; its first word is DRILL or REAL. */
  readonly subject: string
  readonly text: string
  readonly recipients: readonly string[]
  readonly groups: readonly string[]
}

/**
 * The notices that the record gives. `execution` is as new as the record or newer, which makes no difference but for one
 * notice: a run has ended only while nothing has come after its end.
 */
export function noticesOf(
  record: ChangeRecord,
  execution: Execution,
  settings: NotificationSettings | undefined,
): Notice[] {
  const { id, plan, mode } = execution
  const news = [
    ...record.changes.map((change): News | undefined => {
      if (change.what === 'begun') return started(execution)
      return change.what === 'moved' ? turned(change, record, execution) : undefined
    }),
    ended(record, execution),
  ]
  return news.flatMap((one, index) => {
    if (!one) return []
    const task = one.task && { id: one.task.id, name: one.task.name, attempt: one.task.attempt }
    const notice: Notice = {
      id: `${id}-${record.version}-${index}`,
      type: one.type,
      at: record.at,
      execution: id,
      plan: { id: plan.id, name: plan.name },
      mode,
      ...optional('task', task),
      subject: `${MODE_WORDS[mode]} - ${one.subject}`,
      text: textOf(one, record, execution, settings),
      ...audience(settings, one.task),
    }
    return [notice]
  })
}

interface News {
  readonly type: NoticeType
  readonly subject: string
  readonly says: string
  /** What the reader is to do. */
  readonly next: string
  /** As the record left it. */
  readonly task?: Task
}

/** In ASCII, unlike the words of a card: a mail's subject takes no symbols. */
const MODE_WORDS = { drill: 'DRILL', recovery: 'REAL' } as const satisfies Record<Mode, string>

function started(execution: Execution): News {
  const { plan, startedBy, reason } = execution
  const words = say().notices
  return {
    type: 'RunStarted',
    subject: words.subject.started(inAscii(plan, 60)),
    says: reason
      ? words.startedBecause(startedBy.name, plan.name, withoutSecrets(reason))
      : words.started(startedBy.name, plan.name),
    next: words.nothingAsked,
  }
}

function turned(move: Moved, record: ChangeRecord, execution: Execution): News | undefined {
  const { failure: _, ...task } = taskOf(execution, move.task)
  const then: Task = { ...task, status: move.to, attempt: move.attempt, ...optional('failure', move.failure) }
  if (!waitsForPeople(asOf(record, execution), then)) return undefined
  return move.to === 'FAILED' ? failed(then, record, execution) : asked(then, move, execution)
}

function asked(task: Task, { deadline }: Moved, { plan }: Execution): News {
  const words = say().notices
  const { description } = task.inputs
  const says = words.waits(plan.name, task.name)
  return {
    type: 'TaskManualApprovalNeeded',
    subject: words.subject.approval(inAscii(task, 40), inAscii(plan, 26)),
    says: typeof description === 'string' ? `${says}\n\n${clip(withoutSecrets(description), 1000)}` : says,
    next: [words.approveOrReject, ...(deadline ? [words.decideBy(moment(deadline))] : [])].join(' '),
    task,
  }
}

function failed(task: Task, { by }: ChangeRecord, { plan }: Execution): News {
  const words = say().notices
  const failure = task.failure ?? { kind: 'unknown' as const, message: '' }
  const { kind } = failure
  const what = clip(withoutSecrets(failureText(failure)), 1000)
  return {
    type: 'TaskFailed',
    subject: words.subject.failed(inAscii(task, 40), inAscii(plan, 26)),
    says:
      kind === 'rejected'
        ? words.rejected(task.name, plan.name, by.name, what)
        : words.failed(task.name, plan.name, say().core.failure[kind], what),
    next: words.retrySkipOrAbandon,
    task,
  }
}

function ended({ version }: ChangeRecord, execution: Execution): News | undefined {
  if (version !== execution.version || !isFinished(execution)) return undefined
  const words = say().notices
  const facts = outcomeFacts(execution).map(([label, value]) => `${label}: ${plainText(value)}`)
  // Without the symbol that it begins with in a card.
  const outcome = outcomeText(execution).replace(/^\P{L}+/u, '')
  return {
    type: 'RunEnded',
    subject: words.subject.ended(inAscii(execution.plan, 60)),
    says: [words.ended(execution.plan.name, outcome), ...facts].join('\n'),
    next: words.nothingAsked,
  }
}

/** A pause is left out: what the engine tries again once the run goes on needs no decision either. */
function asOf(record: ChangeRecord, { paused: _, cancelled, ...execution }: Execution): Execution {
  const before = cancelled && Date.parse(cancelled.at) < Date.parse(record.at)
  return { ...execution, ...optional('cancelled', before ? cancelled : undefined) }
}

function textOf(
  { says, next, task }: News,
  record: ChangeRecord,
  { id, plan, mode }: Execution,
  settings: NotificationSettings | undefined,
): string {
  const body = task && ownSettings(settings, task)?.email_body
  const words = say().notices
  const at = moment(record.at)
  const facts = task ? words.aboutTask(plan.id, task.id, task.attempt, id, at) : words.about(plan.id, id, at)
  return [words.means[mode], says, ...(body ? [body] : []), next, facts]
    .join('\n\n')
    .replaceAll(/(?!\n)[\p{Cc}\p{Cs}]/gu, ' ')
}

const moment = (at: string): string => plainText([{ kind: 'time', at, style: 'day-and-clock' }])

/** The name where it can be written in ASCII, else the id; cut to the length. */
function inAscii({ id, name }: { id: string; name: string }, most: number): string {
  const plain = withoutSecrets(name)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/\p{Pd}/gu, '-')
    .trim()
  const written = /^[ -~]+$/.test(plain) ? plain : id
  return written.length > most ? `${written.slice(0, most - 3)}...` : written
}
