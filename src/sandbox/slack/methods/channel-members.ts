import { z } from 'zod'
import { withMembers, withoutMember } from '../channels.ts'
import { isRefused, refuse } from '../message-content.ts'
import { tellOfJoining } from '../people/events.ts'
import type { Site } from '../site.ts'
import type { Channel } from '../workspace.ts'
import { changeable } from './channel-changes.ts'
import { flag, type Method, method, names, ok } from './method.ts'
import { anyScopeFor, conversation, scopeFor } from './scopes.ts'
import { channelObject } from './shapes.ts'

const MANAGE = anyScopeFor('manage')
const channel = z.string()

const join = method({
  scopes: ['channels:join'],
  tier: 'tier3',
  args: z.object({ channel }),
  run: ({ channel: id }, site) => {
    const found = site.state.channel(id)
    if (found === undefined) return refuse('channel_not_found')
    if (found.kind !== 'public') return refuse('method_not_supported_for_channel_type')
    if (found.archived) return refuse('is_archived')
    const { botUserId } = site.workspace.app
    const joined = withMembers(found, [botUserId])
    if (!found.members.includes(botUserId)) enter(site, joined, [botUserId])
    return ok({ channel: channelObject(site, joined) })
  },
})

const invite = method({
  scopes: MANAGE,
  tier: 'tier3',
  args: z.object({ channel, users: names, force: flag }),
  run: ({ channel: id, users, force }, site) => {
    const found = changeable(site, id)
    if (isRefused(found)) return found
    if (users.length === 0) return refuse('no_user')
    const errors = users.flatMap((user) => {
      const error = whyNotInvite(site, found.channel, user)
      return error === undefined ? [] : [{ user, ok: false, error }]
    })
    const invited = users.filter((user) => errors.every((error) => error.user !== user))
    const [first] = errors
    if (first && (!force || invited.length === 0)) return refuse(first.error, { errors })
    const after = withMembers(found.channel, invited)
    enter(site, after, invited, site.workspace.app.botUserId)
    return ok({ channel: channelObject(site, after), ...(first && { errors }) })
  },
})

const leave = method({
  scopes: MANAGE,
  tier: 'tier3',
  args: z.object({ channel }),
  run: ({ channel: id }, site) => {
    const found = conversation(site, id, 'manage')
    if (isRefused(found)) return found
    const { botUserId } = site.workspace.app
    const { kind, isGeneral, archived, members } = found.channel
    if (kind === 'direct') return refuse('method_not_supported_for_channel_type')
    if (isGeneral) return refuse('cant_leave_general')
    if (archived) return refuse('is_archived')
    if (!members.includes(botUserId)) return ok({ not_in_channel: true })
    if (members.length === 1) return refuse('last_member')
    site.state.putChannel(withoutMember(found.channel, botUserId))
    return ok()
  },
})

const kick = method({
  scopes: [scopeFor('public', 'manage'), scopeFor('private', 'manage')],
  tier: 'tier3',
  args: z.object({ channel, user: z.string() }),
  run: ({ channel: id, user }, site) => {
    const found = changeable(site, id)
    if (isRefused(found)) return found
    if (user === site.workspace.app.botUserId) return refuse('cant_kick_self')
    if (site.state.person(user) === undefined) return refuse('user_not_found')
    if (found.channel.isGeneral) return refuse('cant_kick_from_general')
    if (!found.channel.members.includes(user)) return refuse('not_in_channel')
    site.state.putChannel(withoutMember(found.channel, user))
    return ok({ errors: {} })
  },
})

export const channelMembers = {
  'conversations.join': join,
  'conversations.invite': invite,
  'conversations.leave': leave,
  'conversations.kick': kick,
} as const satisfies Record<string, Method>

function enter(site: Site, channel: Channel, users: readonly string[], inviter?: string): void {
  site.state.putChannel(channel)
  for (const user of users) tellOfJoining(site, channel, user, inviter)
}

function whyNotInvite({ state, workspace }: Site, { members }: Channel, user: string): string | undefined {
  const person = state.person(user)
  if (person === undefined || person.deactivated) return 'user_not_found'
  if (user === workspace.app.botUserId) return 'cant_invite_self'
  return members.includes(user) ? 'already_in_channel' : undefined
}
