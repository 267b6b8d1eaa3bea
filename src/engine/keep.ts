import { type Change, recordOf } from '../domain/change.ts'
import { evolve } from '../domain/evolve.ts'
import type { Execution, ExecutionId } from '../domain/execution.ts'
import { broken } from '../domain/invariants.ts'
import type { Actor } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionStore, Saved } from '../ports/execution-store.ts'

/** How many executions a process keeps warm; the rest is loaded again when it is needed. */
const KEPT = 200

export interface Made {
  readonly by: Actor
  readonly source: string
  readonly changes: readonly Change[]
}
export type Committed =
  | { readonly kind: 'saved'; readonly execution: Execution }
  | Exclude<Saved, { kind: 'saved' }>

/**
 * The executions this process knows, and the only way to save one.
 * 1. `current` is as new as the store: what is kept is brought up to date by the records since.
 * 2. `commit` saves on the version it was given, or says stale; a stale copy is therefore harmless.
 * 3. A save that would break an invariant throws before anything is written.
 */
export interface Keep {
  current(id: ExecutionId): Promise<Execution | undefined>
  commit(before: Execution, made: Made): Promise<Committed>
  /** Takes up an execution that was just created. */
  know(execution: Execution): void
}

export function keep(store: ExecutionStore, clock: Clock): Keep {
  const kept = new Map<ExecutionId, Execution>()
  const know = (execution: Execution): Execution => {
    kept.delete(execution.id)
    kept.set(execution.id, execution)
    const oldest = kept.keys().next().value
    if (kept.size > KEPT && oldest) kept.delete(oldest)
    return execution
  }

  return {
    know,
    async current(id) {
      const known = kept.get(id)
      if (!known) {
        const loaded = await store.load(id)
        return loaded && know(loaded)
      }
      const records = await store.changesSince(id, known.version)
      return records.length === 0 ? known : know(records.reduce(evolve, known))
    },
    async commit(before, made) {
      const record = recordOf(before, { ...made, at: clock.now().toISOString() })
      const after = evolve(before, record)
      const wrong = broken({ before, record, after })
      if (wrong.length > 0) throw new Error(`A save of ${before.id} would break: ${wrong.join('; ')}.`)
      const saved = await store.save(before, record, after)
      return saved.kind === 'saved' ? { kind: 'saved', execution: know(after) } : saved
    },
  }
}
