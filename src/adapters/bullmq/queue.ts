import { Queue } from 'bullmq'
import type { Logger } from 'pino'
import { say } from '../../conversation/words/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Job, JobQueue } from '../../ports/job-queue.ts'
import { ask, connect } from './connection.ts'
import { wrongSettings } from './wrong-settings.ts'

export const QUEUE = 'jobs'

/**
 * The queue in Redis.
 * 1. A job is `execution/task@attempt`: putting it twice while it waits or runs is putting it once.
 * 2. Nothing of a finished job stays behind, so putting it again runs it again.
 * 3. No call hangs, throws or waits longer than 500 ms, whatever Redis does.
 */
export function bullQueue(options: {
  redisUrl: string
  prefix: string
  clock: Clock
  log: Logger
}): JobQueue {
  const { redisUrl, prefix, clock, log } = options
  const redis = connect(redisUrl, log)
  const queue = new Queue(QUEUE, { connection: redis, prefix })
  queue.on('error', () => {}) // The connection logs it.
  const deadline = { clock, milliseconds: DEADLINE_MILLISECONDS }

  return {
    put: async (jobs) => {
      if (jobs.length === 0) return true
      const put = await ask(redis, deadline, () => queue.addBulk(jobs.map(entryOf)))
      if (put.kind === 'trouble') log.debug({ jobs: jobs.length, trouble: put.why }, 'jobs not put')
      return put.kind === 'answer'
    },
    trouble: async () => {
      const found = await ask(redis, deadline, () => wrongSettings(redis))
      if (found.kind === 'trouble') return say().answers.trouble.redisAway(found.why)
      return found.value.length > 0 ? found.value.join(' ') : undefined
    },
    close: async () => {
      await ask(redis, deadline, () => queue.close())
      redis.disconnect()
    },
  }
}

const DEADLINE_MILLISECONDS = 500

function entryOf({ execution, task, attempt }: Job) {
  // BullMQ keeps the colon for itself.
  const jobId = `${execution}/${task}@${attempt}`.replaceAll('%', '%25').replaceAll(':', '%3A')
  return {
    name: 'look',
    data: { execution, task, attempt },
    opts: { jobId, removeOnComplete: true, removeOnFail: true },
  }
}
