import { digest } from '../domain/digest.ts'
import { type Execution, isFinished, statusOf } from '../domain/execution.ts'
import { dueAt, forecast } from '../domain/forecast.ts'
import { isOver } from '../domain/transitions.ts'
import { clip, MODE_WORDS } from './in-words.ts'
import { outcomeText } from './outcome-card.ts'
import { say } from './words/index.ts'

/** As many characters as Slack gives a channel's topic. */
const TOPIC_LIMIT = 250

/** "🔴 REAL · Payments · approvals 1/2 · RTO 15:10 UTC · forecast 14:52 UTC": a topic cannot show a time in its reader's zone. */
export function roomTopic(execution: Execution, now: Date): string {
  const head = [MODE_WORDS[execution.mode], clip(execution.plan.name, 80)]
  if (isFinished(execution)) return clip([...head, outcomeText(execution)].join(' · '), TOPIC_LIMIT)
  const { open, all } = approvals(execution)
  const due = dueAt(execution)
  const words = say().room.topic
  const parts = [
    ...head,
    ...(execution.cancelled ? [words.cancelling] : execution.paused ? [words.paused] : []),
    ...(all > 0 ? [words.approvals(all - open, all)] : []),
    ...(due === undefined ? [] : [words.objective(utc(due))]),
    words.forecast(utc(forecast(execution, now).finish)),
  ]
  return clip(parts.join(' · '), TOPIC_LIMIT)
}

/** What the topic is set anew for; the minutes of a forecast are not worth a line in the channel each. */
export const roomPhase = (execution: Execution): string =>
  digest([
    statusOf(execution),
    approvals(execution).open,
    execution.paused !== undefined,
    execution.cancelled !== undefined,
  ])

function approvals({ tasks }: Execution): { open: number; all: number } {
  const gates = [...tasks.values()].filter(({ type }) => type === 'approval')
  return { open: gates.filter(({ status }) => !isOver(status)).length, all: gates.length }
}

const utc = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC`
