import { pino } from 'pino'
import { bullWorker } from '../../../src/adapters/bullmq/worker.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'

/** A process of its own that takes a job, says so, and never ends it. */
const [, , redisUrl = ''] = process.argv
const log = pino({ level: 'silent' })
bullWorker({
  ...{ redisUrl, prefix: 'test', concurrency: 1, clock: systemClock, log },
  work: () => {
    process.stdout.write('taken\n')
    return new Promise(() => {})
  },
})
