import { type Job as BullJob, DelayedError, Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import type { JobWorker, Worked, WorkOn } from '../../ports/job-queue.ts'
import { ask, connect } from './connection.ts'
import { QUEUE } from './queue.ts'

export interface WorkerOptions {
  readonly redisUrl: string
  readonly prefix: string
  /** How many looks at once. */
  readonly concurrency: number
  readonly work: WorkOn
  readonly clock: Clock
  readonly log: Logger
}

/**
 * Takes jobs from Redis.
 * 1. A job is gone only after `work` said `done`: an error brings it back after two seconds, and the death of the
 *    process within about fifteen.
 * 2. A worker that took nothing for 30 s, not even its own heartbeat, is replaced: connections can wedge without a word.
 * 3. `close` waits for the looks that run, and for Redis not longer than a second.
 */
export function bullWorker(options: WorkerOptions): JobWorker {
  const { clock, concurrency, log } = options
  let crew = hire(options)
  let forget = clock.after(HEARTBEAT_MILLISECONDS, watch)
  const retiring = new Set<Promise<void>>()

  function watch() {
    forget = clock.after(HEARTBEAT_MILLISECONDS, watch)
    const silence = clock.now().getTime() - crew.lastTook()
    if (silence <= SILENCE_MILLISECONDS || crew.looks.size >= concurrency) return void crew.beat()
    log.warn(
      { silenceMilliseconds: silence },
      'worker took nothing, not even its heartbeat: building it anew',
    )
    const gone = crew.close().finally(() => retiring.delete(gone))
    retiring.add(gone)
    crew = hire(options)
  }

  return {
    close: async () => {
      forget()
      await Promise.all([crew.close(), ...retiring])
    },
  }
}

const LOCK_MILLISECONDS = 10_000
// Lock, check and pick-up add up: with five seconds here they came close to, or above, the fifteen promised.
const STALLED_CHECK_MILLISECONDS = 3_000
const AFTER_ERROR_MILLISECONDS = 2_000
const HEARTBEAT_MILLISECONDS = 5_000
const SILENCE_MILLISECONDS = 30_000
const GOODBYE_MILLISECONDS = 1_000
const HEARTBEAT = 'heartbeat'

const JOB = z.object({ execution: z.string().min(1), task: z.string().min(1), attempt: z.number().int() })

/** One BullMQ worker with connections of its own. */
function hire({ redisUrl, prefix, concurrency, work, clock, log }: WorkerOptions) {
  const looks = new Set<Promise<Worked>>()
  let lastTook = clock.now().getTime()

  async function take(job: BullJob, token?: string): Promise<void> {
    lastTook = clock.now().getTime()
    if (job.name === HEARTBEAT) return
    const parsed = JOB.safeParse(job.data)
    if (!parsed.success) return log.warn({ job: job.id }, 'job dropped: it is not one of ours')
    const look = lookAt(() => work(parsed.data), log.child(parsed.data))
    looks.add(look)
    const worked = await look.finally(() => looks.delete(look))
    if (worked.kind === 'done') return
    await job.moveToDelayed(clock.now().getTime() + worked.milliseconds, token)
    throw new DelayedError()
  }

  const redis = connect(redisUrl, log)
  const worker = new Worker(QUEUE, take, {
    connection: redis,
    prefix,
    concurrency,
    lockDuration: LOCK_MILLISECONDS,
    stalledInterval: STALLED_CHECK_MILLISECONDS,
    // A job is not to blame for the death of its workers: the engine decides when an attempt is hopeless.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  })
  worker.on('error', (error) => log.debug({ trouble: error.message }, 'worker met trouble'))
  const heartbeats = new Queue(QUEUE, { connection: redis, prefix })
  heartbeats.on('error', () => {}) // The connection logs it.
  const jobId = `${HEARTBEAT}-${worker.id}`

  return {
    looks,
    lastTook: () => lastTook,
    beat: () =>
      ask(redis, { clock, milliseconds: HEARTBEAT_MILLISECONDS }, () =>
        heartbeats.add(HEARTBEAT, {}, { jobId, removeOnComplete: true, removeOnFail: true }),
      ),
    close: async () => {
      const closing = Promise.all([worker.close(), heartbeats.close()])
      await Promise.allSettled(looks)
      await ask(redis, { clock, milliseconds: GOODBYE_MILLISECONDS }, () => closing)
      // Without Redis there is no orderly end: cut it, and let what is pending end with it.
      closing.catch(() => {})
      worker.disconnect().catch(() => {})
      redis.disconnect()
    },
  }
}

async function lookAt(work: () => Promise<Worked>, log: Logger): Promise<Worked> {
  try {
    return await work()
  } catch (error) {
    log.error({ error }, 'look failed, the job comes again')
    return { kind: 'again', milliseconds: AFTER_ERROR_MILLISECONDS }
  }
}
