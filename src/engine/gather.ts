import { advance, MOVES_PER_SAVE } from '../domain/advance.ts'
import type { Change, Moved } from '../domain/change.ts'
import { evolve } from '../domain/evolve.ts'
import type { Execution } from '../domain/execution.ts'
import { ENGINE, type TaskId } from '../domain/task.ts'
import type { Changed } from './keep.ts'

/** Somebody in line: what they want changed, given the state, and how they are answered. */
export interface Ask {
  /** Looks at one task only, and at whether the run is paused or cancelled. No changes: it has no effect on this state. */
  readonly decide: (execution: Execution) => readonly Change[]
  readonly answer: (changed: Changed | undefined) => void
  readonly fail: (error: unknown) => void
}

/**
 * One save for as many of the line as fit: each task is asked about once, and what the engine then owes the others goes with
 * it. Whoever is neither counted nor without effect waits for the next save.
 */
export function gather(
  before: Execution,
  line: readonly Ask[],
  now: Date,
): { readonly changes: readonly Change[]; readonly counted: readonly Ask[] } {
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
  const owed = owedAfter(before, changes, now).filter(({ task }) => !touched.has(task))
  return { changes: [...changes, ...owed.slice(0, MOVES_PER_SAVE - touched.size)], counted }
}

function owedAfter(before: Execution, changes: readonly Change[], now: Date): readonly Moved[] {
  if (changes.length === 0) return advance(before, now)
  // Nobody sees this draft: the save makes the record that counts, with all of it.
  const { id, version, lastChangeHash } = before
  const record = { execution: id, version, hash: lastChangeHash, previousHash: '', at: now.toISOString() }
  return advance(evolve(before, { ...record, by: ENGINE, source: 'worker', changes }), now)
}
