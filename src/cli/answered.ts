import { renderCard, renderWords } from '../adapters/terminal/render.ts'
import type { Block } from '../conversation/card.ts'
import { EXIT, type Exit } from './exit.ts'
import type { Filled } from './fill.ts'
import type { Papers } from './paper.ts'

/** Writes what came of a request, and says how it exits. A no goes where errors go: a script that reads results finds none. */
export function answered(came: Filled, { out, errors }: Papers): Exit {
  const complain = (text: string) => errors.write(`${renderWords(text, errors.screen)}\n`)
  switch (came.kind) {
    case 'whisper': {
      const { card, no } = came
      if (!no) out.write(`${renderCard(card, out.screen)}\n`)
      else errors.write(`${renderCard({ ...card, blocks: [NO[no], ...card.blocks] }, errors.screen)}\n`)
      return no ? EXIT[no] : EXIT.done
    }
    case 'errors':
      for (const error of Object.values(came.errors)) complain(error)
      return EXIT.refused
    case 'silent':
      return EXIT.done
    case 'left':
      complain('Nothing was done.')
      return EXIT.left
    case 'unanswered':
      complain(
        'Nothing was done: this needs answers, and the input is no terminal. Give them as --answer <field>=<text>; where nothing is needed, an empty text will do.',
      )
      return EXIT.needsAnswer
    case 'wrong-answer':
      complain(`${came.say} Nothing was done.`)
      return EXIT.unclear
  }
}

/** In words: the colour of the card says it to some only. */
const NO = {
  refused: { kind: 'heading', text: 'Not done' },
  unclear: { kind: 'heading', text: 'Not understood' },
} as const satisfies Record<'refused' | 'unclear', Block>
