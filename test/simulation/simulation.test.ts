import { expect, test } from 'vitest'
import { simulateMany } from './many.ts'
import { simulate } from './simulate.ts'
import { untried } from './tally.ts'

/** What one core simulates in a minute; twice as many would take the whole suite too near to ten. */
const EXECUTIONS = 10_000
/** Fresh worlds each time; the message of a failure names the seed, and `npm run simulate -- --seed N` shows it again. */
const FIRST = Date.now() % 1_000_000_000

test(`no promise is broken in ${EXECUTIONS} executions full of faults, from seed ${FIRST} on`, async () => {
  // A process of its own: what transforms the tests would make the engine half as fast.
  const all = await simulateMany({ from: FIRST, executions: EXECUTIONS, processes: 1 })
  expect(all.broken).toEqual([])
  expect(all.executions).toBe(EXECUTIONS)
  expect(untried(all)).toEqual([])
}, 600_000)

test('a seed gives the same world again, step by step', async () => {
  const [once, again] = [await simulate(7, { mode: 'liveness' }), await simulate(7, { mode: 'liveness' })]
  expect(again).toEqual(once)
  expect((await simulate(8, { mode: 'liveness' })).steps).not.toBe(once.steps)
})
