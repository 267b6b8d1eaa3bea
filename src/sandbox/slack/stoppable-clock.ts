import type { Clock } from '../../ports/clock.ts'

export interface StoppableClock extends Clock {
  /** From now on nothing that waits is ever run. */
  stop(): void
}

/** The same time, but everything waiting on it can be dropped at once: a closed workspace must not act any more. */
export function stoppable(clock: Clock): StoppableClock {
  const waiting = new Set<() => void>()
  let stopped = false
  return {
    now: () => clock.now(),
    after: (milliseconds, run) => {
      if (stopped) return () => {}
      const forget = clock.after(milliseconds, () => {
        waiting.delete(forget)
        run()
      })
      waiting.add(forget)
      return () => {
        waiting.delete(forget)
        forget()
      }
    },
    stop: () => {
      stopped = true
      for (const forget of waiting) forget()
      waiting.clear()
    },
  }
}
