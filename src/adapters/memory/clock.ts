import type { Clock } from '../../ports/clock.ts'

export interface ManualClock extends Clock {
  /** Moves the hands and runs, in order of their time, everything that falls due on the way. */
  advance(milliseconds: number): void
}

/** A clock that stands still until a test moves it. */
export function manualClock(start = '2026-01-08T12:00:00.000Z'): ManualClock {
  let now = Date.parse(start)
  let due: { at: number; run: () => void }[] = []

  return {
    now: () => new Date(now),
    after: (milliseconds, run) => {
      const entry = { at: now + milliseconds, run }
      due.push(entry)
      return () => {
        due = due.filter((other) => other !== entry)
      }
    },
    advance: (milliseconds) => {
      const end = now + milliseconds
      for (;;) {
        const next = due.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        due = due.filter((entry) => entry !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = end
    },
  }
}
