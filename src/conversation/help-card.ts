import { plainText } from './as-text.ts'
import type { Card } from './card.ts'
import { COMMANDS, meaningOf, type Unclear, VERBS } from './commands.ts'
import { code } from './in-words.ts'
import { say } from './words/index.ts'

/** Every command, one a line. */
export function helpCard(): Card {
  const words = say().commands.help
  return {
    text: words.text(VERBS.join(', ')),
    tone: 'neutral',
    blocks: [
      { kind: 'heading', text: words.heading },
      { kind: 'list', items: VERBS.map((verb) => [code(COMMANDS[verb].usage), ` – ${meaningOf(verb)}`]) },
      { kind: 'note', text: words.nameOneRun(code('approve dns-cutover run:01ABC')) },
    ],
  }
}

/** The command was not understood: why, and what would work. */
export function unclearCard({ say: why, try: tries }: Unclear): Card {
  const words = say().commands
  return {
    text: words.tryText(why, tries),
    tone: 'attention',
    blocks: [{ kind: 'text', text: words.tryThese(why, tries.map(code)) }],
  }
}

export function nothingRunsCard(): Card {
  const words = say().commands
  return {
    text: plainText(words.nothingRuns('"plans"')),
    tone: 'neutral',
    blocks: [{ kind: 'text', text: words.nothingRuns(code('plans')) }],
  }
}

/** A plain answer to the one who asked. */
export const noticeCard = (text: string, tone: Card['tone'] = 'neutral'): Card => ({
  text,
  tone,
  blocks: [{ kind: 'text', text: [text] }],
})
