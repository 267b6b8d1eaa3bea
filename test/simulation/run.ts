import { parseArgs } from 'node:util'
import { STATUSES, type Status } from '../../src/domain/transitions.ts'
import { FAULT_NAMES, type Fault } from './faults.ts'
import { simulate } from './simulate.ts'

const HELP = `Simulates runs of Lifeboat in worlds full of faults, each made from one seed.

  npm run simulate                       10,000 executions with fresh seeds
  npm run simulate -- --executions N     as many as you like
  npm run simulate -- --seed N           one world again, exactly as it was
  npm run simulate -- --from N           seeds from N on, instead of fresh ones`

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    seed: { type: 'string' },
    from: { type: 'string' },
    executions: { type: 'string' },
  },
})
const say = (line: string) => void process.stdout.write(`${line}\n`)

if (values.help) {
  say(HELP)
} else {
  const wanted = values.seed ? 1 : Number(values.executions ?? 10_000)
  let seed = Number(values.seed ?? values.from ?? Date.now() % 1_000_000_000)
  say(`seeds from ${seed}`)
  const struck = new Map<Fault, number>()
  const reached = new Map<Status, number>()
  const began = performance.now()
  let [executions, steps, seconds, failed] = [0, 0, 0, 0]
  let told = began
  while (executions < wanted) {
    const outcome = await simulate(seed, { mode: seed % 2 === 0 ? 'liveness' : 'safety' })
    for (const [fault, times] of outcome.struck) struck.set(fault, (struck.get(fault) ?? 0) + times)
    for (const [status, times] of outcome.reached) reached.set(status, (reached.get(status) ?? 0) + times)
    executions += outcome.executions
    steps += outcome.steps
    seconds += outcome.simulatedSeconds
    if (outcome.broken.length > 0) {
      failed++
      say(`seed ${seed}: ${outcome.broken.join('\n  ')}`)
    }
    if (performance.now() - told > 5_000) {
      told = performance.now()
      say(`  ${executions} executions, ${failed} seeds with a broken promise`)
    }
    seed++
  }
  const took = (performance.now() - began) / 1000
  const sorted = FAULT_NAMES.map((fault) => [fault, struck.get(fault) ?? 0] as const)
  say(`faults: ${sorted.map(([fault, times]) => `${fault} ${times}`).join(', ')}`)
  say(`statuses: ${STATUSES.map((status) => `${status} ${reached.get(status) ?? 0}`).join(', ')}`)
  say(
    `${executions} executions in ${took.toFixed(1)} s (${Math.round(executions / took)} a second), ${steps} steps, ${Math.round(seconds / 3600)} simulated hours, ${failed} seeds with a broken promise`,
  )
  process.exitCode = failed > 0 ? 1 : 0
}
