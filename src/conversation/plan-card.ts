import type { Plan, PlanTask } from '../domain/plan.ts'
import type { Block, Card, Rich } from './card.ts'
import { clip, code, count, HEADING_LIMIT, listed, minutesInWords, strong } from './in-words.ts'
import { say } from './words/index.ts'

/** A message holds about this many lines before people stop reading it. */
const TASKS_SHOWN = 40

/** One plan: its tasks in order, its approvals, and what keeps it from starting. `titles` names the task types for people. */
export function planCard(plan: Plan, titles: ReadonlyMap<string, string>): Card {
  const { plan: words, andMoreTasks } = say().overview
  const heading = clip(plan.name, HEADING_LIMIT)
  const more = plan.tasks.length - TASKS_SHOWN
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    ...(plan.description ? [{ kind: 'text' as const, text: [clip(plan.description, 1000)] }] : []),
    planFacts(plan),
    { kind: 'list', items: plan.tasks.slice(0, TASKS_SHOWN).map((task) => taskLine(plan, task, titles)) },
    ...(more > 0 ? [{ kind: 'note' as const, text: [andMoreTasks(count(more, 'more task'))] }] : []),
    ...plan.warnings
      .slice(0, 5)
      .map((warning) => ({ kind: 'note' as const, text: [words.warning(clip(warning, 300))] })),
    { kind: 'note', text: words.startIt(code(`drill ${plan.id}`), code(`failover ${plan.id}`)) },
  ]
  const isMissing = plan.missing.length > 0
  const text = (isMissing ? words.textMissing : words.text)(heading, sizeInWords(plan))
  return { text, tone: isMissing ? 'attention' : 'neutral', blocks }
}

/** How large the plan is, how fast it has to be, and what keeps it from starting. */
export function planFacts(plan: Plan): Block {
  const { size, objective, missing } = say().overview.plan
  return {
    kind: 'facts',
    rows: [
      [size, [sizeInWords(plan)]],
      [objective, [objectivesInWords(plan)]],
      ...(plan.missing.length > 0 ? [[missing, [missingLine(plan)]] as const] : []),
    ],
  }
}

/** "12 tasks, 2 approvals". */
export function sizeInWords({ tasks }: Plan): string {
  const gates = tasks.filter(({ type }) => type === 'approval').length
  return `${count(tasks.length, 'task')}, ${gates === 0 ? say().overview.plan.noApproval : count(gates, 'approval')}`
}

export function objectivesInWords({ objectives: { rtoMinutes, rpoMinutes } }: Plan): string {
  const { rto, rpo, noObjective } = say().overview.plan
  const parts = [
    ...(rtoMinutes === undefined ? [] : [rto(minutesInWords(rtoMinutes))]),
    ...(rpoMinutes === undefined ? [] : [rpo(minutesInWords(rpoMinutes))]),
  ]
  return parts.length > 0 ? parts.join(', ') : noObjective
}

export const missingLine = ({ missing }: Plan): string =>
  listed(missing.map(({ task, inputs }) => `${task} (${inputs.join(', ')})`))

function taskLine(plan: Plan, task: PlanTask, titles: ReadonlyMap<string, string>): Rich {
  const words = say().overview.plan
  const after = task.predecessors.map((id) => plan.tasks.find((other) => other.id === id)?.name ?? id)
  return [
    strong(clip(task.name, 80)),
    ` – ${task.type === 'approval' ? words.approval : (titles.get(task.type) ?? task.type)}`,
    after.length > 0 ? words.after(listed(after, 3)) : '',
  ]
}
