import { type Execution, statusOf } from '../domain/execution.ts'
import type { Plan } from '../domain/plan.ts'
import type { Block, Card, Rich } from './card.ts'
import { asking, startButtons } from './command-buttons.ts'
import { progress } from './headline-card.ts'
import { clip, clockTime, code, count, listed, MODE_WORDS, RUN_STATUS_WORDS, strong } from './in-words.ts'
import { outcomeText } from './outcome-card.ts'
import { missingLine, objectivesInWords, sizeInWords } from './plan-card.ts'
import { type Waiting, waitingBlocks, waitsInWords } from './waiting-blocks.ts'

/** What one person sees of everything. */
export interface Home {
  readonly waiting: readonly Waiting[]
  readonly running: readonly Execution[]
  /** Those that they may start. */
  readonly plans: readonly PlanReadiness[]
  /** Ended, newest first. */
  readonly recent: readonly Execution[]
}

export interface PlanReadiness {
  readonly plan: Plan
  /** Names of gates that nobody there is can open. */
  readonly unmet?: readonly string[]
}

/** Slack shows 100 blocks: 8 tasks of 5, 12 plans of 2, and 13 of the rest stay below that. */
const WAITING_SHOWN = 8
const PLANS_SHOWN = 12
const RUNS_SHOWN = 20
const STATUS_BUTTONS = 5
const RECENT_SHOWN = 10

/** Everything at a glance, for one person: first what waits for them, with its buttons. */
export function homeCard({ waiting, running, plans, recent }: Home): Card {
  const tasks = waiting.flatMap(({ execution, tasks }) => tasks.map((task) => ({ execution, task })))
  const busy = new Map(running.map((execution) => [execution.plan.id, execution]))
  return {
    text: `${waitsInWords(waiting)} ${runsInWords(running)}`,
    tone: tasks.length > 0 ? 'attention' : 'neutral',
    blocks: [
      ...part('Waiting for you', tasks, 'Nothing waits for you. What needs your decision appears here.', [
        ...tasks.slice(0, WAITING_SHOWN).flatMap(({ execution, task }) => waitingBlocks(execution, task)),
        ...rest(tasks.length - WAITING_SHOWN, 'decision', 'status'),
      ]),
      { kind: 'divider' },
      ...part('Running now', running, 'Nothing is running.', [
        { kind: 'list', items: running.slice(0, RUNS_SHOWN).map(runLine) },
        { kind: 'buttons', buttons: running.slice(0, STATUS_BUTTONS).map(statusButton) },
        ...rest(running.length - RUNS_SHOWN, 'run', 'status'),
      ]),
      { kind: 'divider' },
      ...part('Plans you may start', plans, NO_PLAN, [
        ...plans.slice(0, PLANS_SHOWN).flatMap((ready) => planBlocks(ready, busy.get(ready.plan.id))),
        ...rest(plans.length - PLANS_SHOWN, 'plan', 'plans'),
      ]),
      { kind: 'divider' },
      ...part('Ended recently', recent, 'No run has ended yet.', [
        { kind: 'list', items: recent.slice(0, RECENT_SHOWN).map(endedLine) },
      ]),
      { kind: 'note', text: ['Say “help”, in the messages here or in a channel, to see every command.'] },
    ],
  }
}

const NO_PLAN = 'There is none that you may start. An admin can give you the role operator for a plan.'

const part = (title: string, of: readonly unknown[], none: string, blocks: Block[]): Block[] => [
  { kind: 'heading', text: title },
  ...(of.length === 0 ? [{ kind: 'text' as const, text: [none] }] : blocks),
]

const rest = (more: number, noun: string, command: string): Block[] =>
  more > 0 ? [{ kind: 'note', text: [`and ${count(more, `more ${noun}`)}: `, code(command)] }] : []

/** A sentence: how many runs there are. */
export function runsInWords({ length: number }: readonly Execution[]): string {
  if (number === 0) return 'Nothing is running.'
  return number === 1 ? 'One run is under way.' : `${number} runs are under way.`
}

/** "🔴 REAL · Payments – waiting for approval, 7 of 12 tasks done · since 14:00". */
export const runLine = (execution: Execution): Rich => [
  strong(`${MODE_WORDS[execution.mode]} · ${clip(execution.plan.name, 80)}`),
  ` – ${RUN_STATUS_WORDS[statusOf(execution)]}, ${progress([...execution.tasks.values()])} · since `,
  clockTime(execution.startedAt),
]

const statusButton = ({ id, plan }: Execution) =>
  asking(`status run:${id}`, `Status of ${clip(plan.name, 40)}`, `Status of ${plan.name}, run ${id}`)

function planBlocks({ plan, unmet = [] }: PlanReadiness, run: Execution | undefined): Block[] {
  const about = `${sizeInWords(plan)}; objective: ${objectivesInWords(plan)}. `
  const isReady = !run && plan.missing.length === 0
  return [
    { kind: 'text', text: [strong(clip(plan.name, 80)), ' ', code(plan.id), ` – ${about}`, readiness()] },
    ...(isReady ? [{ kind: 'buttons' as const, buttons: startButtons(plan) }] : []),
  ]

  function readiness(): string {
    if (run) return '⏳ It is running now.'
    if (!isReady) return `⚠️ Cannot start, inputs are missing: ${clip(missingLine(plan), 300)}.`
    return unmet.length > 0 ? `⚠️ Nobody could open ${clip(listed(unmet, 3), 300)}.` : '✅ Ready.'
  }
}

const endedLine = (execution: Execution): Rich => [
  strong(`${MODE_WORDS[execution.mode]} · ${clip(execution.plan.name, 80)}`),
  ` – ${outcomeText(execution)} `,
  ...(execution.endedAt
    ? [{ kind: 'time' as const, at: execution.endedAt, style: 'day-and-clock' as const }]
    : []),
  ' · run ',
  code(execution.id),
]
