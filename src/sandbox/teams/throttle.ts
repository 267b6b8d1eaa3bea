import type { Clock } from '../../ports/clock.ts'

/** Writing to one thread, or listing the members of one. */
export type Pace = 'writing' | 'listing'

/** What Microsoft's page on rate limits says of one bot in one thread. */
const WINDOWS = {
  writing: [
    { seconds: 1, most: 7 },
    { seconds: 2, most: 8 },
    { seconds: 30, most: 60 },
    { seconds: 3600, most: 1800 },
  ],
  listing: [{ seconds: 1, most: 14 }],
} as const satisfies Record<Pace, readonly { seconds: number; most: number }[]>

const LONGEST_MS = 3_600_000

export interface Throttle {
  /** Zero when the call may go ahead; else the seconds to wait. What may not go ahead is not counted. */
  take(pace: Pace, thread: string): number
}

export function createThrottle(clock: Clock): Throttle {
  const taken = new Map<string, number[]>()
  return {
    take: (pace, thread) => {
      const key = `${pace} ${thread}`
      const now = clock.now().getTime()
      const moments = (taken.get(key) ?? []).filter((moment) => moment > now - LONGEST_MS)
      const waits = WINDOWS[pace].map(({ seconds, most }) => {
        const free = (moments.at(-most) ?? Number.NEGATIVE_INFINITY) + seconds * 1000
        return Math.ceil((free - now) / 1000)
      })
      const wait = Math.max(0, ...waits)
      taken.set(key, wait > 0 ? moments : [...moments, now])
      return wait
    },
  }
}
