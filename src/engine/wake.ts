import type { Logger } from 'pino'
import { advance } from '../domain/advance.ts'
import type { ChangeRecord } from '../domain/change.ts'
import type { Execution, ExecutionId } from '../domain/execution.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionIndex } from '../ports/execution-store.ts'
import type { Job, JobQueue } from '../ports/job-queue.ts'
import type { Keep } from './keep.ts'

/** Executions that a sweep wakes side by side: without Redis each one waits half a second for its doorbell. */
const LANES = 16

export interface Waking {
  readonly keep: Keep
  readonly index: ExecutionIndex
  readonly queue: JobQueue
  readonly clock: Clock
  readonly log: Logger
}

/**
 * Takes every step the engine owes the execution. Safe at any time, from any process, as often as one likes: after a click, a
 * stream record, a timer, a crash. Gives the execution as it then stands. What it starts is rung for by whoever hears of saves.
 */
export async function wake(id: ExecutionId, { keep }: Pick<Waking, 'keep'>): Promise<Execution | undefined> {
  return (await keep.change(id, () => []))?.execution
}

/** The jobs of what this record set going. */
export const jobsIn = ({ execution, changes }: ChangeRecord): Job[] =>
  changes.flatMap((change) =>
    change.what === 'moved' && change.to === 'IN_PROGRESS'
      ? [{ execution, task: change.task, attempt: change.attempt }]
      : [],
  )

/** The jobs that must exist for the execution, from its state alone. */
export const jobsOf = (execution: Execution): Job[] =>
  [...execution.tasks.values()]
    .filter((task) => task.status === 'IN_PROGRESS')
    .map((task) => ({ execution: execution.id, task: task.id, attempt: task.attempt }))

/**
 * Wakes everything that is unfinished: what a lost doorbell, a dead stream or a passed deadline left behind. Gives all of it,
 * as it then stands. A run that this process knows as it is, and that owes nothing, costs a hundredth of a read.
 */
export async function sweep(waking: Waking): Promise<readonly Execution[]> {
  const asleep = [...(await waking.index.active())]
  const versions = await waking.index.versions(asleep)
  const unmoved = (id: ExecutionId): Execution | undefined => {
    const known = waking.keep.known(id)
    if (!known || known.version !== versions.get(id)) return undefined
    return advance(known, waking.clock.now()).length === 0 ? known : undefined
  }
  const woken: Execution[] = []
  const lane = async () => {
    for (let id = asleep.shift(); id !== undefined; id = asleep.shift()) {
      try {
        const execution = unmoved(id) ?? (await wake(id, waking))
        if (!execution) continue
        await waking.queue.put(jobsOf(execution))
        woken.push(execution)
      } catch (error) {
        // One execution that cannot be read must not keep the others asleep; the next sweep comes in seconds.
        waking.log.error({ execution: id, error }, 'sweep could not wake an execution')
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return woken
}
