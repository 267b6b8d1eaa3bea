import { advance } from '../domain/advance.ts'
import { type Change, type ChangeRecord, recordOf } from '../domain/change.ts'
import { evolve } from '../domain/evolve.ts'
import type { Execution, ExecutionId } from '../domain/execution.ts'
import { broken } from '../domain/invariants.ts'
import { type Actor, ENGINE } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Created, ExecutionStore, Saved } from '../ports/execution-store.ts'
import { type Ask, type Changed, gather } from './gather.ts'

/** How many executions a process keeps warm; the rest is loaded again when it is needed. */
const KEPT = 1_000
/** More saves than this for one change mean that the engine moves in a circle. A plan of 2,000 tasks needs some 50. */
const ROUNDS = 500

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
 * 4. `saved` hears of each save once, from the process that made it.
 */
export interface Keep {
  current(id: ExecutionId): Promise<Execution | undefined>
  /** As this process last saw it: free of cost, perhaps old. Whoever saves by it finds out. */
  known(id: ExecutionId): Execution | undefined
  /** All of its records, oldest first, and the state that they make. */
  history(id: ExecutionId): Promise<{ execution: Execution; records: readonly ChangeRecord[] } | undefined>
  create(execution: Execution, record: ChangeRecord): Promise<Created>
  commit(before: Execution, made: Made): Promise<Committed>
  /**
   * The engine's own changes. What several ask for while one save is under way goes into the next one together, and with it
   * what the engine owes the run then. Asks again by itself where others were quicker; undefined where there is no such run.
   */
  change(id: ExecutionId, decide: Ask['decide']): Promise<Changed | undefined>
}

export type OnSaved = (execution: Execution, record: ChangeRecord) => void

export function keep(store: ExecutionStore, clock: Clock, saved: OnSaved = () => {}): Keep {
  const kept = new Map<ExecutionId, Execution>()
  const lines = new Map<ExecutionId, Ask[]>()

  function know(execution: Execution): Execution {
    const known = kept.get(execution.id)
    const newest = known && known.version > execution.version ? known : execution
    kept.delete(execution.id)
    kept.set(execution.id, newest)
    const oldest = kept.keys().next().value
    if (kept.size > KEPT && oldest) kept.delete(oldest)
    return newest
  }

  async function current(id: ExecutionId): Promise<Execution | undefined> {
    const known = kept.get(id)
    if (!known) {
      const loaded = await store.load(id)
      return loaded && know(loaded)
    }
    const records = await store.changesSince(id, known.version)
    return records.length === 0 ? known : know(records.reduce(evolve, known))
  }

  async function commit(before: Execution, made: Made): Promise<Committed> {
    const record = recordOf(before, { ...made, at: clock.now().toISOString() })
    const after = evolve(before, record)
    const wrong = broken({ before, record, after })
    if (wrong.length > 0) throw new Error(`A save of ${before.id} would break: ${wrong.join('; ')}.`)
    const done = await store.save(before, record, after)
    if (done.kind !== 'saved') return done
    saved(know(after), record)
    return { kind: 'saved', execution: after }
  }

  /** Serves the line until nobody waits in it and nothing is owed. Whoever comes after that opens a line of his own. */
  async function serve(id: ExecutionId, line: Ask[]): Promise<void> {
    try {
      await serveAll(id, line)
    } catch (error) {
      lines.delete(id)
      for (const ask of line.splice(0)) ask.fail(error)
    }
  }

  async function serveAll(id: ExecutionId, line: Ask[]): Promise<void> {
    let sure = false
    for (let round = 0; line.length > 0; round++) {
      if (round === ROUNDS) throw new Error(`The engine owed ${id} steps even after ${ROUNDS} saves.`)
      const known = kept.get(id)
      const before = known ?? (await current(id))
      if (!known) sure = true
      if (!before) {
        for (const ask of line.splice(0)) ask.answer(undefined)
        continue
      }
      const { changes, counted, owing } = gather(before, line, clock.now())
      if (changes.length === 0) {
        // What has no effect on an old copy may have one on the newest.
        if (sure) for (const ask of line.splice(0)) ask.answer({ execution: before, counted: false })
        else await current(id)
        sure = true
        continue
      }
      const source = counted.length > 0 ? 'worker' : 'engine'
      const done = await commit(before, { by: ENGINE, source, changes })
      if (done.kind === 'plan-busy') {
        for (const ask of line.splice(0)) ask.answer({ execution: before, counted: false })
        continue
      }
      if (done.kind === 'stale') await current(id)
      // Either way nobody else can have saved in between: what we have is what is there.
      sure = true
      if (done.kind === 'stale') continue
      for (const ask of take(line, counted)) ask.answer({ execution: done.execution, counted: true })
      if (line.length === 0 && owing && advance(done.execution, clock.now()).length > 0) line.push(NOBODY)
    }
    // At once, without a pause: whoever stood in a closed line would wait for ever.
    lines.delete(id)
  }

  return {
    current,
    commit,
    known: (id) => kept.get(id),
    async history(id) {
      const before = await current(id)
      if (!before) return undefined
      const records = await store.changesSince(id, 0)
      // Somebody may have saved in between.
      return { execution: records.slice(before.version).reduce(evolve, before), records }
    },
    async create(execution, record) {
      const created = await store.create(execution, record)
      if (created.kind === 'created') saved(know(execution), record)
      return created
    },
    change: (id, decide) =>
      new Promise((answer, fail) => {
        const ask: Ask = { decide, answer, fail }
        const waiting = lines.get(id)
        if (waiting) {
          waiting.push(ask)
          return
        }
        const line = [ask]
        lines.set(id, line)
        serve(id, line)
      }),
  }
}

/** Stands in line for what the engine still owes when everybody has been served. */
const NOBODY: Ask = { decide: () => [], answer: () => {}, fail: () => {} }

/** Takes those out of the line. */
function take(line: Ask[], those: readonly Ask[]): readonly Ask[] {
  const left = line.filter((ask) => !those.includes(ask))
  line.splice(0, line.length, ...left)
  return those
}
