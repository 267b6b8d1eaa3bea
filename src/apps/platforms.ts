import type { Logger } from 'pino'
import { outbox } from '../adapters/outbox/outbox.ts'
import { slackChat } from '../adapters/slack/chat.ts'
import { slackDirectory } from '../adapters/slack/directory.ts'
import { SLACK_RATES } from '../adapters/slack/rates.ts'
import { slackApp } from '../adapters/slack/receiver.ts'
import { slackRooms } from '../adapters/slack/rooms.ts'
import { slackRoster } from '../adapters/slack/roster.ts'
import { ownTeam } from '../adapters/slack/team.ts'
import type { Config } from '../config.ts'
import { optional } from '../domain/optional.ts'
import type { Actor } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Directory } from '../ports/directory.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { Platform } from '../ports/platform.ts'

export interface Around {
  readonly clock: Clock
  readonly log: Logger
}

/** The chat platforms that are set up: one line each. */
export async function platformsOf({ slack }: Config, around: Around): Promise<readonly Platform[]> {
  return Promise.all([...(slack ? [slackPlatform(slack, around)] : [])])
}

async function slackPlatform(
  config: NonNullable<Config['slack']>,
  { clock, log }: Around,
): Promise<Platform> {
  const { botToken, signingSecret, appToken, appId, apiUrl, channel } = config
  const client = { botToken, apiUrl, clock, log }
  const slack = { ...client, ...optional('teamId', config.teamId ?? (await ownTeam(client))) }
  const outgoing = outbox(clock, SLACK_RATES)
  const chat = slackChat({ ...slack, outbox: outgoing })
  return {
    name: 'slack',
    chat,
    rooms: slackRooms(slack),
    roster: slackRoster(slack),
    directory: slackDirectory(slack),
    ...optional('home', channel === undefined ? undefined : { platform: 'slack', channel }),
    listen: (heard) =>
      slackApp({
        ...{ ...slack, ...heard, signingSecret, direct: chat.direct },
        ...optional('appToken', appToken),
        ...optional('appId', appId),
      }),
    close: outgoing.close,
  }
}

/** Who somebody is, asked of the platform that their id belongs to. */
export const directoryOf = (platforms: readonly Platform[]): Directory => ({
  identify: async (actor: Actor) => {
    const platform = platforms.find(({ name }) => actor.id.startsWith(`${name}:`))
    if (!platform)
      throw new TransientFailure(`No chat platform here knows "${actor.id}": nothing is allowed.`)
    return platform.directory.identify(actor)
  },
})
