import type { AfterAction } from '../domain/after-action.ts'
import { RUN_STATUS_WORDS } from './in-words.ts'
import { elapsed, took } from './report-words.ts'

/** How it went, in one sentence. */
export interface Verdict {
  readonly tone: 'good' | 'bad' | 'neutral'
  readonly text: string
}

export function outcomeOf(report: AfterAction): Verdict {
  const { run, objectives } = report
  const time = took(elapsed(report))
  const { objectiveMinutes: objective, met } = objectives.rto
  switch (run.status) {
    case 'COMPLETED': {
      const beside = objective === undefined ? '' : besideObjective(elapsed(report), objective)
      return { tone: met === false ? 'bad' : 'good', text: `Completed after ${time}${beside}.` }
    }
    case 'CANCELLED':
      return { tone: 'bad', text: `Cancelled after ${time}.${missed(objective)}` }
    case 'ABANDONED':
      return { tone: 'bad', text: `Ended incomplete after ${time}.${missed(objective)}` }
    default: {
      const late = met === false && objective !== undefined ? besideObjective(elapsed(report), objective) : ''
      const text = `Not over yet: ${RUN_STATUS_WORDS[run.status]}, ${time} after the declaration${late}.`
      return { tone: met === false ? 'bad' : 'neutral', text }
    }
  }
}

function besideObjective(minutes: number, objective: number): string {
  const over = minutes - objective
  if (over <= 0) return `, within the objective of ${took(objective)}`
  return `, ${took(over)} over the objective of ${took(objective)}`
}

const missed = (objective: number | undefined): string =>
  objective === undefined ? '' : ` The objective of ${took(objective)} was not met.`
