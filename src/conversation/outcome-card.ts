import { metObjective } from '../domain/after-action-objectives.ts'
import { type Execution, statusOf } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { Status } from '../domain/transitions.ts'
import type { Block, Card, Rich } from './card.ts'
import { saying } from './decided-card.ts'
import {
  clip,
  clockTime,
  duration,
  HEADING_LIMIT,
  listed,
  MODE_WORDS,
  minutesInWords,
  who,
} from './in-words.ts'
import { say } from './words/index.ts'

/** How the run ended. */
export function outcomeCard(execution: Execution): Card {
  const words = say().thread.outcome
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${words.heading(execution.plan.name)}`, HEADING_LIMIT)
  const decided = decisions(execution)
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    { kind: 'text', text: [outcomeText(execution)] },
    { kind: 'facts', rows: outcomeFacts(execution) },
    ...(decided.length > 0
      ? [
          { kind: 'text' as const, text: [words.decisions] },
          { kind: 'list' as const, items: decided },
        ]
      : []),
    { kind: 'note', text: say().thread.headline.startedBy(who(execution.startedBy), execution.id) },
  ]
  const tone = statusOf(execution) === 'COMPLETED' ? 'good' : 'bad'
  return { text: `${heading}. ${outcomeText(execution)}`, tone, blocks }
}

/** "✅ Completed after 42 min, with one task skipped." */
export function outcomeText(execution: Execution): string {
  const words = say().thread.outcome
  const took = execution.endedAt ? words.after(duration(execution.startedAt, execution.endedAt)) : ''
  const tasks = [...execution.tasks.values()]
  const left = (['SKIPPED', 'ABANDONED', 'CANCELLED'] as const)
    .map((status) => [status, tasks.filter((task) => task.status === status).length] as const)
    .filter(([, number]) => number > 0)
    .map(([status, number]) => words.left[status](number))
  const details = `${took}${left.length > 0 ? words.with(left.join(', ')) : ''}`
  switch (statusOf(execution)) {
    case 'COMPLETED':
      return words.ended.completed(details)
    case 'CANCELLED':
      return words.ended.cancelled(details)
    default:
      return words.ended.incomplete(details)
  }
}

/** Label and value, one a line: what the headline shows once the run has ended. */
export function outcomeFacts(execution: Execution): (readonly [string, Rich])[] {
  const tasks = [...execution.tasks.values()]
  const { cancelled } = execution
  const { label, completed } = say().thread.outcome
  return [
    [label.completed, [completed(named(tasks, 'COMPLETED').length, tasks.length)]],
    ...row(label.skipped, named(tasks, 'SKIPPED')),
    ...row(label.abandoned, named(tasks, 'ABANDONED')),
    ...row(label.cancelled, named(tasks, 'CANCELLED')),
    ...(cancelled ? [[label.cancelledBy, [who(cancelled.by), ' · ', clockTime(cancelled.at)]] as const] : []),
    ...objective(execution),
  ]
}

function objective(execution: Execution): (readonly [string, Rich])[] {
  const { startedAt, endedAt, objectives } = execution
  const { rtoMinutes } = objectives
  if (!endedAt) return []
  const { label, objective } = say().thread.outcome
  const took = duration(startedAt, endedAt)
  if (rtoMinutes === undefined) return [[label.time, [took]]]
  const against = metObjective(execution, new Date(endedAt)) ? objective.met : objective.missed
  return [[label.time, [against(took, minutesInWords(rtoMinutes))]]]
}

const named = (tasks: readonly Task[], status: Status): string[] =>
  tasks.filter((task) => task.status === status).map(({ name }) => clip(name, 80))

const row = (label: string, names: readonly string[]): (readonly [string, Rich])[] =>
  names.length > 0 ? [[label, [listed(names, 10)]]] : []

/** Who decided what, in the order of the decisions. */
const decisions = (execution: Execution): Rich[] =>
  [...execution.tasks.values()]
    .flatMap((task) => (task.decision ? [{ task, decision: task.decision }] : []))
    .sort((a, b) => Date.parse(a.decision.at) - Date.parse(b.decision.at))
    .slice(0, 20)
    .map(({ task, decision }) => [`${clip(task.name, 80)}: `, ...saying(decision, task)])
