import type { Job, JobQueue, Worked } from '../../src/ports/job-queue.ts'
import type { Ground, Process } from './process.ts'

/** A process that takes jobs. */
export interface Taker {
  readonly process: Process
  look(job: Job): Promise<Worked>
}

export interface Doorbell {
  /** The queue as this process sees it. */
  seenBy(process: Process): JobQueue
}

const STALL_MILLISECONDS = 30_000
const AFTER_ERROR_MILLISECONDS = 2_000

/** A queue that may refuse, forget, repeat and delay. What waits in it is never the truth. */
export function doorbell({ time, chance, faults }: Ground, takers: () => readonly Taker[]): Doorbell {
  const entries = new Map<string, Job>()

  function ring(name: string, job: Job): void {
    // An entry that was forgotten and put anew is another one.
    if (entries.get(name) !== job) return
    if (faults.strikes('bell forgets everything')) {
      entries.clear()
      return
    }
    const taker = chance.one(takers().filter(({ process }) => process.isAlive()))
    if (!taker) {
      later(1_000, name, job)
      return
    }
    const stalled = () => {
      // A worker that is dead, or does not say that it lives, loses its job to another one.
      if (!taker.process.isAlive() || taker.process.isAsleep()) ring(name, job)
      else settled = time.after(STALL_MILLISECONDS, stalled)
    }
    let settled = time.after(STALL_MILLISECONDS, stalled)
    taker.look(job).then(
      (worked) => {
        settled()
        if (worked.kind === 'again') later(worked.milliseconds, name, job)
        else if (entries.get(name) === job) entries.delete(name)
      },
      () => {
        settled()
        later(AFTER_ERROR_MILLISECONDS, name, job)
      },
    )
  }

  function later(milliseconds: number, name: string, job: Job): void {
    const late = faults.strikes('bell is late') ? chance.between(1_000, 60_000) : 0
    time.after(milliseconds + late, () => ring(name, job))
  }

  return {
    seenBy: () => ({
      async put(jobs) {
        if (faults.strikes('bell refuses')) return false
        for (const job of jobs) {
          const name = `${job.execution}/${job.task}@${job.attempt}`
          if (entries.has(name)) continue
          entries.set(name, job)
          later(0, name, job)
          if (faults.strikes('bell rings twice')) later(chance.between(0, 5_000), name, job)
        }
        return true
      },
      trouble: async () => undefined,
      close: async () => {},
    }),
  }
}
