import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { newChannel, withoutMember } from '../channels.ts'
import { isRefused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import { flag, type Method, method, ok } from './method.ts'
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
    const wrong = whyNotName(site, name)
    if (wrong !== undefined) return refuse(wrong)
    const { botUserId } = site.workspace.app
    const id = `C0${randomBytes(5).toString('hex').toUpperCase()}`
    const createdSeconds = Math.floor(site.clock.now().getTime() / 1000)
    const created = newChannel({ id, name, kind, members: [botUserId], creator: botUserId, createdSeconds })
    site.state.putChannel(created)
    return ok({ channel: channelObject(site, created) })
  },
})

const DESCRIPTION_CHARACTERS = 250

const setTopic = method({
  scopes: MANAGE,
  tier: 'tier2',
  args: z.object({ channel, topic: z.string() }),
  run: ({ channel: id, topic }, site) => described(site, id, { topic }),
})

const setPurpose = method({
  scopes: MANAGE,
  tier: 'tier2',
  args: z.object({ channel, purpose: z.string() }),
  run: ({ channel: id, purpose }, site) => described(site, id, { purpose }),
})

/** Topic and purpose take the same 250 characters. */
function described(site: Site, id: string, said: { topic: string } | { purpose: string }) {
  const found = changeable(site, id)
  if (isRefused(found)) return found
  if (Object.values(said).some((text) => text.length > DESCRIPTION_CHARACTERS)) return refuse('too_long')
  const after = { ...found.channel, ...said }
  site.state.putChannel(after)
  return ok({ ...said, channel: channelObject(site, after) })
}

const rename = method({
  scopes: MANAGE,
  tier: 'tier2',
  args: z.object({ channel, name: z.string() }),
  run: ({ channel: id, name }, site) => {
    const found = changeable(site, id)
    if (isRefused(found)) return found
    const wrong = whyNotName(site, name, id)
    if (wrong !== undefined) return refuse(wrong)
    const after = { ...found.channel, name }
    site.state.putChannel(after)
    return ok({ channel: channelObject(site, after) })
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
    const { botUserId } = site.workspace.app
    if (!found.channel.members.includes(botUserId)) return refuse('not_in_channel')
    // Slack takes an app out of what it archives, so that it cannot change its mind.
    site.state.putChannel({ ...withoutMember(found.channel, botUserId), archived: true })
    return ok()
  },
})

const unarchive = method({
  scopes: MANAGE,
  tier: 'tier2',
  args: z.object({ channel }),
  run: ({ channel: id }, site) => {
    const found = conversation(site, id, 'manage')
    if (isRefused(found)) return found
    if (found.channel.kind === 'direct') return refuse('method_not_supported_for_channel_type')
    if (!found.channel.archived) return refuse('not_archived')
    if (!found.channel.members.includes(site.workspace.app.botUserId)) return refuse('not_in_channel')
    site.state.putChannel({ ...found.channel, archived: false })
    return ok()
  },
})

export const channelChanges = {
  'conversations.create': create,
  'conversations.rename': rename,
  'conversations.setPurpose': setPurpose,
  'conversations.setTopic': setTopic,
  'conversations.archive': archive,
  'conversations.unarchive': unarchive,
} as const satisfies Record<string, Method>

/** A channel whose members and topic the app may change. */
export function changeable(site: Site, id: string) {
  const found = conversation(site, id, 'manage')
  if (isRefused(found)) return found
  if (found.channel.kind === 'direct') return refuse('method_not_supported_for_channel_type')
  if (found.channel.archived) return refuse('is_archived')
  return found.channel.members.includes(site.workspace.app.botUserId) ? found : refuse('not_in_channel')
}

function whyNotName({ state }: Site, name: string, own?: string): string | undefined {
  if (name === '') return 'invalid_name_required'
  if (name.length > NAME_CHARACTERS) return 'invalid_name_maxlength'
  if (!/^[\p{Ll}\p{Lo}\p{Nd}_-]+$/u.test(name)) return 'invalid_name_specials'
  if (!/[\p{L}\p{Nd}]/u.test(name)) return 'invalid_name_punctuation'
  return state.channels().some((other) => other.name === name && other.id !== own) ? 'name_taken' : undefined
}
