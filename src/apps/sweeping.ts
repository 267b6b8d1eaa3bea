import type { Execution, ExecutionId } from '../domain/execution.ts'
import { sweep, type Waking } from '../engine/wake.ts'

/** Between two sweeps: how late a step may be when doorbell and stream are both lost. */
const SWEEP_MILLISECONDS = 5000
/** Once in so many sweeps the newest runs are named, changed or not: one may have begun and ended between two sweeps. */
const SWEEPS_PER_REVIEW = 12
const REVIEWED = 20

/** Sweeps for as long as it is open, each one after the end of the one before, and names every execution that may have changed. */
export function sweeping(waking: Waking, onChanged: (id: ExecutionId) => void) {
  const { clock, log } = waking
  let versions = new Map<ExecutionId, number>()
  let running = Promise.resolve()
  let isClosed = false
  let sweeps = 0
  let forget = later()

  function later(): () => void {
    return clock.after(SWEEP_MILLISECONDS, () => {
      running = once().finally(() => {
        if (!isClosed) forget = later()
      })
    })
  }

  async function once(): Promise<void> {
    try {
      compare(await sweep(waking))
      sweeps++
      if (sweeps % SWEEPS_PER_REVIEW === 0)
        for (const id of await waking.index.recent(REVIEWED)) onChanged(id)
    } catch (error) {
      log.error({ error }, 'sweep failed')
    }
  }

  function compare(woken: readonly Execution[]): void {
    const found = new Map(woken.map(({ id, version }) => [id, version]))
    // What is no longer among the unfinished has changed as well: it has ended.
    for (const id of new Set([...versions.keys(), ...found.keys()]))
      if (versions.get(id) !== found.get(id)) onChanged(id)
    versions = found
  }

  return {
    close: async () => {
      isClosed = true
      forget()
      await running
    },
  }
}
