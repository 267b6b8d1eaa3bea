import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { keep } from '../../src/engine/keep.ts'
import { sweep } from '../../src/engine/wake.ts'
import type { Job } from '../../src/ports/job-queue.ts'
import { begun } from '../support/executions.ts'

test('each sweep rings for every attempt that is under way: what the queue has lost is put again', async () => {
  const clock = manualClock()
  const store = memoryExecutions()
  const { execution, record } = begun()
  await store.create(execution, record)
  const rung: Job[] = []
  const queue = {
    put: async (jobs: readonly Job[]) => {
      rung.push(...jobs)
      return true
    },
    trouble: async () => undefined,
    close: async () => {},
  }
  const waking = { keep: keep(store, clock), index: store, queue, clock, log: pino({ level: 'silent' }) }
  const all = ['t0', 't1', 't2'].map((task) => ({ execution: execution.id, task, attempt: 1 }))
  for (let sweeps = 0; sweeps < 2; sweeps++) {
    rung.length = 0
    await sweep(waking)
    expect(rung).toEqual(all)
  }
})
