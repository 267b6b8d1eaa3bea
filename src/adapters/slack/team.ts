import type { webApi } from '@slack/bolt'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { type ClientOptions, slackClient } from './client.ts'
import { orFailure } from './failure.ts'
import { type SlackLog, slackLogger } from './log.ts'

/** The workspace that the bot token is for, as Slack says. Undefined where it does not: a bot starts without Slack, too. */
export async function ownTeam(
  options: ClientOptions & { readonly log: SlackLog },
): Promise<string | undefined> {
  const client = slackClient(options, slackLogger(options.log), 1)
  try {
    const { team_id } = await orFailure('auth.test', client.auth.test())
    return team_id
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    options.log.warn(
      { err: error },
      'slack did not say whose token it is: other workspaces are not told apart; set SLACK_TEAM_ID',
    )
    return undefined
  }
}

/** Our own user id, asked once. */
export function ownUser(client: webApi.WebClient): () => Promise<string | undefined> {
  let known: string | undefined
  return async () => {
    if (known) return known
    try {
      known = (await orFailure('auth.test', client.auth.test())).user_id
    } catch (error) {
      // Whoever must know whether it was us does without, this time.
      if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    }
    return known
  }
}
