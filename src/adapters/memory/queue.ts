import type { Clock } from '../../ports/clock.ts'
import type { Job, JobQueue, JobWorker, Worked, WorkOn } from '../../ports/job-queue.ts'

export interface MemoryQueue extends JobQueue {
  workOn(work: WorkOn): JobWorker
  /** What waits or runs, oldest first. */
  jobs(): readonly Job[]
  /** Forgets everything, as a Redis that came back empty. */
  lose(): void
}

/** The queue of the simulation: every step is an entry on the clock, so a manual one decides when anything happens. */
export function memoryQueue(clock: Clock, options: { work?: WorkOn } = {}): MemoryQueue {
  const entries = new Map<string, Job>()
  const waiting: Job[] = []
  const running = new Set<Promise<void>>()
  let work: WorkOn | undefined
  let isClosed = false

  /** An entry that was lost, or put anew, while this one ran or waited is another entry: identity tells. */
  const isKnown = (job: Job) => entries.get(nameOf(job)) === job

  function offer(job: Job) {
    if (!isKnown(job)) return
    if (work === undefined) waiting.push(job)
    else start(job, work)
  }

  function start(job: Job, work: WorkOn) {
    const run = look(work, job).then((worked) => {
      running.delete(run)
      if (!isKnown(job)) return
      if (worked.kind === 'again') clock.after(worked.milliseconds, () => offer(job))
      else entries.delete(nameOf(job))
    })
    running.add(run)
  }

  function workOn(chosen: WorkOn): JobWorker {
    work = chosen
    for (const job of waiting.splice(0)) clock.after(0, () => offer(job))
    return {
      close: async () => {
        if (work === chosen) work = undefined
        await Promise.all(running)
      },
    }
  }
  if (options.work) workOn(options.work)

  return {
    workOn,
    put: async (jobs) => {
      if (isClosed) return false
      for (const given of jobs) {
        if (entries.has(nameOf(given))) continue
        const job = { ...given }
        entries.set(nameOf(job), job)
        clock.after(0, () => offer(job))
      }
      return true
    },
    trouble: async () => (isClosed ? 'The queue is closed.' : undefined),
    jobs: () => [...entries.values()],
    lose: () => entries.clear(),
    close: async () => {
      isClosed = true
    },
  }
}

const AFTER_ERROR_MILLISECONDS = 2_000

const nameOf = ({ execution, task, attempt }: Job) => `${execution}/${task}@${attempt}`

async function look(work: WorkOn, job: Job): Promise<Worked> {
  try {
    return await work({ ...job })
  } catch {
    // As in Redis: the job comes again, whatever happened.
    return { kind: 'again', milliseconds: AFTER_ERROR_MILLISECONDS }
  }
}
