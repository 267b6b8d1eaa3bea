import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { outbox } from '../adapters/outbox/outbox.ts'
import { slackChat } from '../adapters/slack/chat.ts'
import { slackDirectory } from '../adapters/slack/directory.ts'
import { SLACK_RATES } from '../adapters/slack/rates.ts'
import { slackApp } from '../adapters/slack/receiver.ts'
import { slackRooms } from '../adapters/slack/rooms.ts'
import { slackRoster } from '../adapters/slack/roster.ts'
import { ownTeam } from '../adapters/slack/team.ts'
import { teamsAdapter } from '../adapters/teams/adapter.ts'
import { teamsChat } from '../adapters/teams/chat.ts'
import { connector } from '../adapters/teams/connector.ts'
import { teamsContacts } from '../adapters/teams/contacts.ts'
import { teamsDirectory, teamsRoster } from '../adapters/teams/directory.ts'
import { GRAPH_AUDIENCE, graph } from '../adapters/teams/graph.ts'
import { ownChannels } from '../adapters/teams/own-channels.ts'
import { teamsPeople } from '../adapters/teams/people.ts'
import { TEAMS_RATES } from '../adapters/teams/rates.ts'
import { teamsReceiver } from '../adapters/teams/receiver.ts'
import { teamsRooms } from '../adapters/teams/rooms.ts'
import { sealing } from '../adapters/teams/seal.ts'
import { botToken } from '../adapters/teams/token.ts'
import type { Config } from '../config.ts'
import { optional } from '../domain/optional.ts'
import { groupsIn, type Policy } from '../domain/permission.ts'
import type { Actor } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { ContactStore } from '../ports/contact-store.ts'
import type { Directory } from '../ports/directory.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { FileStore } from '../ports/file-store.ts'
import type { Platform } from '../ports/platform.ts'
import type { Rooms } from '../ports/rooms.ts'

export interface Around {
  readonly clock: Clock
  readonly log: Logger
  readonly policy: Policy
  readonly contacts: ContactStore
  readonly files: FileStore
  readonly publicUrl: string | undefined
}

/** The chat platforms that are set up: one line each. */
export async function platformsOf(
  { slack, teams }: Pick<Config, 'slack' | 'teams'>,
  around: Around,
): Promise<readonly Platform[]> {
  return [
    ...(slack ? [await slackPlatform(slack, around)] : []),
    ...(teams ? [teamsPlatform(teams, around)] : []),
  ]
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

function teamsPlatform(
  config: NonNullable<Config['teams']>,
  { clock, log, policy, contacts: store, files, publicUrl }: Around,
): Platform {
  const { app, tenantId, serviceUrl, loginUrl, openIdUrl, channel: home } = config
  const contacts = teamsContacts(store, serviceUrl)
  const calls = connector({
    ...(app && { token: botToken({ app, tenantId, loginUrl, clock }) }),
    bot: { id: `28:${app?.id ?? 'lifeboat'}`, name: 'Lifeboat' },
    tenantId,
    serviceUrl: contacts.serviceUrl,
  })
  const people = teamsPeople({ connector: calls, contacts, clock, tenantId, home })
  const groups = groupsIn(policy)
  const outgoing = outbox(clock, TEAMS_RATES)
  const place = home === undefined ? undefined : { platform: 'teams', channel: home }
  const chat = teamsChat({ connector: calls, outbox: outgoing, people, files: { store: files, publicUrl } })
  return {
    name: 'teams',
    chat,
    rooms: roomsOf(config, teamsRooms({ connector: calls, people, tenantId, home }), { clock, log }),
    roster: teamsRoster({ people, groups, home }),
    directory: teamsDirectory({ people, groups, home }),
    ...optional('home', place),
    listen: (heard) =>
      teamsReceiver({
        ...{ ...heard, clock, log, contacts, people, files, tenantId, serviceUrl },
        ...{ connector: calls, outbox: outgoing, home: place },
        adapter: teamsAdapter({ appId: app?.id, tenantId, openIdUrl }),
        seal: sealing(app?.secret ?? randomUUID()),
      }),
    close: outgoing.close,
  }
}

/** Channels of their own where a team is named for them, and the bot can show who it is. */
function roomsOf(
  { app, tenantId, loginUrl, team, graphUrl }: NonNullable<Config['teams']>,
  threads: Rooms,
  { clock, log }: Pick<Around, 'clock' | 'log'>,
): Rooms {
  if (!app || team === undefined) return threads
  const token = botToken({ app, tenantId, loginUrl, clock, audience: GRAPH_AUDIENCE })
  return ownChannels({ graph: graph({ token, url: graphUrl, team }), threads, log })
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
