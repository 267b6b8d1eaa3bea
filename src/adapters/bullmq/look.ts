import type { Logger } from 'pino'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import { AmbiguousFailure, FinalFailure, TransientFailure } from '../../ports/failure.ts'
import type { Job, Worked, WorkOn } from '../../ports/job-queue.ts'

/** What an entry of the queue carries: the job, and how its looks went wrong so far. Lost with Redis, it only counts anew. */
export const ENTRY = z.object({
  execution: z.string().min(1),
  task: z.string().min(1),
  attempt: z.number().int(),
  /** Looks that threw. */
  thrown: z.number().int().default(0),
  /** How often BullMQ had missed a worker of this job when a look last came to an end: since then it is a suspect. */
  missed: z.number().int().default(0),
  /** Looks that their process did not survive, the one that begins now among them. Counted while the job is a suspect. */
  deaths: z.number().int().default(0),
})
export type Entry = z.infer<typeof ENTRY>

export interface Looking {
  readonly work: WorkOn
  readonly onCrashed?: ((job: Job) => Promise<Worked>) | undefined
  readonly clock: Clock
  readonly log: Logger
}

/**
 * One look, which ends well for the queue whatever happens in it.
 * 1. After ten seconds it is let go: it may go on (the store fences what it saves), but holds up nobody any more.
 * 2. The third look that throws, or that its process does not survive, is told to `onCrashed`, and so is each one after it.
 *    A failure of the world is no crash: it comes again for ever.
 */
export async function lookAt(
  entry: Entry,
  missed: number,
  looking: Looking,
): Promise<{ worked: Worked; entry: Entry }> {
  const { execution, task, attempt } = entry
  const job = { execution, task, attempt }
  const log = looking.log.child(job)
  if (entry.deaths >= CRASHES && looking.onCrashed) {
    log.error({ deaths: entry.deaths }, 'every process that looked at this job died')
    return { worked: await giveUp(job, looking, log), entry }
  }
  const cleared = { ...entry, missed, deaths: 0 }
  const look = started(() => looking.work(job))
  const ended = await within(looking.clock, LOOK_MILLISECONDS, look)
  switch (ended.kind) {
    case 'late':
      log.warn({ milliseconds: LOOK_MILLISECONDS }, 'look takes too long, the job comes again')
      look.catch((error: unknown) => log.error({ error }, 'look that took too long failed'))
      return { worked: AGAIN, entry: cleared }
    case 'answered':
      return { worked: ended.worked, entry: cleared }
    case 'thrown': {
      const { error } = ended
      log.error({ error }, 'look failed, the job comes again')
      if (isOfTheWorld(error)) return { worked: AGAIN, entry: cleared }
      const thrown = entry.thrown + 1
      const worked = thrown < CRASHES ? AGAIN : await giveUp(job, looking, log)
      return { worked, entry: { ...cleared, thrown } }
    }
  }
}

const CRASHES = 3
// The longest that a deploy waits for a look, and above the patience of one call to AWS.
const LOOK_MILLISECONDS = 10_000
const AGAIN: Worked = { kind: 'again', milliseconds: 2_000 }

const isOfTheWorld = (error: unknown): boolean =>
  error instanceof TransientFailure || error instanceof FinalFailure || error instanceof AmbiguousFailure

async function giveUp(job: Job, { onCrashed, clock }: Looking, log: Logger): Promise<Worked> {
  if (!onCrashed) return AGAIN
  const report = started(() => onCrashed(job))
  const ended = await within(clock, LOOK_MILLISECONDS, report)
  if (ended.kind === 'answered') return ended.worked
  const error = ended.kind === 'thrown' ? ended.error : `no end after ${LOOK_MILLISECONDS} ms`
  log.error({ error }, 'crash could not be reported, the job comes again')
  report.catch(() => {}) // Said above, or it comes again.
  return AGAIN
}

type Ended = { kind: 'answered'; worked: Worked } | { kind: 'thrown'; error: unknown } | { kind: 'late' }

/** What throws before its first await has failed as well. */
const started = async (run: () => Promise<Worked>): Promise<Worked> => run()

function within(clock: Clock, milliseconds: number, look: Promise<Worked>): Promise<Ended> {
  return new Promise((resolve) => {
    const forget = clock.after(milliseconds, () => resolve({ kind: 'late' }))
    look
      .then(
        (worked) => resolve({ kind: 'answered', worked }),
        (error: unknown) => resolve({ kind: 'thrown', error }),
      )
      .finally(forget)
  })
}
