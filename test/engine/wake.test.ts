import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { keep } from '../../src/engine/keep.ts'
import { sweep } from '../../src/engine/wake.ts'
import type { Job } from '../../src/ports/job-queue.ts'
import { begun } from '../support/executions.ts'

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
