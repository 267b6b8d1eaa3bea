import { type Execution, statusOf } from '../domain/execution.ts'
import type { Plan } from '../domain/plan.ts'
import type { Block, Button, Card, Inline, Rich } from './card.ts'
import { asking, startButtons } from './command-buttons.ts'
import { progress } from './headline-card.ts'
import { clip, clockTime, code, listed, MODE_WORDS, strong } from './in-words.ts'
import { outcomeText } from './outcome-card.ts'
import { missingLine, objectivesInWords, sizeInWords } from './plan-card.ts'
import { type Waiting, waitingBlocks, waitsInWords } from './waiting-blocks.ts'
import { say, type Words } from './words/index.ts'

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
  const { home: words, waitingForYou, nothingRuns } = say().overview
  const tasks = waiting.flatMap(({ execution, tasks }) => tasks.map((task) => ({ execution, task })))
  const busy = new Map(running.map((execution) => [execution.plan.id, execution]))
  return {
    text: `${waitsInWords(waiting)} ${runsInWords(running)}`,
    tone: tasks.length > 0 ? 'attention' : 'neutral',
    blocks: [
      ...part(waitingForYou, tasks, words.nothingWaits, [
        ...tasks.slice(0, WAITING_SHOWN).flatMap(({ execution, task }) => waitingBlocks(execution, task)),
        ...rest(tasks.length - WAITING_SHOWN, 'decision', 'status'),
      ]),
      { kind: 'divider' },
      ...part(words.running, running, nothingRuns, [
        { kind: 'list', items: running.slice(0, RUNS_SHOWN).map(runLine) },
        { kind: 'buttons', buttons: running.slice(0, STATUS_BUTTONS).map(statusButton) },
        ...rest(running.length - RUNS_SHOWN, 'run', 'status'),
      ]),
      { kind: 'divider' },
      ...part(words.plans, plans, words.noPlan, [
        ...plans.slice(0, PLANS_SHOWN).flatMap((ready) => planBlocks(ready, busy.get(ready.plan.id))),
        ...rest(plans.length - PLANS_SHOWN, 'plan', 'plans'),
      ]),
      { kind: 'divider' },
      ...part(words.ended, recent, words.noneEnded, [
        { kind: 'list', items: recent.slice(0, RECENT_SHOWN).map(endedLine) },
      ]),
      { kind: 'note', text: [words.help] },
    ],
  }
}

const part = (title: string, of: readonly unknown[], none: string, blocks: Block[]): Block[] => [
  { kind: 'heading', text: title },
  ...(of.length === 0 ? [{ kind: 'text' as const, text: [none] }] : blocks),
]

const rest = (more: number, noun: keyof Words['overview']['home']['more'], command: string): Block[] =>
  more > 0 ? [{ kind: 'note', text: [say().overview.home.more[noun](more), code(command)] }] : []

/** A sentence: how many runs there are. */
export function runsInWords({ length: number }: readonly Execution[]): string {
  const { nothingRuns, home } = say().overview
  return number === 0 ? nothingRuns : home.runs(number)
}

/** "🔴 REAL · Payments – waiting for approval, 7 of 12 tasks done · since 14:00". */
export const runLine = (execution: Execution): Rich =>
  say().overview.home.run(
    nameOf(execution),
    `${say().core.runStatus[statusOf(execution)]}, ${progress([...execution.tasks.values()])}`,
    clockTime(execution.startedAt),
  )

const nameOf = ({ mode, plan }: Execution): Inline => strong(`${MODE_WORDS[mode]} · ${clip(plan.name, 80)}`)

function statusButton({ id, plan }: Execution): Button {
  const { status, spokenStatus } = say().overview.home
  return asking(`status run:${id}`, status(clip(plan.name, 40)), spokenStatus(plan.name, id))
}

function planBlocks({ plan, unmet = [] }: PlanReadiness, run: Execution | undefined): Block[] {
  const { plan: ofPlan, home: words } = say().overview
  const about = `${ofPlan.sizeAndObjective(sizeInWords(plan), objectivesInWords(plan))}. `
  const isReady = !run && plan.missing.length === 0
  return [
    { kind: 'text', text: [strong(clip(plan.name, 80)), ' ', code(plan.id), ` – ${about}`, readiness()] },
    ...(isReady ? [{ kind: 'buttons' as const, buttons: startButtons(plan) }] : []),
  ]

  function readiness(): string {
    if (run) return words.isRunning
    if (!isReady) return words.inputsMissing(clip(missingLine(plan), 300))
    return unmet.length > 0 ? words.unmet(clip(listed(unmet, 3), 300)) : words.ready
  }
}

const endedLine = (execution: Execution): Rich =>
  say().overview.home.endedRun(
    nameOf(execution),
    outcomeText(execution),
    execution.endedAt ? { kind: 'time', at: execution.endedAt, style: 'day-and-clock' } : undefined,
    code(execution.id),
  )
