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

/** The after-action report of the run as it is now, to read and to keep. */
export async function reportFiles(
  execution: Execution,
  now: Date,
  { pictures, documents, history, json, zone }: Drawing,
): Promise<Attachment[]> {
  const report = afterAction(execution, await history(execution.id), now)
  const picture = await pictures.draw(timelinePicture(timelineOf(execution, now), zone))
  const name = `${execution.plan.id}-${execution.id}`
  const titles = say().answers.files
  return [
    { name: `${name}.pdf`, title: titles.report, bytes: await documents.pdf(report, zone, picture) },
    {
      name: `${name}.md`,
      title: titles.reportMarkdown,
      bytes: new TextEncoder().encode(reportMarkdown(report, zone)),
    },
    {
      name: `${name}.json`,
      title: titles.reportJson,
      bytes: new TextEncoder().encode(json(report)),
    },
  ]
}
