import { metObjective } from '../domain/after-action-objectives.ts'
import { type Execution, statusOf } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { Status } from '../domain/transitions.ts'
import type { Block, Card, Rich } from './card.ts'
import { saying } from './decided-card.ts'
import {
  clip,
  clockTime,
  count,
  duration,
  HEADING_LIMIT,
  listed,
  MODE_WORDS,
  minutesInWords,
  who,
} from './in-words.ts'

/** How the run ended. */
export function outcomeCard(execution: Execution): Card {
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${execution.plan.name} has ended`, HEADING_LIMIT)
  const decided = decisions(execution)
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    { kind: 'text', text: [outcomeText(execution)] },
    { kind: 'facts', rows: outcomeFacts(execution) },
    ...(decided.length > 0
      ? [
          { kind: 'text' as const, text: ['Decisions'] },
          { kind: 'list' as const, items: decided },
        ]
      : []),
    { kind: 'note', text: ['Started by ', who(execution.startedBy), ` · run ${execution.id}`] },
  ]
  const tone = statusOf(execution) === 'COMPLETED' ? 'good' : 'bad'
  return { text: `${heading}. ${outcomeText(execution)}`, tone, blocks }
}

/** "✅ Completed after 42 min, with one task skipped." */
export function outcomeText(execution: Execution): string {
  const took = execution.endedAt ? ` after ${duration(execution.startedAt, execution.endedAt)}` : ''
  const tasks = [...execution.tasks.values()]
  const left = (['SKIPPED', 'ABANDONED', 'CANCELLED'] as const)
    .map((status) => [status, tasks.filter((task) => task.status === status).length] as const)
    .filter(([, number]) => number > 0)
    .map(([status, number]) => `${count(number, 'task')} ${status.toLowerCase()}`)
  const less = left.length > 0 ? `, with ${left.join(', ')}` : ''
  switch (statusOf(execution)) {
    case 'COMPLETED':
      return `✅ Completed${took}${less}.`
    case 'CANCELLED':
      return `🚫 Cancelled${took}${less}.`
    default:
      return `🚫 Ended incomplete${took}${less}.`
  }
}

/** Label and value, one a line: what the headline shows once the run has ended. */
export function outcomeFacts(execution: Execution): (readonly [string, Rich])[] {
  const tasks = [...execution.tasks.values()]
  const { cancelled } = execution
  return [
    ['Completed', [`${named(tasks, 'COMPLETED').length} of ${count(tasks.length, 'task')}`]],
    ...row('Skipped', named(tasks, 'SKIPPED')),
    ...row('Abandoned', named(tasks, 'ABANDONED')),
    ...row('Cancelled', named(tasks, 'CANCELLED')),
    ...(cancelled ? [['Cancelled by', [who(cancelled.by), ' · ', clockTime(cancelled.at)]] as const] : []),
    ...objective(execution),
  ]
}

function objective(execution: Execution): (readonly [string, Rich])[] {
  const { startedAt, endedAt, objectives } = execution
  const { rtoMinutes } = objectives
  if (!endedAt) return []
  const took = duration(startedAt, endedAt)
  if (rtoMinutes === undefined) return [['Time', [took]]]
  const met = metObjective(execution, new Date(endedAt)) ? 'met' : 'not met'
  return [['Time', [`${took} · objective ${minutesInWords(rtoMinutes)} ${met}`]]]
}

const named = (tasks: readonly Task[], status: Status): string[] =>
  tasks.filter((task) => task.status === status).map(({ name }) => clip(name, 80))

const row = (label: string, names: readonly string[]): (readonly [string, Rich])[] =>
  names.length > 0 ? [[label, [listed(names, 10)]]] : []

/** Who decided what, in the order of the decisions. */
const decisions = (execution: Execution): Rich[] =>
  [...execution.tasks.values()]
    .flatMap(({ name, decision }) => (decision ? [{ name, decision }] : []))
    .sort((a, b) => Date.parse(a.decision.at) - Date.parse(b.decision.at))
    .slice(0, 20)
    .map(({ name, decision }) => [`${clip(name, 80)}: `, ...saying(decision)])
