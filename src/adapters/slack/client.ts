import { webApi } from '@slack/bolt'

export interface ClientOptions {
  readonly botToken: string
  /** E.g. "https://slack.com/api/". */
  readonly apiUrl: string
}

/**
 * A client of its own for each concern: one that has to wait for Slack holds up nobody else.
 * A call that may have been heard is repeated only where repeating it does no harm.
 */
export const slackClient = (
  { botToken, apiUrl }: ClientOptions,
  logger: webApi.WebClientOptions['logger'],
  retries: number,
) => new webApi.WebClient(botToken, { ...clientSettings(apiUrl, retries), ...(logger && { logger }) })

export const clientSettings = (apiUrl: string, retries: number) => ({
  slackApiUrl: apiUrl,
  timeout: 5_000,
  rejectRateLimitedCalls: true,
  retryConfig: { retries, minTimeout: 200, maxTimeout: 1_000 },
})
