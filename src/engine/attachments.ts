import type { Picture } from '../conversation/picture.ts'
import { planPicture } from '../conversation/plan-picture.ts'
import { timelineOf } from '../conversation/timeline-of.ts'
import { timelinePicture } from '../conversation/timeline-picture.ts'
import { type Execution, isFinished } from '../domain/execution.ts'
import type { Attachment } from '../ports/chat.ts'
import type { Pictures } from '../ports/pictures.ts'

/** What belongs into the thread as files, by a key under which it is posted once. */
export interface Attaching {
  readonly key: string
  make(): Promise<readonly Attachment[]>
}

/** More gates than these open at once get no picture each. */
const GATES_DRAWN = 3

/** Where the run stands at its start and at each gate, and how it went at its end. `zone` is an IANA name. */
export function picturesOf(execution: Execution, now: Date, pictures: Pictures, zone: string): Attaching[] {
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
    return [drawn(`picture@end@${execution.endedAt}`, 'timeline', 'How it went: plan and actual', timeline)]
  }
  const plan = () => planPicture(execution, now)
  const gates = [...execution.tasks.values()].filter(({ status }) => status === 'PENDING_APPROVAL')
  return [
    drawn('picture@start', 'plan', 'The plan at the start', plan),
    ...gates
      .slice(0, GATES_DRAWN)
      .map(({ id, attempt, name }) =>
        drawn(`picture@gate@${id}@${attempt}`, 'gate', `Where it stands: ${name}`, plan),
      ),
  ]
}
