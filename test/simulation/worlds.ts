import { modeOf, simulate } from './simulate.ts'
import { NOTHING, sum, tallyOf } from './tally.ts'

/** A process of its own: every so-manieth seed of a range; tells what they came to every few seconds and at the end. */
const [from = 0, end = 0, stride = 1] = process.argv.slice(2).map(Number)
const TELL_MILLISECONDS = 5_000

let news = NOTHING
let told = performance.now()
for (let seed = from; seed < end; seed += stride) {
  news = sum(news, tallyOf(await simulate(seed, { mode: modeOf(seed) })))
  if (performance.now() - told < TELL_MILLISECONDS) continue
  process.send?.(news)
  news = NOTHING
  told = performance.now()
}
process.send?.(news, () => process.disconnect?.())
