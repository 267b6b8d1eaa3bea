import type { Clock } from '../../ports/clock.ts'

/** How often an app may call a method. `posting` is counted for each channel. */
export type Tier = 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'special' | 'posting'

interface Rate {
  perMinute: number
  /** How many may come at once. */
  burst: number
}

const RATES = {
  tier1: { perMinute: 1, burst: 1 },
  tier2: { perMinute: 20, burst: 20 },
  tier3: { perMinute: 50, burst: 50 },
  tier4: { perMinute: 100, burst: 100 },
  // Slack only says "hundreds per minute".
  special: { perMinute: 600, burst: 600 },
  // Slack says one a second, and that short bursts go through, but not how short.
  posting: { perMinute: 60, burst: 10 },
} as const satisfies Record<Tier, Rate>

export interface RateLimits {
  /** Zero when the call may go ahead; else the seconds to wait. */
  take(tier: Tier, key: string): number
}

/** A bucket for each key, which fills with time. */
export function createRateLimits(clock: Clock): RateLimits {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take: (tier, key) => {
      const { perMinute, burst } = RATES[tier]
      const now = clock.now().getTime()
      const { left, at } = buckets.get(key) ?? { left: burst, at: now }
      const filled = Math.min(burst, left + ((now - at) / 60_000) * perMinute)
      const isFree = filled >= 1
      buckets.set(key, { left: isFree ? filled - 1 : filled, at: now })
      return isFree ? 0 : Math.max(1, Math.ceil(((1 - filled) / perMinute) * 60))
    },
  }
}
