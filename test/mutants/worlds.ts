import { modeOf, simulate } from '../simulation/simulate.ts'

/** Simulates so many worlds, always the same ones, up to the first in which a promise is broken; prints that promise. */
const worlds = Number(process.argv[2])
for (let seed = 1; seed <= worlds; seed++) {
  const { broken } = await simulate(seed, { mode: modeOf(seed) })
  const [first] = broken
  if (first === undefined) continue
  process.stdout.write(`${JSON.stringify({ seed, broken: first.split('\n')[0] })}\n`)
  break
}
