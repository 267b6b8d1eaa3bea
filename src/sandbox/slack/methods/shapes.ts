import { valuesOf } from '../people/element-state.ts'
import type { Site } from '../site.ts'
import type { Home, OpenView } from '../views.ts'
import type { Channel, Message, Person, UserGroup } from '../workspace.ts'
import { fileObject } from './file-shape.ts'

/** How the Web API and the deliveries write things down. */

export function channelObject({ workspace }: Site, channel: Channel): Record<string, unknown> {
  const { id, name, kind, topic, purpose, members, archived, creator, createdSeconds, isGeneral } = channel
  const common = {
    id,
    created: createdSeconds,
    is_archived: archived,
    is_im: kind === 'direct',
    is_org_shared: false,
  }
  if (kind === 'direct')
    return { ...common, user: members.find((member) => member !== workspace.app.botUserId) }
  return {
    ...common,
    name,
    name_normalized: name,
    is_channel: true,
    is_group: false,
    is_mpim: false,
    is_private: kind === 'private',
    is_general: isGeneral,
    is_shared: false,
    is_ext_shared: false,
    is_member: members.includes(workspace.app.botUserId),
    creator,
    context_team_id: workspace.id,
    topic: { value: topic, creator: '', last_set: 0 },
    purpose: { value: purpose, creator: '', last_set: 0 },
    num_members: members.length,
  }
}

export function messageObject(site: Site, message: Message, withMetadata = false): Record<string, unknown> {
  const { workspace, state, manifest } = site
  const files = message.files?.flatMap((id) => state.file(id) ?? [])
  const { channel, ts, threadTs, user, text, fromApp, blocks, attachments, metadata, edited, reactions } =
    message
  const { id: app_id, botId } = workspace.app
  const bot_profile = { id: botId, app_id, name: manifest.botName, deleted: false, team_id: workspace.id }
  const replies = state.replyCount(message)
  const parent = threadTs === undefined ? undefined : state.message(channel, threadTs)
  return {
    type: 'message',
    user,
    ts,
    text,
    team: workspace.id,
    ...(fromApp && { bot_id: botId, app_id, bot_profile }),
    ...(blocks && { blocks }),
    ...(attachments && { attachments: attachments.map((attachment, at) => ({ id: at + 1, ...attachment })) }),
    ...(files && { files: files.map((file) => fileObject(site, file)), upload: false }),
    ...(edited && { edited }),
    ...(threadTs && { thread_ts: threadTs, parent_user_id: parent?.user }),
    ...(replies > 0 && { thread_ts: ts, reply_count: replies, ...repliesIn(site, message) }),
    ...(reactions.length > 0 && { reactions: reactions.map((one) => ({ ...one, count: one.users.length })) }),
    ...(state.channel(channel)?.pins.includes(ts) && { pinned_to: [channel] }),
    ...(withMetadata && metadata && { metadata }),
  }
}

function repliesIn({ state }: Site, { channel, ts }: Message): Record<string, unknown> {
  const replies = state
    .messages(channel)
    .filter(({ threadTs, ephemeralTo }) => threadTs === ts && !ephemeralTo)
  const reply_users = [...new Set(replies.map(({ user }) => user))]
  return { reply_users, reply_users_count: reply_users.length, latest_reply: replies.at(-1)?.ts }
}

export function userObject(site: Site, person: Person, withLocale = false): Record<string, unknown> {
  const { id, name, realName, email, timeZone, role, deactivated, title, locale = 'en-US' } = person
  const maySeeEmail = site.manifest.scopes.includes('users:read.email')
  return {
    id,
    team_id: site.workspace.id,
    name,
    real_name: realName,
    deleted: deactivated,
    tz: timeZone,
    tz_label: timeZone,
    tz_offset: offsetSeconds(timeZone, site.clock.now()),
    profile: {
      real_name: realName,
      real_name_normalized: realName,
      display_name: name,
      display_name_normalized: name,
      title,
      team: site.workspace.id,
      ...(maySeeEmail && role !== 'bot' && { email }),
    },
    ...(withLocale && { locale }),
    is_admin: role === 'admin',
    is_owner: false,
    is_primary_owner: false,
    is_restricted: role === 'guest',
    is_ultra_restricted: false,
    is_bot: role === 'bot',
    is_app_user: false,
  }
}

export function userGroupObject(
  { workspace }: Site,
  { id, handle, name, members }: UserGroup,
): Record<string, unknown> {
  return {
    id,
    team_id: workspace.id,
    is_usergroup: true,
    is_external: false,
    name,
    description: '',
    handle,
    date_delete: 0,
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    user_count: members.length,
  }
}

export function viewObject({ workspace }: Site, open: OpenView | Home): Record<string, unknown> {
  return {
    id: open.id,
    team_id: workspace.id,
    ...open.view,
    state: { values: valuesOf(open.view.blocks, open.values) },
    hash: open.hash,
    root_view_id: open.rootId,
    previous_view_id: open.previousId,
    app_id: workspace.app.id,
    app_installed_team_id: workspace.id,
    bot_id: workspace.app.botId,
  }
}

function offsetSeconds(timeZone: string, now: Date): number {
  const named = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now)
  const offset = named.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(offset) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}
