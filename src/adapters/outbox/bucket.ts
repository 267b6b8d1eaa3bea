import type { Lane } from '../../ports/chat.ts'
import type { Rate } from '../../ports/outbox.ts'

/** What may be sent now, of one kind of call: it fills with time. */
export interface Bucket {
  /** Milliseconds until the `place`th call from now may go in its lane (the next one is 0). */
  wait(lane: Lane, place: number): number
  take(): void
  /** Slack wants nothing of this kind for so long. */
  shut(milliseconds: number): void
}

export function bucket({ perMinute, burst, reserve }: Rate, now: () => number): Bucket {
  const perMillisecond = perMinute / 60_000
  let [left, at]: [number, number] = [burst, now()]
  const fill = () => {
    // While it is shut, the time at which it opens again stands ahead of the clock.
    if (now() <= at) return
    left = Math.min(burst, left + (now() - at) * perMillisecond)
    at = now()
  }
  return {
    wait(lane, place) {
      fill()
      const needed = place + 1 + (lane === 'progress' ? reserve : 0)
      const filling = Math.max(0, needed - left) / perMillisecond
      return Math.ceil(Math.max(0, at - now()) + filling)
    },
    take() {
      fill()
      left -= 1
    },
    shut(milliseconds) {
      left = 1
      at = Math.max(at, now() + milliseconds)
    },
  }
}
