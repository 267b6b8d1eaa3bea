import type { Chance } from './chance.ts'

/** Every kind of fault, and how often it strikes where it may. Many are far more frequent than in the world outside. */
export const FAULTS = {
  'process dies before a call': 0.004,
  'process dies after a call': 0.004,
  'process sleeps for minutes': 0.001,
  'store throttles': 0.02,
  'store loses the reply': 0.02,
  'store answers late': 0.02,
  'index misses a run': 0.05,
  'stream is off': 0.08,
  'stream drops a record': 0.05,
  'stream repeats a record': 0.1,
  'stream is late': 0.1,
  'bell refuses': 0.05,
  'bell forgets everything': 0.004,
  'bell rings twice': 0.15,
  'bell is late': 0.05,
  'AWS throttles': 0.04,
  'AWS cannot be reached': 0.03,
  'AWS breaks before the work': 0.02,
  'AWS loses the reply': 0.04,
  'AWS gets the request late': 0.03,
  'AWS denies': 0.005,
  'the quota is used up': 0.03,
  'AWS lists late': 0.1,
  'AWS loses the tags': 0.05,
  'another job holds the server': 0.03,
  'somebody else starts the same': 0.03,
  'job never ends': 0.02,
  'server does not launch': 0.1,
  'automation fails': 0.1,
  'database does not move': 0.1,
  'directory is away': 0.02,
  'chat is away': 0.05,
  'chat loses the reply': 0.02,
  'message was deleted': 0.02,
  'clocks differ': 0.3,
  'card is old': 0.2,
  'click comes twice': 0.1,
  'two decide at once': 0.3,
} as const

export type Fault = keyof typeof FAULTS
// Object.keys gives string[]; the table's keys are exactly the faults.
export const FAULT_NAMES = Object.keys(FAULTS) as Fault[]

/** The faults of one world, as they strike, until they stop. */
export interface Faults {
  strikes(fault: Fault): boolean
  stop(): void
  readonly counts: ReadonlyMap<Fault, number>
}

export function faults(chance: Chance, fury: number): Faults {
  const counts = new Map<Fault, number>()
  let rage = fury
  return {
    counts,
    strikes(fault) {
      if (rage === 0 || !chance.happens(FAULTS[fault] * rage)) return false
      counts.set(fault, (counts.get(fault) ?? 0) + 1)
      return true
    },
    stop() {
      rage = 0
    },
  }
}
