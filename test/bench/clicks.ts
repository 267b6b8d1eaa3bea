import { z } from 'zod'
import { ask } from './ask-program.ts'
import { program } from './contestants.ts'
import { short, table } from './report.ts'
import { percentile } from './statistics.ts'

const times = z.array(z.number())
const timed = z.object({
  perSecond: z.number(),
  clicks: z.number(),
  /** Milliseconds from the instant the click was due. */
  acknowledged: times,
  repainted: times,
  decided: times,
})

/** How long people wait after a click. */
export async function clicks(quick: boolean) {
  const {
    perSecond,
    clicks: count,
    ...found
  } = await ask(program('lifeboat-clicks.ts'), [quick ? '30' : '300'], timed)
  const figures = Object.entries({
    'click → acknowledged': found.acknowledged,
    'click → decision on the card': found.repainted,
    'decide → saved and woken (door alone)': found.decided,
  }).map(([name, values]) => ({
    name,
    count: values.length,
    p50: percentile(values, 50),
    p99: percentile(values, 99),
  }))
  const text = `${table(
    [`${count} approve clicks, ${perSecond} a second`, 'p50 ms', 'p99 ms', 'of them done'],
    figures.map(({ name, p50, p99, count: done }) => [name, short(p50), short(p99), String(done)]),
  )}
Signed HTTP into the real bot; its cards go to a local Web API at the pace of Slack’s limits (50 edits a minute), each run in a channel of its own.
`
  return { perSecond, count, figures, text }
}
