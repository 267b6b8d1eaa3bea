import type { Execution, Place } from '../domain/execution.ts'
import type { Card } from './card.ts'
import { clip, clockTime, code, HEADING_LIMIT, MODE_WORDS } from './in-words.ts'
import { say } from './words/index.ts'

/** Said in the other places of a run: in this one nothing can be said any more. */
export function unreachableCard(execution: Execution, place: Place, why: string, since: string): Card {
  const words = say().thread.unreachable
  const heading = clip(
    `${MODE_WORDS[execution.mode]} · ${words.heading(execution.plan.name, place.channel)}`,
    HEADING_LIMIT,
  )
  return {
    text: `${heading}. ${why}`,
    tone: 'attention',
    blocks: [
      { kind: 'heading', text: heading },
      {
        kind: 'text',
        text: words.since(clockTime(since), code(place.channel), clip(why, 500)),
      },
      {
        kind: 'note',
        text: [words.note(execution.id)],
      },
    ],
  }
}
