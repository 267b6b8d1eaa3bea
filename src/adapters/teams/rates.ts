import type { Rates } from '../../ports/outbox.ts'

export type Kind = 'thread' | 'files'

/**
 * What Teams takes: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit. For each thread 7 calls in a
 * second, 60 in 30 s and 1,800 in an hour, new messages and edits together; a 429 says when it is more.
 */
export const TEAMS_RATES = {
  platform: 'Teams',
  rates: {
    thread: { perMinute: 60, burst: 6, reserve: 2 },
    /** They go to the same threads, so they keep out of their way. */
    files: { perMinute: 20, burst: 3, reserve: 0 },
  },
} as const satisfies Rates<Kind>
