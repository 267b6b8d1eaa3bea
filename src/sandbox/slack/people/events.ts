import { randomBytes } from 'node:crypto'
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
export function tellOfHome(site: Site, person: Person, channel: string): void {
  const event_ts = site.state.nextTs()
  send(site, 'app_home_opened', {
    type: 'app_home_opened',
    user: person.id,
    channel,
    tab: 'messages',
    event_ts,
  })
}

function send(site: Site, subscription: string, event: Record<string, unknown>): void {
  if (!site.manifest.events.includes(subscription)) return
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
