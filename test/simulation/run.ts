import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { simulateMany } from './many.ts'
import { modeOf, simulate } from './simulate.ts'
import { type Tally, tallyOf, untried } from './tally.ts'

const HELP = `Simulates runs of Lifeboat in worlds full of faults, each made from one seed, on all cores.

  npm run simulate                       20,000 executions with fresh seeds
  npm run simulate -- --executions N     as many as you like
  npm run simulate -- --processes N      on so many cores
  npm run simulate -- --seed N           one world again, exactly as it was
  npm run simulate -- --from N           seeds from N on, instead of fresh ones`

/** In as many, everything that may happen has happened. */
const ENOUGH = 4_000
const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    seed: { type: 'string' },
    from: { type: 'string' },
    executions: { type: 'string' },
    processes: { type: 'string' },
  },
})
const say = (line: string) => void process.stdout.write(`${line}\n`)

if (values.help) say(HELP)
else if (values.seed) {
  const seed = Number(values.seed)
  report(tallyOf(await simulate(seed, { mode: modeOf(seed) })), performance.now() / 1000)
} else await simulateAll()

async function simulateAll(): Promise<void> {
  const executions = Number(values.executions ?? 20_000)
  const processes = Number(values.processes ?? availableParallelism())
  const from = Number(values.from ?? Date.now() % 1_000_000_000)
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  say(`seeds from ${from}, on ${processes} core${processes === 1 ? '' : 's'}`)
  let shown = 0
  const progress = (soFar: Tally) => {
    const { broken } = soFar
    for (; shown < broken.length; shown++) say(broken[shown] ?? '')
    say(`  ${soFar.executions} executions, ${Math.round(soFar.executions / seconds())} a second`)
  }
  const all = await simulateMany({ from, executions, processes, progress })
  report({ ...all, broken: all.broken.slice(shown) }, seconds())
  const never = all.executions < ENOUGH ? [] : untried(all)
  if (never.length > 0) say(`Never happened, so nothing is proved about it: ${never.join(', ')}.`)
  process.exitCode = all.broken.length + never.length > 0 ? 1 : 0
}

function report(all: Tally, seconds: number): void {
  const { executions, steps, simulatedSeconds, broken, struck, reached } = all
  for (const each of broken) say(each)
  const list = (counts: Tally['struck']) =>
    Object.entries(counts)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ')
  say(`faults: ${list(struck)}`)
  say(`statuses: ${list(reached)}`)
  const speed = `${executions} executions in ${seconds.toFixed(1)} s (${Math.round(executions / seconds)} a second)`
  say(`${speed}, ${steps} steps, ${Math.round(simulatedSeconds / 3600)} simulated hours`)
  if (broken.length > 0) process.exitCode = 1
}
