import type { Contestant, Opened } from './contestants.ts'
import { gapsIn, type Metered, type Ran } from './messages.ts'
import { median, percentile } from './statistics.ts'
import { chain, type Workload, wavesOf } from './workloads.ts'

export interface Round {
  readonly seconds: number
  readonly finished: boolean
  readonly done: number
  readonly tasksPerSecond: number
  /** Milliseconds from "last predecessor done" to "started", seen by the no-ops. */
  readonly gap: { readonly p50: number; readonly p99: number }
  /** The same from the contestant's own records. */
  readonly recordedGap?: { readonly p50: number; readonly p99: number }
  readonly metered?: Metered
}

export type Result =
  | { readonly kind: 'raced'; readonly rounds: Round[] }
  | { readonly kind: 'not raced'; readonly why: string }

/** Contestant → workload → what came of it. */
export type Results = Map<string, Map<string, Result>>

// So that nobody pays for connections and cold code in the first workload.
const WARM_UP = chain(5)

export async function race(
  contestants: readonly Contestant[],
  workloads: readonly Workload[],
  settings: { rounds: number; limitSeconds: number; say: (line: string) => void },
): Promise<Results> {
  const results: Results = new Map(contestants.map(({ name }) => [name, new Map()]))
  for (let round = 1; round <= settings.rounds; round += 1)
    for (const contestant of contestants) {
      settings.say(`round ${round} of ${settings.rounds}: ${contestant.name}`)
      await raceOne(contestant, workloads, settings.limitSeconds, results.get(contestant.name) ?? new Map())
    }
  return results
}

async function raceOne(
  contestant: Contestant,
  workloads: readonly Workload[],
  limitSeconds: number,
  into: Map<string, Result>,
): Promise<void> {
  let opened: Opened | undefined
  for (const workload of workloads) {
    const before = into.get(workload.name)
    if (before?.kind === 'not raced') continue
    const why = contestant.without?.(workload)
    if (why) {
      into.set(workload.name, { kind: 'not raced', why: `n/a: ${why}` })
      continue
    }
    try {
      opened ??= await warm(contestant)
      const round = roundOf(await opened.run({ ...asked(workload), limitSeconds }), workload)
      into.set(workload.name, { kind: 'raced', rounds: [...(before?.rounds ?? []), round] })
      // What is still running would run into the next workload.
      if (!round.finished) opened = await opened.close().then(() => undefined)
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      into.set(workload.name, { kind: 'not raced', why: `not available: ${said}` })
      opened = await opened?.close().then(() => undefined)
    }
  }
  await opened?.close()
}

async function warm(contestant: Contestant): Promise<Opened> {
  const opened = await contestant.open()
  await opened.run({ ...asked(WARM_UP), limitSeconds: 60 })
  return opened
}

const asked = (workload: Workload) => ({
  workload: { ...workload, steps: workload.steps.map(({ id, after }) => ({ id, after: [...after] })) },
  waves: wavesOf(workload),
})

function roundOf({ seconds, finished, marks, recordedGaps, metered }: Ran, workload: Workload): Round {
  const gaps = gapsIn(marks, asked(workload))
  const early = gaps.filter((gap) => gap < 0).length
  if (early > 0) throw new Error(`it started ${early} tasks before their predecessors were done`)
  const both = (values: readonly number[]) => ({ p50: percentile(values, 50), p99: percentile(values, 99) })
  return {
    seconds,
    finished,
    done: marks.length,
    tasksPerSecond: marks.length / seconds,
    gap: both(gaps),
    ...(recordedGaps ? { recordedGap: both(recordedGaps) } : {}),
    ...(metered ? { metered } : {}),
  }
}

/** The medians of the rounds. */
export const middle = (rounds: readonly Round[], of: (round: Round) => number): number =>
  median(rounds.map(of))
