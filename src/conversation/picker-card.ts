import type { Card } from './card.ts'
import { asking } from './command-buttons.ts'
import { type Home, runLine, runsInWords } from './home-card.ts'
import { clip, code, count } from './in-words.ts'
import { waitingBlocks, waitsInWords } from './waiting-blocks.ts'
import { say } from './words/index.ts'

const WAITING_SHOWN = 3
const RUNS_SHOWN = 5

/** The answer to no words where no run is told: what waits, what runs, and how to start. */
export function pickerCard({ waiting, running, plans }: Omit<Home, 'recent'>): Card {
  const tasks = waiting.flatMap(({ execution, tasks }) => tasks.map((task) => ({ execution, task })))
  const more = tasks.length - WAITING_SHOWN
  const { overview, forms } = say()
  const words = overview.picker
  return {
    text: `${waitsInWords(waiting)} ${runsInWords(running)}`,
    tone: tasks.length > 0 ? 'attention' : 'neutral',
    blocks: [
      { kind: 'heading', text: waitsInWords(waiting) },
      ...tasks.slice(0, WAITING_SHOWN).flatMap(({ execution, task }) => waitingBlocks(execution, task)),
      ...(more > 0 ? [{ kind: 'note' as const, text: words.more(more, code('status')) }] : []),
      { kind: 'heading', text: runsInWords(running) },
      ...(running.length > 0
        ? [{ kind: 'list' as const, items: running.slice(0, RUNS_SHOWN).map(runLine) }]
        : []),
      ...(plans.length > 0
        ? [
            {
              kind: 'text' as const,
              text: words.mayStart(
                count(plans.length, 'plan'),
                code(`drill ${clip(plans[0]?.plan.id ?? '', 80)}`),
              ),
            },
            {
              kind: 'buttons' as const,
              buttons: [asking('start', forms.button.either, forms.button.spokenEither)],
            },
          ]
        : []),
      { kind: 'note', text: [words.help] },
    ],
  }
}
