import { verify } from '../../src/domain/audit.ts'
import { digest } from '../../src/domain/digest.ts'
import type { Found } from '../../src/domain/found.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { planFrom } from '../domain/run.ts'
import { foundOf, historyOf } from '../support/histories.ts'

/** How many records a second are verified: npx tsx test/bench/audit.ts [records] */
const wanted = Number(process.argv[2] ?? 100_000)

/** Many runs of a usual plan, and a few of the largest. */
for (const [tasks, dice] of [
  [20, 150],
  [200, 1_500],
  [2_000, 8_000],
] as const) {
  const plan = chainsOf(tasks)
  const history = historyOf(plan, rolls(dice))
  const one = foundOf(history)
  const runs = Math.max(
    1,
    Math.round(Math.min(wanted, tasks > 500 ? one.records.size : wanted) / one.records.size),
  )
  // What an audit reads: every run parsed anew, none shares memory with another.
  const text = JSON.stringify({ ...one, records: [...one.records] })
  const read = Array.from({ length: runs }, (): Found => {
    const { records, ...rest } = JSON.parse(text)
    return { ...rest, records: new Map(records) }
  })
  const began = performance.now()
  const findings = read.reduce((sum, found) => sum + verify(found, plan).length, 0)
  const seconds = (performance.now() - began) / 1000
  const records = runs * one.records.size
  const rate = Math.round(records / seconds).toLocaleString('en-US')
  process.stdout.write(
    `${tasks} tasks: ${runs} runs, ${records.toLocaleString('en-US')} records, ${findings} findings: ${seconds.toFixed(2)} s, ${rate} records/s\n`,
  )
}

function chainsOf(tasks: number): Plan {
  const id = (place: number) => `${place % 10 === 0 ? 'gate' : 'task'}${place}`
  const edges = Array.from(
    { length: tasks },
    (_, place) => [id(place), place % 5 === 4 || place + 1 === tasks ? [] : [id(place + 1)]] as const,
  )
  return planFrom(Object.fromEntries(edges), 1)
}

/** The same dice at each run of the bench. */
function rolls(count: number): number[] {
  return Array.from({ length: count }, (_, place) => Number.parseInt(digest(place).slice(0, 8), 16))
}
