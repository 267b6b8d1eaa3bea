import type { Clock } from '../../src/ports/clock.ts'

export interface LeapingClock extends Clock {
  /** So much time passes at once. What falls due on the way runs, in the order of its time. */
  leap(milliseconds: number): void
}

interface Entry {
  readonly at: number
  readonly run: () => void
}

/** The machine's clock, for real processes that talk over real wires, but that a test can put forward. It never goes back. */
export function leapingClock(): LeapingClock {
  let ahead = 0
  const waiting = new Map<Entry, NodeJS.Timeout>()
  const now = () => Date.now() + ahead

  function arm(entry: Entry): void {
    const fire = () => {
      waiting.delete(entry)
      entry.run()
    }
    waiting.set(entry, setTimeout(fire, Math.max(0, entry.at - now())))
  }

  return {
    now: () => new Date(now()),
    after(milliseconds, run) {
      const entry = { at: now() + milliseconds, run }
      arm(entry)
      return () => {
        clearTimeout(waiting.get(entry))
        waiting.delete(entry)
      }
    },
    leap(milliseconds) {
      ahead += milliseconds
      // Timers of the same delay fire in the order in which they were set.
      for (const [entry, timer] of [...waiting].sort(([a], [b]) => a.at - b.at)) {
        clearTimeout(timer)
        arm(entry)
      }
    },
  }
}
