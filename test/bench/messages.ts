import { z } from 'zod'

/** When a no-op was begun and when it was done, in milliseconds of the machine's clock. */
const mark = z.tuple([z.number().describe('run'), z.string(), z.number(), z.number()])
export type Mark = z.infer<typeof mark>

const metered = z.object({
  /** Requests by operation; those that were refused by a condition are counted a second time as "… refused". */
  requests: z.record(z.string(), z.number()),
  readUnits: z.number(),
  writeUnits: z.number(),
})
export type Metered = z.infer<typeof metered>

/** What one contestant made of one workload. */
export const ran = z.object({
  /** From the first order to the last result. */
  seconds: z.number(),
  finished: z.boolean(),
  marks: z.array(mark),
  metered: metered.optional(),
  /** From "predecessors done" to "started" as the contestant itself has recorded it, in milliseconds. */
  recordedGaps: z.array(z.number()).optional(),
})
export type Ran = z.infer<typeof ran>

const step = z.object({ id: z.string(), after: z.array(z.string()) })

/** What a contestant's process is told over its channel. */
export const order = z.object({
  workload: z.object({ name: z.string(), runs: z.number(), steps: z.array(step) }),
  waves: z.array(z.array(z.string())),
  limitSeconds: z.number(),
})
export type Order = z.infer<typeof order>

/** And what it says: once that it is ready, then one result for each order. */
export const answer = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ ran }),
  z.object({ failed: z.string() }),
])

/** The machine's clock, finer than a millisecond and the same in all processes. */
export const now = (): number => performance.timeOrigin + performance.now()

/** From the end of the last predecessor to the start of the step, for every step that has one. */
export function gapsIn(marks: readonly Mark[], { workload }: Pick<Order, 'workload'>): number[] {
  const found = new Map(marks.map(([run, id, from, to]) => [`${run}/${id}`, { from, to }]))
  return Array.from({ length: workload.runs }, (_, run) => run).flatMap((run) =>
    workload.steps.flatMap(({ id, after }) => {
      const own = found.get(`${run}/${id}`)
      const before = after.map((other) => found.get(`${run}/${other}`)?.to ?? Number.NaN)
      return own && before.length > 0 ? [own.from - Math.max(...before)] : []
    }),
  )
}
