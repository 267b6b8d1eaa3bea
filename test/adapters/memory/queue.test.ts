import { manualClock } from '../../../src/adapters/memory/clock.ts'
import { memoryQueue } from '../../../src/adapters/memory/queue.ts'
import { jobQueueContract } from '../job-queue.contract.ts'

const STEPS = 1_000

jobQueueContract(async () => {
  const clock = manualClock()
  const queue = memoryQueue(clock)
  return {
    queue,
    work: queue.workOn,
    until: async (condition) => {
      for (let step = 0; step < STEPS; step++) {
        clock.advance(10)
        await new Promise(setImmediate)
        if (condition()) return
      }
      throw new Error('It never happened.')
    },
    lose: async () => queue.lose(),
  }
})
