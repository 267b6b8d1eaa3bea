import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { newChannel } from '../channels.ts'
import { isRefused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import type { Channel } from '../workspace.ts'
import { flag, type Method, method, names, ok } from './method.ts'
import { anyScopeFor, conversation, missingScope, scopeFor } from './scopes.ts'
import { channelObject } from './shapes.ts'

const MANAGE = anyScopeFor('manage')
const channel = z.string()

const NAME_CHARACTERS = 80

const create = method({
  scopes: MANAGE,
  tier: 'tier2',
  args: z.object({ name: z.string(), is_private: flag }),
  run: ({ name, is_private }, site) => {
    const kind = is_private ? 'private' : 'public'
    const missing = missingScope(site, [scopeFor(kind, 'manage')])
    if (missing) return missing
    if (name === '') return refuse('invalid_name_required')
    if (name.length > NAME_CHARACTERS) return refuse('invalid_name_maxlength')
    if (!/^[\p{Ll}\p{Lo}\p{Nd}_-]+$/u.test(name)) return refuse('invalid_name_specials')
    if (!/[\p{L}\p{Nd}]/u.test(name)) return refuse('invalid_name_punctuation')
    if (site.state.channels().some((other) => other.name === name)) return refuse('name_taken')
    const { botUserId } = site.workspace.app
    const id = `C0${randomBytes(5).toString('hex').toUpperCase()}`
    const createdSeconds = Math.floor(site.clock.now().getTime() / 1000)
    const created = newChannel({ id, name, kind, members: [botUserId], creator: botUserId, createdSeconds })
    site.state.putChannel(created)
    return ok({ channel: channelObject(site, created) })
  },
})

const join = method({
  scopes: ['channels:join'],
  tier: 'tier3',
  args: z.object({ channel }),
  run: ({ channel: id }, site) => {
    const found = site.state.channel(id)
    if (found === undefined) return refuse('channel_not_found')
    if (found.kind !== 'public') return refuse('method_not_supported_for_channel_type')
    if (found.archived) return refuse('is_archived')
    const joined = withMembers(found, [site.workspace.app.botUserId])
    site.state.putChannel(joined)
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
    site.state.putChannel(after)
    return ok({ channel: channelObject(site, after), ...(first && { errors }) })
  },
})

const TOPIC_CHARACTERS = 250

const setTopic = method({
  scopes: MANAGE,
  tier: 'tier2',
  args: z.object({ channel, topic: z.string() }),
  run: ({ channel: id, topic }, site) => {
    const found = changeable(site, id)
    if (isRefused(found)) return found
    if (topic.length > TOPIC_CHARACTERS) return refuse('too_long')
    const after = { ...found.channel, topic }
    site.state.putChannel(after)
    return ok({ topic, channel: channelObject(site, after) })
  },
})

const archive = method({
  scopes: MANAGE,
  tier: 'tier2',
  args: z.object({ channel }),
  run: ({ channel: id }, site) => {
    const found = conversation(site, id, 'manage')
    if (isRefused(found)) return found
    if (found.channel.kind === 'direct') return refuse('method_not_supported_for_channel_type')
    if (found.channel.isGeneral) return refuse('cant_archive_general')
    if (found.channel.archived) return refuse('already_archived')
    if (!found.channel.members.includes(site.workspace.app.botUserId)) return refuse('not_in_channel')
    site.state.putChannel({ ...found.channel, archived: true })
    return ok()
  },
})

export const channelChanges = {
  'conversations.create': create,
  'conversations.join': join,
  'conversations.invite': invite,
  'conversations.setTopic': setTopic,
  'conversations.archive': archive,
} as const satisfies Record<string, Method>

/** A channel whose members and topic the app may change. */
function changeable(site: Site, id: string) {
  const found = conversation(site, id, 'manage')
  if (isRefused(found)) return found
  if (found.channel.kind === 'direct') return refuse('method_not_supported_for_channel_type')
  if (found.channel.archived) return refuse('is_archived')
  return found.channel.members.includes(site.workspace.app.botUserId) ? found : refuse('not_in_channel')
}

function whyNotInvite({ state, workspace }: Site, { members }: Channel, user: string): string | undefined {
  const person = state.person(user)
  if (person === undefined || person.deactivated) return 'user_not_found'
  if (user === workspace.app.botUserId) return 'cant_invite_self'
  return members.includes(user) ? 'already_in_channel' : undefined
}

function withMembers(channel: Channel, added: readonly string[]): Channel {
  return { ...channel, members: [...new Set([...channel.members, ...added])] }
}
