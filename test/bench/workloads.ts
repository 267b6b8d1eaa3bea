import { dice } from './statistics.ts'

export interface Step {
  readonly id: string
  /** The steps that must be done before it starts. */
  readonly after: readonly string[]
}

/** The same graph, started `runs` times at once. */
export interface Workload {
  readonly name: string
  readonly runs: number
  readonly steps: readonly Step[]
}

/** What is raced, or a tenth of it for a quick look. */
export function workloads(quick: boolean): Workload[] {
  const few = (many: number) => (quick ? many / 10 : many)
  return [chain(few(100)), fan(few(500)), diamonds(few(200)), layers(few(2_000))]
}

export const chain = (length: number): Workload => ({
  name: `chain of ${length}`,
  runs: 1,
  steps: numbered(length).map((place) => ({
    id: `t${place}`,
    after: place === 0 ? [] : [`t${place - 1}`],
  })),
})

export function fan(width: number): Workload {
  const middle = numbered(width).map((place) => `m${place}`)
  return { name: `1 → ${width} → 1`, runs: 1, steps: spread(middle) }
}

export const diamonds = (runs: number): Workload => ({
  name: `${runs} × (1 → 3 → 1)`,
  runs,
  steps: spread(['m0', 'm1', 'm2']),
})

const EDGES_PER_STEP = 2.5

/** Layers of random width; each step hangs on one of the layer before and on others of any earlier one, about 2.5 in all. */
export function layers(steps: number, seed = 7): Workload {
  const roll = dice(seed)
  const upTo = (count: number) => Math.floor(roll() * count)
  const made: { id: string; after: string[] }[] = []
  let [from, to] = [0, 0]
  while (made.length < steps) {
    const width = Math.min(steps - made.length, 1 + upTo(Math.ceil(2 * Math.sqrt(steps))))
    const [start, end] = [from, to]
    for (const place of numbered(width)) {
      const after = new Set<string>()
      if (end > 0) after.add(`t${start + upTo(end - start)}`)
      const wanted = end > 0 ? 1 + upTo(2 * EDGES_PER_STEP - 1) : 0
      while (after.size < Math.min(wanted, end)) after.add(`t${upTo(end)}`)
      made.push({ id: `t${end + place}`, after: [...after] })
    }
    ;[from, to] = [end, made.length]
  }
  return { name: `${steps} in random layers`, runs: 1, steps: made }
}

/** The steps by the number of the longest way to them: all of one wave may run side by side. */
export function wavesOf({ steps }: Workload): string[][] {
  const depth = new Map<string, number>()
  const waves: string[][] = []
  for (const { id, after } of steps) {
    const wave = Math.max(-1, ...after.map((before) => depth.get(before) ?? 0)) + 1
    depth.set(id, wave)
    waves[wave] = [...(waves[wave] ?? []), id]
  }
  return waves
}

/** Whether it is a chain, or opens once and closes once: what trees, one after the other, can carry. */
export const isOpenAndClose = ({ steps }: Workload): boolean => {
  const [first, ...rest] = steps
  const last = steps.at(-1)
  const isChain = rest.every(({ after }, place) => after.length === 1 && after[0] === steps[place]?.id)
  const middle = rest.slice(0, -1)
  const isSpread =
    middle.every(({ after }) => after.length === 1 && after[0] === first?.id) &&
    last?.after.length === middle.length
  return isChain || isSpread
}

const spread = (middle: readonly string[]): Step[] => [
  { id: 'first', after: [] },
  ...middle.map((id) => ({ id, after: ['first'] })),
  { id: 'last', after: middle },
]

const numbered = (count: number): number[] => Array.from({ length: count }, (_, place) => place)
