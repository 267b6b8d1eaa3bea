import { expect, test } from 'vitest'
import { STATUSES } from '../../src/domain/transitions.ts'
import { FAULT_NAMES } from './faults.ts'
import { simulate } from './simulate.ts'

const WORLDS = 500
/** Fresh worlds each time; the message of a failure names the seed, and `npm run simulate -- --seed N` shows it again. */
const FIRST = Date.now() % 1_000_000_000

test(`no promise is broken in ${WORLDS} worlds full of faults, from seed ${FIRST} on`, async () => {
  const struck = new Set<string>()
  const reached = new Set<string>()
  for (let seed = FIRST; seed < FIRST + WORLDS; seed++) {
    const outcome = await simulate(seed, { mode: seed % 2 === 0 ? 'liveness' : 'safety' })
    expect(outcome.broken, `npm run simulate -- --seed ${seed}`).toEqual([])
    for (const fault of outcome.struck.keys()) struck.add(fault)
    for (const status of outcome.reached.keys()) reached.add(status)
  }
  // A fault that never strikes and a status that is never reached prove nothing.
  expect([...struck].sort()).toEqual([...FAULT_NAMES].sort())
  // Nothing comes into PENDING but by a release or a revival.
  expect([...reached].sort()).toEqual([...STATUSES].sort())
}, 300_000)

test('a seed gives the same world again, step by step', async () => {
  const [once, again] = [await simulate(7, { mode: 'liveness' }), await simulate(7, { mode: 'liveness' })]
  expect(again).toEqual(once)
  expect((await simulate(8, { mode: 'liveness' })).steps).not.toBe(once.steps)
})
