import type { Card, Reply } from '../conversation/card.ts'
import type { Command, ReportForm } from '../conversation/commands.ts'
import { noticeCard } from '../conversation/help-card.ts'
import { clip } from '../conversation/in-words.ts'
import { whoCard } from '../conversation/who-card.ts'
import { whyCard } from '../conversation/why-card.ts'
import { say } from '../conversation/words/index.ts'
import type { Execution } from '../domain/execution.ts'
import { nearest } from '../domain/nearest.ts'
import type { Asker } from '../ports/door.ts'
import { taskNamed } from './choose.ts'
import { type Explaining, whoIsWho, whyOf } from './explain.ts'
import { refuse } from './who-may.ts'

export interface Answering {
  readonly explaining: Explaining
  readonly sendReport?: (execution: Execution, asker: Asker, form?: ReportForm) => Promise<Card>
}

type Question = Extract<Command, { kind: 'who' | 'why' | 'report' }>

/** Answers what is asked about one run; it changes nothing. */
export function answering({ explaining, sendReport }: Answering) {
  const whisper = (card: Card): Reply => ({ kind: 'whisper', card })
  return {
    async about(execution: Execution, question: Question, asker: Asker): Promise<Reply> {
      switch (question.kind) {
        case 'who':
          return whisper(whoCard(execution, await whoIsWho(execution, asker, explaining)))
        case 'why':
          return why(execution, question.task, asker)
        case 'report':
          return whisper(
            sendReport
              ? await sendReport(execution, asker, question.form)
              : noticeCard(say().answers.report.overApiOnly),
          )
      }
    },
  }

  async function why(execution: Execution, named: string, asker: Asker): Promise<Reply> {
    const task = taskNamed(execution, named)
    if (!task) {
      const names = nearest(named, [...execution.tasks.keys()])
      return refuse({ why: 'no-such-task', task: named, nearest: names }, asker)
    }
    if (task.type === 'approval')
      return whisper(whyCard(execution, task, await whyOf(execution, task, asker, explaining)))
    return whisper(noticeCard(say().answers.why.noApproval(clip(task.name, 100))))
  }
}
