import { type Job as BullJob, DelayedError, Queue, Worker } from 'bullmq'
import type { Worked } from '../../ports/job-queue.ts'
import { type Answer, ask, connect } from './connection.ts'
import { ENTRY, type Entry, type Looking, lookAt } from './look.ts'
import { QUEUE } from './queue.ts'

export interface CrewOptions extends Looking {
  readonly redisUrl: string
  readonly prefix: string
  /** How many looks at once. */
  readonly concurrency: number
  /** How long the jobs of a worker that died stay locked; default 10 s. */
  readonly lockMilliseconds?: number
}

/** One BullMQ worker with connections of its own. */
export interface Crew {
  /** Whether it can take no more, so that not taking any says nothing. */
  isFull(): boolean
  /** When it last took a job or a heartbeat; undefined until it has. */
  lastTook(): number | undefined
  /** Puts a heartbeat for it to take. */
  beat(): Promise<Answer<unknown>>
  close(): Promise<void>
}

export function hire(options: CrewOptions): Crew {
  const { redisUrl, prefix, concurrency, clock, log, lockMilliseconds = LOCK_MILLISECONDS } = options
  const looks = new Set<Promise<unknown>>()
  let lastTook: number | undefined
  let suspect: string | undefined
  let isClosing = false

  async function take(job: BullJob, token?: string): Promise<void> {
    lastTook = clock.now().getTime()
    if (job.name === HEARTBEAT) return
    // BullMQ takes what it was already reaching for: it is for somebody else.
    if (isClosing) return later(job, token, 0)
    const parsed = ENTRY.safeParse(job.data)
    if (!parsed.success) return log.warn({ job: job.id }, 'job dropped: it is not one of ours')
    const entry = parsed.data
    const isSuspect = job.stalledCounter > entry.missed
    // Of the jobs that a dead process held, one killed it: looked at one by one, the others are cleared of it.
    if (isSuspect && suspect !== undefined) return later(job, token, SUSPECT_MILLISECONDS)
    if (isSuspect) suspect = job.id
    const look = lookWatched(job, entry, isSuspect)
    looks.add(look)
    const worked = await look.finally(() => {
      looks.delete(look)
      if (isSuspect) suspect = undefined
    })
    if (worked.kind === 'again') await later(job, token, worked.milliseconds)
  }

  async function lookWatched(job: BullJob, entry: Entry, isSuspect: boolean): Promise<Worked> {
    const begun = isSuspect ? { ...entry, deaths: entry.deaths + 1 } : entry
    if (isSuspect) await job.updateData(begun)
    const { worked, entry: after } = await lookAt(begun, job.stalledCounter, options)
    const isNews = after.thrown !== begun.thrown || after.missed !== begun.missed
    if (isNews && worked.kind === 'again') await job.updateData(after)
    return worked
  }

  async function later(job: BullJob, token: string | undefined, milliseconds: number) {
    // BullMQ takes the time of its own clock off again.
    await job.moveToDelayed(Date.now() + milliseconds, token)
    throw new DelayedError()
  }

  const redis = connect(redisUrl, log)
  const worker = new Worker(QUEUE, take, {
    connection: redis,
    prefix,
    concurrency,
    lockDuration: lockMilliseconds,
    stalledInterval: lockMilliseconds * STALLED_CHECK,
    // BullMQ would drop the job; `lookAt` counts the deaths and has them told.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  })
  worker.on('error', (error) => log.debug({ trouble: error.message }, 'worker met trouble'))
  const heartbeats = new Queue(QUEUE, { connection: redis, prefix })
  heartbeats.on('error', () => {}) // The connection logs it.
  const jobId = `${HEARTBEAT}-${worker.id}`

  return {
    isFull: () => looks.size >= concurrency,
    lastTook: () => lastTook,
    beat: () =>
      ask(redis, { clock, milliseconds: BEAT_MILLISECONDS }, () =>
        heartbeats.add(HEARTBEAT, {}, { jobId, removeOnComplete: true, removeOnFail: true }),
      ),
    close: async () => {
      isClosing = true
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

const LOCK_MILLISECONDS = 10_000
// Lock, check and pick-up add up: with half of the lock they came close to, or above, the fifteen seconds promised.
const STALLED_CHECK = 0.3
const SUSPECT_MILLISECONDS = 200
const BEAT_MILLISECONDS = 5_000
const GOODBYE_MILLISECONDS = 1_000
const HEARTBEAT = 'heartbeat'
