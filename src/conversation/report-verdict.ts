import type { AfterAction } from '../domain/after-action.ts'
import { elapsed, took } from './report-words.ts'
import { say } from './words/index.ts'

/** How it went, in one sentence. */
export interface Verdict {
  readonly tone: 'good' | 'bad' | 'neutral'
  readonly text: string
}

export function outcomeOf(report: AfterAction): Verdict {
  const { run, objectives } = report
  const words = say().report.verdict
  const time = took(elapsed(report))
  const { objectiveMinutes: objective, met } = objectives.rto
  switch (run.status) {
    case 'COMPLETED': {
      const beside = objective === undefined ? '' : besideObjective(elapsed(report), objective)
      return { tone: met === false ? 'bad' : 'good', text: words.completed(time, beside) }
    }
    case 'CANCELLED':
      return { tone: 'bad', text: withMissed(words.cancelled(time), objective) }
    case 'ABANDONED':
      return { tone: 'bad', text: withMissed(words.incomplete(time), objective) }
    default: {
      const late = met === false && objective !== undefined ? besideObjective(elapsed(report), objective) : ''
      const text = words.notOver(say().core.runStatus[run.status], time, late)
      return { tone: met === false ? 'bad' : 'neutral', text }
    }
  }
}

function besideObjective(minutes: number, objective: number): string {
  const words = say().report.verdict
  const over = minutes - objective
  return over <= 0 ? words.within(took(objective)) : words.over(took(over), took(objective))
}

const withMissed = (text: string, objective: number | undefined): string =>
  objective === undefined ? text : `${text} ${say().report.verdict.missed(took(objective))}`
