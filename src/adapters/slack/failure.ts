import { webApi } from '@slack/bolt'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'

/** Errors that say "not now". Every other error code of the Web API is a no that stays. */
const LATER = new Set([
  'fatal_error',
  'internal_error',
  'ratelimited',
  'rate_limited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
])

/** The same call, its failure in the words of the ports. */
export async function orFailure<Answer>(what: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call
  } catch (error) {
    throw failureOf(what, error) ?? error
  }
}

/** Slack's own word for a refusal that stays; undefined where it was none. */
export function refusalCode(error: unknown): string | undefined {
  const cause = error instanceof FinalFailure ? error.cause : undefined
  return cause instanceof webApi.WebAPIPlatformError ? cause.data.error : undefined
}

/** Slack does not know, or does not take, a block of the message. */
export const isInvalidBlocks = (error: unknown): boolean => refusalCode(error) === 'invalid_blocks'

function failureOf(what: string, error: unknown): Error | undefined {
  const options = { cause: error }
  if (error instanceof webApi.WebAPIRateLimitedError) {
    const seconds = error.retryAfter
    return new TransientFailure(`Slack asked to wait ${seconds} s before ${what}.`, seconds, options)
  }
  if (error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError) {
    return new TransientFailure(`Slack did not answer ${what}: ${error.message}`, undefined, options)
  }
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined
  const code = error.data.error
  if (LATER.has(code)) return new TransientFailure(`Slack could not do ${what}: ${code}.`, undefined, options)
  return new FinalFailure(`Slack refused ${what}: ${code}.`, options)
}
