import { z } from 'zod'
import { STATUSES } from '../../src/domain/transitions.ts'
import { FAULT_NAMES } from './faults.ts'
import type { Outcome } from './simulate.ts'

const counts = z.record(z.string(), z.number())

/** What many worlds came to, as one process tells another. */
export const tally = z.object({
  executions: z.number(),
  steps: z.number(),
  simulatedSeconds: z.number(),
  /** Each with the seed that shows it again. */
  broken: z.array(z.string()),
  struck: counts,
  reached: counts,
})
export type Tally = z.infer<typeof tally>

export const NOTHING: Tally = {
  executions: 0,
  steps: 0,
  simulatedSeconds: 0,
  broken: [],
  struck: {},
  reached: {},
}

export const tallyOf = ({ seed, broken, struck, reached, ...rest }: Outcome): Tally => ({
  ...rest,
  broken: broken.length > 0 ? [`npm run simulate -- --seed ${seed}: ${broken.join('\n  ')}`] : [],
  struck: Object.fromEntries(struck),
  reached: Object.fromEntries(reached),
})

export const sum = (a: Tally, b: Tally): Tally => ({
  executions: a.executions + b.executions,
  steps: a.steps + b.steps,
  simulatedSeconds: a.simulatedSeconds + b.simulatedSeconds,
  broken: [...a.broken, ...b.broken],
  struck: sumOf(a.struck, b.struck),
  reached: sumOf(a.reached, b.reached),
})

/** The faults that never struck and the statuses that no task came into: they prove nothing. */
export const untried = ({ struck, reached }: Tally): string[] => [
  ...FAULT_NAMES.filter((fault) => !struck[fault]),
  ...STATUSES.filter((status) => !reached[status]),
]

function sumOf(a: Tally['struck'], b: Tally['struck']): Tally['struck'] {
  const both = { ...a }
  for (const [name, times] of Object.entries(b)) both[name] = (both[name] ?? 0) + times
  return both
}
