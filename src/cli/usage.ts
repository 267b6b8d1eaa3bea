import { renderCard, type Screen } from '../adapters/terminal/render.ts'
import { CLI_SETTINGS } from '../config.ts'
import type { Block, Rich } from '../conversation/card.ts'
import { COMMANDS, meaningOf, VERBS } from '../conversation/commands.ts'
import { EXITS } from './exit.ts'

/** The words that are the command line's own: everything else is asked of the bot. */
export const OWN_WORDS = {
  'watch [run]': 'Follows a run to its end; press its buttons by their numbers, or type a command.',
  'thread [run]': 'Shows what was told of a run so far, and what waits for a decision.',
  completion: 'Prints what makes bash complete the commands.',
} as const

const OPTIONS = {
  '--answer <field>=<text>': 'Answers a field of a form; once per field.',
  '--json': 'Prints the answer as JSON.',
  '--token-file <path>': 'Reads the token from a file.',
  '--help, --version': 'Show this text, or the version.',
} as const

export function usage(screen: Screen): string {
  const blocks: Block[] = [
    { kind: 'heading', text: 'lifeboat [command]' },
    {
      kind: 'text',
      text: ['Runs disaster recovery from a terminal. Without a command: where the runs stand.'],
    },
    { kind: 'heading', text: 'Commands' },
    facts(VERBS.map((verb) => [COMMANDS[verb].usage, meaningOf(verb)])),
    facts(Object.entries(OWN_WORDS)),
    {
      kind: 'note',
      text: ['A name with spaces stands in quotes. With several runs under way, add run:<id>.'],
    },
    { kind: 'heading', text: 'Options' },
    facts(Object.entries(OPTIONS)),
    { kind: 'heading', text: 'Environment' },
    facts(Object.entries(CLI_SETTINGS).map(([name, { says }]) => [name, says.replaceAll('`', '')])),
    { kind: 'heading', text: 'Exit status' },
    facts(EXITS.map(([status, says]) => [String(status), says])),
  ]
  return renderCard({ text: '', tone: 'neutral', blocks }, screen)
}

const facts = (rows: readonly (readonly [string, string])[]): Block => ({
  kind: 'facts',
  rows: rows.map(([label, says]): [string, Rich] => [label, [says]]),
})

export const completion = (): string =>
  `complete -W "${[...VERBS, ...Object.keys(OWN_WORDS).map((usage) => usage.split(' ')[0])].join(' ')}" lifeboat`
