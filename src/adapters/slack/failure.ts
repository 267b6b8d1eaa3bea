import { webApi } from '@slack/bolt'
import {
  FinalFailure,
  GoneFailure,
  QuotaFailure,
  TransientFailure,
  UnreachableFailure,
} from '../../ports/failure.ts'

const LATER = { means: 'later' } as const
const GONE = { means: 'gone' } as const
const here = (wayOut: string) => ({ means: 'here', wayOut }) as const
const everywhere = (wayOut: string) => ({ means: 'everywhere', wayOut }) as const

/**
 * What an error code of the Web API means. later: the same call may work then. gone: the message stands no more. here and
 * everywhere: nothing is taken there until people do what is written. A code that is not in here is a no to this one call.
 */
const CODES: Readonly<
  Record<string, typeof LATER | typeof GONE | ReturnType<typeof here | typeof everywhere>>
> = {
  fatal_error: LATER,
  internal_error: LATER,
  rate_limited: LATER,
  ratelimited: LATER,
  request_timeout: LATER,
  service_unavailable: LATER,
  team_added_to_org: LATER,

  cannot_reply_to_message: GONE,
  cant_update_message: GONE,
  edit_window_closed: GONE,
  message_not_found: GONE,
  thread_not_found: GONE,

  channel_is_limited_access: here('Allow the app in the channel.'),
  channel_not_found: here('Invite the bot to the channel, if there still is one.'),
  is_archived: here('Unarchive the channel.'),
  not_in_channel: here('Invite the bot to the channel.'),
  restricted_action: here('Allow the app to post in the channel.'),
  restricted_action_non_threadable_channel: here('Allow replies in the channel.'),
  restricted_action_read_only_channel: here('Allow the app to post in the channel.'),
  restricted_action_thread_only_channel: here('Allow the app to post in the channel.'),

  access_denied: everywhere('Let an admin of the workspace allow the app.'),
  account_inactive: everywhere('Install the app again.'),
  ekm_access_denied: everywhere('Let an admin of the workspace allow the app.'),
  invalid_auth: everywhere('Set a valid SLACK_BOT_TOKEN.'),
  missing_scope: everywhere('Install the app again from its manifest.'),
  no_permission: everywhere('Install the app again from its manifest.'),
  not_authed: everywhere('Set a valid SLACK_BOT_TOKEN.'),
  token_expired: everywhere('Set a valid SLACK_BOT_TOKEN.'),
  token_revoked: everywhere('Install the app again and set its new SLACK_BOT_TOKEN.'),
}

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
    return new QuotaFailure(`Slack asked to wait ${seconds} s before ${what}.`, seconds, options)
  }
  if (error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError) {
    return new TransientFailure(`Slack did not answer ${what}: ${error.message}`, undefined, options)
  }
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined
  const code = error.data.error
  const known = CODES[code]
  switch (known?.means) {
    case 'later':
      return new TransientFailure(`Slack could not do ${what}: ${code}.`, undefined, options)
    case 'gone':
      return new GoneFailure(`Slack refused ${what}: ${code}.`, options)
    case 'here':
    case 'everywhere':
      return new UnreachableFailure(`Slack refused ${what}: ${code}. ${known.wayOut}`, known.means, options)
    default:
      return new FinalFailure(`Slack refused ${what}: ${code}.`, options)
  }
}
