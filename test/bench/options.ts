import { parseArgs } from 'node:util'
import { z } from 'zod'

export const PARTS = ['speed', 'growth', 'memory', 'clicks'] as const
export type Part = (typeof PARTS)[number]

export interface Options {
  readonly rounds: number
  readonly quick: boolean
  readonly limitSeconds: number
  readonly parts: ReadonlySet<Part>
  /** A contestant takes part when its name contains one of these; empty: all of them. */
  readonly names: readonly string[]
}

export const HELP = `Speed and cost, next to the alternatives.

  node --import tsx test/bench/run.ts [options]

  --rounds <n>     rounds of the race; medians are shown (default 3)
  --only <list>    of ${PARTS.join(', ')}, and of words in the contestants' names,
                   separated by commas: --only speed,lifeboat,ancestor
  --quick          a tenth of everything, one round: to see that it works
  --limit <s>      a workload that is not finished by then is shown as such (default 120)
  --help           this text

Prints tables and writes test/output/bench.json. Alternatives are fetched from npm into a folder of the
system's temporary directory; one that cannot be had is shown as such.`

const whole = z.coerce.number().int().min(1)

/** What the words of the command line ask for; undefined where they ask for help. */
export function readOptions(words: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rounds: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      limit: { type: 'string', default: '120' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const only = (values.only ?? '').split(',').filter((word) => word !== '')
  const isPart = (word: string): word is Part => PARTS.some((part) => part === word)
  const parts = only.filter(isPart)
  return {
    quick: values.quick,
    rounds: whole.parse(values.rounds ?? (values.quick ? 1 : 3)),
    limitSeconds: whole.parse(values.limit),
    parts: new Set(parts.length > 0 ? parts : PARTS),
    names: only.filter((word) => !isPart(word)),
  }
}
