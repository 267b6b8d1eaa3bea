import type { Plan, PlanTask } from '../domain/plan.ts'
import type { Block, Card, Rich } from './card.ts'
import { clip, code, count, HEADING_LIMIT, listed, minutesInWords, strong } from './in-words.ts'

/** A message holds about this many lines before people stop reading it. */
const TASKS_SHOWN = 40

/** One plan: its tasks in order, its approvals, and what keeps it from starting. `titles` names the task types for people. */
export function planCard(plan: Plan, titles: ReadonlyMap<string, string>): Card {
  const heading = clip(plan.name, HEADING_LIMIT)
  const more = plan.tasks.length - TASKS_SHOWN
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    ...(plan.description ? [{ kind: 'text' as const, text: [clip(plan.description, 1000)] }] : []),
    {
      kind: 'facts',
      rows: [
        ['Size', [sizeInWords(plan)]],
        ['Objective', [objectivesInWords(plan)]],
        ...(plan.missing.length > 0 ? [['Missing, cannot start', [missingLine(plan)]] as const] : []),
      ],
    },
    { kind: 'list', items: plan.tasks.slice(0, TASKS_SHOWN).map((task) => taskLine(plan, task, titles)) },
    ...(more > 0 ? [{ kind: 'note' as const, text: [`and ${count(more, 'more task')}`] }] : []),
    ...plan.warnings
      .slice(0, 5)
      .map((warning) => ({ kind: 'note' as const, text: [`⚠️ Warning: ${clip(warning, 300)}`] })),
    { kind: 'note', text: ['Start it with ', code(`drill ${plan.id}`), ' or ', code(`failover ${plan.id}`)] },
  ]
  const text = `Plan ${heading}: ${sizeInWords(plan)}.${plan.missing.length > 0 ? ' Inputs are missing.' : ''}`
  return { text, tone: plan.missing.length > 0 ? 'attention' : 'neutral', blocks }
}

/** "12 tasks, 2 approvals". */
export function sizeInWords({ tasks }: Plan): string {
  const gates = tasks.filter(({ type }) => type === 'approval').length
  return `${count(tasks.length, 'task')}, ${gates === 0 ? 'no approval' : count(gates, 'approval')}`
}

export function objectivesInWords({ objectives: { rtoMinutes, rpoMinutes } }: Plan): string {
  const parts = [
    ...(rtoMinutes === undefined ? [] : [`recovered within ${minutesInWords(rtoMinutes)} (RTO)`]),
    ...(rpoMinutes === undefined ? [] : [`at most ${minutesInWords(rpoMinutes)} of data lost (RPO)`]),
  ]
  return parts.length > 0 ? parts.join(', ') : 'none set'
}

export const missingLine = ({ missing }: Plan): string =>
  listed(missing.map(({ task, inputs }) => `${task} (${inputs.join(', ')})`))

function taskLine(plan: Plan, task: PlanTask, titles: ReadonlyMap<string, string>): Rich {
  const after = task.predecessors.map((id) => plan.tasks.find((other) => other.id === id)?.name ?? id)
  return [
    strong(clip(task.name, 80)),
    task.type === 'approval' ? ' – ✋ approval' : ` – ${titles.get(task.type) ?? task.type}`,
    after.length > 0 ? `, after ${listed(after, 3)}` : '',
  ]
}
