import { Redis } from 'ioredis'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { bullQueue } from '../../../src/adapters/bullmq/queue.ts'
import { bullWorker } from '../../../src/adapters/bullmq/worker.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import type { WorkOn } from '../../../src/ports/job-queue.ts'
import { becomesTrue } from '../../../src/sandbox/embedded/becomes-true.ts'

export const log = pino({ level: 'silent' })

/** A queue that ends with the running test. */
export function queueAt(redisUrl: string, prefix = 'test') {
  const queue = bullQueue({ redisUrl, prefix, clock: systemClock, log })
  onTestFinished(() => queue.close())
  return queue
}

/** A worker that ends with the running test. */
export function workerAt(redisUrl: string, work: WorkOn, clock: Clock = systemClock) {
  const worker = bullWorker({ redisUrl, prefix: 'test', concurrency: 4, work, clock, log })
  onTestFinished(() => worker.close())
  return worker
}

/** A plain client that ends with the running test. */
export function clientAt(redisUrl: string) {
  const client = new Redis(redisUrl)
  client.on('error', () => {}) // Some tests close the server under it.
  onTestFinished(() => client.disconnect())
  return client
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await becomesTrue(condition, 30_000))) throw new Error('It never happened.')
}
