import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { keep } from '../../src/engine/keep.ts'
import { sweep } from '../../src/engine/wake.ts'
import type { Job } from '../../src/ports/job-queue.ts'
import { begun, move } from '../support/executions.ts'

/** Several runs that were just begun, each of two tasks, and a queue that keeps what was put. */
async function ground(runs: number) {
  const clock = manualClock()
  const store = memoryExecutions()
  const rung: Job[] = []
  const queue = {
    put: async (jobs: readonly Job[]) => {
      rung.push(...jobs)
      return true
    },
    trouble: async () => undefined,
    close: async () => {},
  }
  const made = Array.from({ length: runs }, (_, run) => begun({ plan: `plan-${run}`, tasks: 2 }))
  for (const { execution, record } of made) await store.create(execution, record)
  const waking = { keep: keep(store, clock), index: store, queue, clock, log: pino({ level: 'silent' }) }
  return { store, rung, waking, ids: made.map(({ execution }) => execution.id) }
}

test('each sweep rings for every attempt that is under way: what the queue has lost is put again', async () => {
  const { rung, waking, ids } = await ground(1)
  const all = ['t0', 't1'].map((task) => ({ execution: ids[0], task, attempt: 1 }))
  for (let sweeps = 0; sweeps < 2; sweeps++) {
    rung.length = 0
    await sweep(waking)
    expect(rung).toEqual(all)
  }
})

test('a sweep wakes the others though many runs cannot be read, and says which it woke', async () => {
  const { store, rung, waking, ids } = await ground(40)
  const bad = new Set(ids.slice(0, 20))
  const broken: typeof store = {
    ...store,
    load: async (id) => (bad.has(id) ? Promise.reject(new Error('unreadable')) : store.load(id)),
  }
  const woken = await sweep({ ...waking, keep: keep(broken, waking.clock) })
  expect(woken.map(({ id }) => id).toSorted()).toEqual(ids.slice(20).toSorted())
  expect(new Set(rung.map(({ execution }) => execution)).size).toBe(20)
})

test('a sweep reads no run that it knows as it is, and every one that others have moved or that owes something', async () => {
  const { store, waking, ids } = await ground(3)
  let reads = 0
  const counted: typeof store = {
    ...store,
    changesSince: (...asked) => {
      reads++
      return store.changesSince(...asked)
    },
  }
  const kept = keep(counted, waking.clock)
  const swept = () => sweep({ ...waking, keep: kept })
  await swept()
  reads = 0
  expect(await swept()).toHaveLength(3)
  expect(reads).toBe(0)

  const another = keep(store, waking.clock)
  const [id] = ids
  if (!id) throw new Error('no run')
  await another.change(id, (found) => [move(found, 't0', 'complete')])
  const after = await swept()
  expect(reads).toBe(1)
  expect(after.find((run) => run.id === id)?.version).toBe((await store.load(id))?.version)

  // Their time has run out: the engine owes each of them a save.
  waking.clock.advance(24 * 3_600_000)
  const late = await swept()
  expect(
    late.every(({ tasks }) => [...tasks.values()].some(({ failure }) => failure?.kind === 'timed-out')),
  ).toBe(true)
})
