import { pino } from 'pino'
import { bullWorker } from '../../../src/adapters/bullmq/worker.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'

/**
 * A process of its own, whose lines tell each look it began. A look at "deadly" kills it, one at "blocking" blocks its event
 * loop for six locks, "lasting" comes again and again, and all others are done at once.
 */
const [, , redisUrl = '', prefix = ''] = process.argv
const LOCK_MILLISECONDS = 500
const say = (line: string) => process.stdout.write(`${line}\n`)

bullWorker({
  ...{ redisUrl, prefix, concurrency: 4, clock: systemClock, log: pino({ level: 'silent' }) },
  lockMilliseconds: LOCK_MILLISECONDS,
  work: async ({ task }) => {
    say(`look ${task}`)
    if (task === 'deadly') process.kill(process.pid, 'SIGKILL')
    if (task === 'blocking')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6 * LOCK_MILLISECONDS)
    if (task === 'lasting') {
      // Long enough for the deadly one to take it along.
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { kind: 'again', milliseconds: 50 }
    }
    return { kind: 'done' }
  },
  onCrashed: async ({ task }) => {
    say(`crashed ${task}`)
    return { kind: 'done' }
  },
})
