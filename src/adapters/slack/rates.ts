import type { Rates } from '../../ports/outbox.ts'

export type Kind = 'chat.postMessage' | 'chat.update' | 'files'

/** What Slack takes: https://docs.slack.dev/apis/web-api/rate-limits */
export const SLACK_RATES = {
  platform: 'Slack',
  rates: {
    /** For each channel one a second, and short bursts. */
    'chat.postMessage': { perMinute: 60, burst: 5, reserve: 2 },
    /** 50 a minute for all channels of the workspace together. */
    'chat.update': { perMinute: 45, burst: 40, reserve: 15 },
    /** Each takes three calls of methods with 100 a minute. */
    files: { perMinute: 40, burst: 10, reserve: 0 },
  },
} as const satisfies Rates<Kind>
