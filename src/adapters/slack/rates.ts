import type { Lane } from '../../ports/chat.ts'

/** What the app may ask of Slack, a little less than that: other processes and the locking of pressed cards need some too. */
interface Rate {
  readonly perMinute: number
  /** How many may go at once. */
  readonly burst: number
  /** Of these, so many are kept from progress: what needs people finds room at once. */
  readonly reserve: number
}

export const RATES = {
  /** For each channel one a second, and short bursts. */
  'chat.postMessage': { perMinute: 60, burst: 5, reserve: 2 },
  /** 50 a minute for all channels of the workspace together. */
  'chat.update': { perMinute: 45, burst: 40, reserve: 15 },
  /** Each takes three calls of methods with 100 a minute. */
  files: { perMinute: 40, burst: 10, reserve: 0 },
} as const satisfies Record<string, Rate>
export type Kind = keyof typeof RATES

/** What may be sent now, of one kind of call: it fills with time. */
export interface Bucket {
  /** Milliseconds until the `place`th call from now may go in its lane (the next one is 0). */
  wait(lane: Lane, place: number): number
  take(): void
  /** Slack wants nothing of this kind for so long. */
  shut(milliseconds: number): void
}

export function bucket(kind: Kind, now: () => number): Bucket {
  const { perMinute, burst, reserve } = RATES[kind]
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
