import { z } from 'zod'
import { ask } from './ask-program.ts'
import { program } from './contestants.ts'
import { short, table } from './report.ts'

const weighed = z.object({
  runs: z.number(),
  before: z.object({ rss: z.number(), heap: z.number() }),
  after: z.object({ rss: z.number(), heap: z.number() }),
  /** Of the bot and a worker with nothing to do but the sweep, for ten seconds. */
  idle: z.object({
    seconds: z.number(),
    requests: z.number(),
    readUnits: z.number(),
    cpuSeconds: z.number(),
  }),
})

/** What a process holds, and does, while a thousand runs wait for people. */
export async function memory(quick: boolean) {
  const measured = await ask(program('lifeboat-memory.ts'), [quick ? '100' : '1000'], weighed)
  const { before, after, runs, idle } = measured
  const mega = (bytes: number) => short(bytes / 2 ** 20)
  const text = `${table(
    [`${runs} runs of five tasks wait at an approval`, 'before', 'after', 'more'],
    [
      ['resident memory, MB', mega(before.rss), mega(after.rss), mega(after.rss - before.rss)],
      [
        'heap in use after collection, MB',
        mega(before.heap),
        mega(after.heap),
        mega(after.heap - before.heap),
      ],
    ],
  )}
The process keeps at most 1,000 runs warm. While they wait, the sweep makes ${short(idle.requests / idle.seconds)} requests and uses ${short(idle.readUnits / idle.seconds)} read units and ${short((100 * idle.cpuSeconds) / idle.seconds)} % of a core.
`
  return { ...measured, text }
}
