import type { Card } from './card.ts'
import { COMMANDS, type Unclear, VERBS } from './commands.ts'
import { code } from './in-words.ts'

/** Every command, one a line. */
export function helpCard(): Card {
  return {
    text: `Commands: ${VERBS.join(', ')}`,
    tone: 'neutral',
    blocks: [
      { kind: 'heading', text: 'What you can ask' },
      { kind: 'list', items: VERBS.map((verb) => [code(COMMANDS[verb].usage), ` – ${COMMANDS[verb].does}`]) },
      {
        kind: 'note',
        text: ['With several runs under way, name one: ', code('approve dns-cutover run:01ABC')],
      },
    ],
  }
}

/** The command was not understood: why, and what would work. */
export function unclearCard({ say, try: tries }: Unclear): Card {
  return {
    text: `${say} Try: ${tries.join(' or ')}`,
    tone: 'attention',
    blocks: [
      {
        kind: 'text',
        text: [
          `${say} Try `,
          ...tries.flatMap((each, index) => (index > 0 ? [' or ', code(each)] : [code(each)])),
          '.',
        ],
      },
    ],
  }
}

export const nothingRunsCard = (): Card => ({
  text: 'Nothing is running. "plans" lists what can be started.',
  tone: 'neutral',
  blocks: [{ kind: 'text', text: ['Nothing is running. ', code('plans'), ' lists what can be started.'] }],
})

/** A plain answer to the one who asked. */
export const noticeCard = (text: string, tone: Card['tone'] = 'neutral'): Card => ({
  text,
  tone,
  blocks: [{ kind: 'text', text: [text] }],
})
