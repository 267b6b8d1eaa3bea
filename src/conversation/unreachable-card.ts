import type { Execution, Place } from '../domain/execution.ts'
import type { Card } from './card.ts'
import { clip, clockTime, code, HEADING_LIMIT, MODE_WORDS } from './in-words.ts'

/** Said in the other places of a run: in this one nothing can be said any more. */
export function unreachableCard(execution: Execution, place: Place, why: string, since: string): Card {
  const heading = clip(
    `${MODE_WORDS[execution.mode]} · ⚠️ ${execution.plan.name} is not told in ${place.channel}`,
    HEADING_LIMIT,
  )
  return {
    text: `${heading}. ${why}`,
    tone: 'attention',
    blocks: [
      { kind: 'heading', text: heading },
      {
        kind: 'text',
        text: [
          'Since ',
          clockTime(since),
          ' nothing can be said in ',
          code(place.channel),
          `. ${clip(why, 500)}`,
        ],
      },
      {
        kind: 'note',
        text: [`Whoever follows it there sees nothing new. The run goes on · run ${execution.id}`],
      },
    ],
  }
}
