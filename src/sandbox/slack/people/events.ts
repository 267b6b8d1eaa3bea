import { randomBytes } from 'node:crypto'
import { viewObject } from '../methods/shapes.ts'
import type { HomeTab } from '../page-api.ts'
import type { Site } from '../site.ts'
import type { Channel, Message, Person } from '../workspace.ts'

/** How long Slack waits before it sends an event the second, third and fourth time. */
const RETRY_AFTER_MS = [0, 60_000, 5 * 60_000]

const MESSAGE_EVENTS = {
  direct: { name: 'message.im', channel_type: 'im' },
  public: { name: 'message.channels', channel_type: 'channel' },
  private: { name: 'message.groups', channel_type: 'group' },
} as const satisfies Record<Channel['kind'], { name: string; channel_type: string }>

/** Tells the app of a message, as far as it subscribed and is there to see it. */
export function tellOfMessage(site: Site, channel: Channel, message: Message): void {
  const { botUserId } = site.workspace.app
  if (!channel.members.includes(botUserId)) return
  const { user, text, ts, threadTs } = message
  const said = { user, text, ts, channel: channel.id, event_ts: ts, ...(threadTs && { thread_ts: threadTs }) }
  const { name, channel_type } = MESSAGE_EVENTS[channel.kind]
  if (channel.kind !== 'direct' && text.includes(`<@${botUserId}>`)) {
    send(site, 'app_mention', { type: 'app_mention', ...said })
  }
  send(site, name, { type: 'message', channel_type, ...said })
}

/** The person looks at the app's own place. */
export function tellOfHome(site: Site, person: Person, channel: string, tab: HomeTab): void {
  const home = site.views.home(person.id)
  send(site, 'app_home_opened', {
    type: 'app_home_opened',
    user: person.id,
    channel,
    tab,
    ...(tab === 'home' && home && { view: viewObject(site, home) }),
    event_ts: site.state.nextTs(),
  })
}

/** Somebody puts a reaction on a message, or takes it away. */
export function tellOfReaction(
  site: Site,
  person: Person,
  { channel, ts, user: item_user }: Message,
  reaction: string,
  type: 'reaction_added' | 'reaction_removed',
): void {
  if (!site.state.channel(channel)?.members.includes(site.workspace.app.botUserId)) return
  const item = { type: 'message', channel, ts }
  send(site, type, { type, user: person.id, reaction, item_user, item, event_ts: site.state.nextTs() })
}

/** Somebody is in a channel now that the app is in, too. */
export function tellOfJoining(site: Site, channel: Channel, user: string, inviter?: string): void {
  const { id: team, app } = site.workspace
  if (!channel.members.includes(app.botUserId)) return
  const isPublic = channel.kind === 'public'
  const event = {
    type: 'member_joined_channel',
    user,
    channel: channel.id,
    channel_type: isPublic ? 'C' : 'G',
    team,
    ...(inviter && { inviter }),
    event_ts: site.state.nextTs(),
  }
  send(site, event.type, event, isPublic ? 'channels:read' : 'groups:read')
}

const SCOPES: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
}

/** Only what the app subscribed to, and may see. */
function send(
  site: Site,
  subscription: string,
  event: Record<string, unknown>,
  scope = SCOPES[subscription],
): void {
  const { events, scopes } = site.manifest
  if (!events.includes(subscription) || (scope !== undefined && !scopes.includes(scope))) return
  const { workspace, clock } = site
  const content = {
    token: 'practice-verification-token',
    team_id: workspace.id,
    api_app_id: workspace.app.id,
    type: 'event_callback',
    event_id: `Ev0${randomBytes(6).toString('hex').toUpperCase()}`,
    event_time: Math.floor(clock.now().getTime() / 1000),
    is_ext_shared_channel: false,
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.id,
        user_id: workspace.app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    event,
  }
  void attempt(site, content, undefined)
}

async function attempt(
  site: Site,
  content: Record<string, unknown>,
  retry: { number: number; reason: string } | undefined,
): Promise<void> {
  const outcome = await site.deliver({ kind: 'event', content, ...(retry && { retry }) })
  site.notices.stir()
  if (outcome.kind === 'acknowledged' || outcome.isFinal) return
  const number = (retry?.number ?? 0) + 1
  const wait = RETRY_AFTER_MS[number - 1]
  if (wait === undefined) return
  const again = () => void attempt(site, content, { number, reason: outcome.reason })
  if (wait === 0) again()
  else site.clock.after(wait, again)
}
