import { advance, MOVES_PER_SAVE } from '../domain/advance.ts'
import type { Change } from '../domain/change.ts'
import { drafted } from '../domain/evolve.ts'
import type { Execution } from '../domain/execution.ts'
import type { TaskId } from '../domain/task.ts'

export interface Changed {
  readonly execution: Execution
  /** Whether what was asked for is among what was saved. */
  readonly counted: boolean
}

/** Somebody in line: what they want changed, given the state, and how they are answered. */
export interface Ask {
  /** Looks at one task only, and at whether the run is paused or cancelled. No changes: it has no effect on this state. */
  readonly decide: (execution: Execution) => readonly Change[]
  readonly answer: (changed: Changed | undefined) => void
  readonly fail: (error: unknown) => void
}

export interface Gathered {
  readonly changes: readonly Change[]
  readonly counted: readonly Ask[]
  /** The engine owed something, and may owe more once this is saved. */
  readonly owing: boolean
}

/**
 * One save for as many of the line as fit: each task is asked about once, and what the engine then owes the others goes with
 * it. Whoever is neither counted nor without effect waits for the next save.
 */
export function gather(before: Execution, line: readonly Ask[], now: Date): Gathered {
  const changes: Change[] = []
  const counted: Ask[] = []
  const touched = new Set<TaskId>()
  for (const ask of line) {
    if (touched.size >= MOVES_PER_SAVE) break
    const made = ask.decide(before)
    const tasks = made.flatMap((change) => ('task' in change ? [change.task] : []))
    if (made.length === 0 || tasks.some((task) => touched.has(task))) continue
    for (const task of tasks) touched.add(task)
    changes.push(...made)
    counted.push(ask)
  }
  const after = changes.length > 0 ? drafted(before, changes, now.toISOString()) : before
  const owes = advance(after, now)
  const owed = owes.filter(({ task }) => !touched.has(task))
  const fitting = owed.slice(0, MOVES_PER_SAVE - touched.size)
  return { changes: [...changes, ...fitting], counted, owing: owes.length > 0 }
}
