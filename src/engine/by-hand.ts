import type { Logger } from 'pino'
import type { Clock } from '../ports/clock.ts'
import type { Job, JobQueue, WorkOn } from '../ports/job-queue.ts'

/**
 * The queue, for a process that can work itself: jobs that cannot be put are looked at here. A sweep over it carries
 * every run on while the queue is away. What others look at as well is fenced by the store, and a look that says `again`
 * waits for the next sweep.
 */
export function byHand(options: { queue: JobQueue; work: WorkOn; clock: Clock; log: Logger }): JobQueue {
  const { queue, work, clock, log } = options
  const inHand = new Map<string, Promise<void>>()
  let isClosed = false

  async function look(name: string, job: Job): Promise<void> {
    try {
      await work(job)
    } catch (error) {
      log.error({ ...job, error }, 'look without a queue failed, the sweep repeats it')
    } finally {
      inHand.delete(name)
    }
  }

  return {
    async put(jobs) {
      const isPut = await queue.put(jobs)
      if (isPut || isClosed) return isPut
      for (const job of jobs) {
        const name = `${job.execution}/${job.task}@${job.attempt}`
        if (!inHand.has(name) && inHand.size < LOOKS) inHand.set(name, look(name, job))
      }
      return false
    },
    trouble: () => queue.trouble(),
    close: () =>
      new Promise((resolve) => {
        isClosed = true
        const forget = clock.after(GOODBYE_MILLISECONDS, resolve)
        Promise.all(inHand.values()).then(() => {
          forget()
          resolve()
        })
      }),
  }
}

/** Side by side; the rest has its turn at the next sweep. */
const LOOKS = 64
// As long as a look from the queue may hold up the end of its process.
const GOODBYE_MILLISECONDS = 10_000
