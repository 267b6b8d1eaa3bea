import type { Logger } from 'pino'
import { advance } from '../domain/advance.ts'
import type { Execution, ExecutionId } from '../domain/execution.ts'
import { ENGINE } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionIndex } from '../ports/execution-store.ts'
import type { Job, JobQueue } from '../ports/job-queue.ts'
import type { Keep } from './keep.ts'

/** More saves than this for one waking means that the engine moves in a circle. A plan of 2,000 tasks needs some 50. */
const ROUNDS = 500

/** Executions that a sweep wakes side by side: without Redis each one waits half a second for its doorbell. */
const LANES = 16

export interface Waking {
  readonly keep: Keep
  readonly index: ExecutionIndex
  readonly queue: JobQueue
  readonly clock: Clock
  readonly log: Logger
  /** Called after each save the engine makes, so that the thread is told soon. */
  readonly saved: (execution: Execution) => void
}

/**
 * Takes every step the engine owes the execution, then rings for its jobs. Safe at any time, from any process, as often as
 * one likes: after a click, a finished job, a stream record, a timer, a crash. Gives the execution as it then stands.
 */
export async function wake(id: ExecutionId, waking: Waking): Promise<Execution | undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    const execution = await waking.keep.current(id)
    if (!execution) return undefined
    const changes = advance(execution, waking.clock.now())
    if (changes.length === 0) {
      await waking.queue.put(jobsOf(execution))
      return execution
    }
    const committed = await waking.keep.commit(execution, { by: ENGINE, source: 'engine', changes })
    if (committed.kind === 'saved') waking.saved(committed.execution)
    if (committed.kind === 'plan-busy') return execution
  }
  throw new Error(`The engine owed ${id} steps even after ${ROUNDS} saves.`)
}

/** The jobs that must exist for the execution, from its state alone. */
export const jobsOf = (execution: Execution): Job[] =>
  [...execution.tasks.values()]
    .filter((task) => task.status === 'IN_PROGRESS')
    .map((task) => ({ execution: execution.id, task: task.id, attempt: task.attempt }))

/**
 * Wakes everything that is unfinished: what a lost doorbell, a dead stream or a passed deadline left behind. Gives what it
 * woke, as it then stands.
 */
export async function sweep(waking: Waking): Promise<readonly Execution[]> {
  const asleep = [...(await waking.index.active())]
  const woken: Execution[] = []
  const lane = async () => {
    for (let id = asleep.shift(); id !== undefined; id = asleep.shift()) {
      try {
        const execution = await wake(id, waking)
        if (execution) woken.push(execution)
      } catch (error) {
        // One execution that cannot be read must not keep the others asleep; the next sweep comes in seconds.
        waking.log.error({ execution: id, error }, 'sweep could not wake an execution')
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return woken
}
