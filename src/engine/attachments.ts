import { REPORT_FORMS, type ReportForm } from '../conversation/commands.ts'
import type { Picture } from '../conversation/picture.ts'
import { planPicture } from '../conversation/plan-picture.ts'
import { reportMarkdown } from '../conversation/report-text.ts'
import { timelineOf } from '../conversation/timeline-of.ts'
import { timelinePicture } from '../conversation/timeline-picture.ts'
import { say } from '../conversation/words/index.ts'
import { type AfterAction, afterAction } from '../domain/after-action.ts'
import type { ChangeRecord } from '../domain/change.ts'
import { type Execution, type ExecutionId, isFinished } from '../domain/execution.ts'
import type { Attachment } from '../ports/chat.ts'
import type { Documents } from '../ports/documents.ts'
import type { Pictures } from '../ports/pictures.ts'

export interface Drawing {
  readonly pictures: Pictures
  readonly documents: Documents
  readonly history: (id: ExecutionId) => Promise<readonly ChangeRecord[]>
  /** The report as the API gives it, which an auditor can hold against the records. */
  readonly json: (report: AfterAction) => string
  /** An IANA name: times in pictures and reports are read in it. */
  readonly zone: string
}

/** What belongs into the thread as files, by a key under which it is posted once. */
export interface Attaching {
  readonly key: string
  make(): Promise<readonly Attachment[]>
}

/** More gates than these open at once get no picture each. */
const GATES_DRAWN = 3

/** Where the run stands at its start and at each gate; how it went at its end, with the report. */
export function attachmentsOf(execution: Execution, now: Date, drawing: Drawing): Attaching[] {
  const { pictures, zone } = drawing
  const titles = say().answers.files
  const drawn = (key: string, name: string, title: string, picture: () => Picture): Attaching => ({
    key,
    async make() {
      const one = picture()
      const bytes = await pictures.draw(one)
      return [{ name: `${execution.plan.id}-${name}.png`, title, alt: one.alt, bytes }]
    },
  })
  if (isFinished(execution)) {
    const timeline = () => timelinePicture(timelineOf(execution, now), zone)
    const { endedAt } = execution
    return [
      drawn(`picture@end@${endedAt}`, 'timeline', titles.timeline, timeline),
      { key: `report@end@${endedAt}`, make: () => reportFiles(execution, now, drawing) },
    ]
  }
  const plan = () => planPicture(execution, now)
  const gates = [...execution.tasks.values()].filter(({ status }) => status === 'PENDING_APPROVAL')
  return [
    drawn('picture@start', 'plan', titles.planAtStart, plan),
    ...gates
      .slice(0, GATES_DRAWN)
      .map(({ id, attempt, name }) =>
        drawn(`picture@gate@${id}@${attempt}`, 'gate', titles.gate(name), plan),
      ),
  ]
}

/** The after-action report of the run as it is now, to read and to keep: a file for each form. */
export async function reportFiles(
  execution: Execution,
  now: Date,
  { pictures, documents, history, json, zone }: Drawing,
  forms: readonly ReportForm[] = REPORT_FORMS,
): Promise<Attachment[]> {
  const report = afterAction(execution, await history(execution.id), now)
  const { report: pdf, reportMarkdown: md, reportJson } = say().answers.files
  const titles = { pdf, md, json: reportJson }
  const text = (said: string) => new TextEncoder().encode(said)
  const made = {
    async pdf() {
      const picture = await pictures.draw(timelinePicture(timelineOf(execution, now), zone))
      return documents.pdf(report, zone, picture)
    },
    md: async () => text(reportMarkdown(report, zone)),
    json: async () => text(json(report)),
  }
  const files: Attachment[] = []
  for (const form of forms)
    files.push({
      name: `${execution.plan.id}-${execution.id}.${form}`,
      title: titles[form],
      bytes: await made[form](),
    })
  return files
}
