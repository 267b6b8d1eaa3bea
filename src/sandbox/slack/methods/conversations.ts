import { z } from 'zod'
import { openDirect } from '../channels.ts'
import { isRefused, type Refused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import type { Channel } from '../workspace.ts'
import { flag, type Method, method, names, ok, paged, pageOf } from './method.ts'
import { anyScopeFor, conversation, missingScope, scopeFor } from './scopes.ts'
import { channelObject } from './shapes.ts'

const READ = anyScopeFor('read')
const MANAGE = anyScopeFor('manage')
const channel = z.string()

const KINDS = new Map<string, Channel['kind']>([
  ['public_channel', 'public'],
  ['private_channel', 'private'],
  ['im', 'direct'],
])

const filters = { types: names.default(['public_channel']), exclude_archived: flag, ...paged }

const list = method({
  scopes: READ,
  tier: 'tier2',
  args: z.object(filters),
  run: (asked, site) => {
    const found = filtered(site, asked)
    if (isRefused(found)) return found
    const paging = pageOf(found, asked)
    if (isRefused(paging)) return paging
    const { page, response_metadata } = paging
    return ok({ channels: page.map((one) => channelObject(site, one)), response_metadata })
  },
})

/** The conversations that somebody is in, as far as the app sees them; without a person, its own. */
const ofUser = method({
  scopes: READ,
  tier: 'tier3',
  args: z.object({ user: z.string().optional(), ...filters }),
  run: ({ user, ...asked }, site) => {
    const who = user ?? site.workspace.app.botUserId
    if (site.state.person(who) === undefined) return refuse('user_not_found')
    const found = filtered(site, asked)
    if (isRefused(found)) return found
    const paging = pageOf(
      found.filter(({ members }) => members.includes(who)),
      asked,
    )
    if (isRefused(paging)) return paging
    const { page, response_metadata } = paging
    const channels = page.map((one) => {
      const { num_members: _number, is_member: _isMember, ...shown } = channelObject(site, one)
      return shown
    })
    return ok({ channels, response_metadata })
  },
})

const info = method({
  scopes: READ,
  tier: 'tier3',
  args: z.object({ channel }),
  run: ({ channel: id }, site) => {
    const found = conversation(site, id, 'read')
    return isRefused(found) ? found : ok({ channel: channelObject(site, found.channel) })
  },
})

const members = method({
  scopes: READ,
  tier: 'tier4',
  args: z.object({ channel, ...paged }),
  run: ({ channel: id, ...asked }, site) => {
    const found = conversation(site, id, 'read')
    if (isRefused(found)) return found
    const paging = pageOf(found.channel.members, asked)
    if (isRefused(paging)) return paging
    return ok({ members: paging.page, response_metadata: paging.response_metadata })
  },
})

const open = method({
  scopes: MANAGE,
  tier: 'tier3',
  args: z.object({ channel: channel.optional(), users: names.optional(), return_im: flag }),
  run: ({ channel: id, users = [], return_im }, site) => {
    const missing = missingScope(site, [scopeFor('direct', 'manage')])
    if (missing) return missing
    if (id !== undefined) {
      const known = site.state.channel(id)
      return known?.kind === 'direct'
        ? ok({ channel: { id }, already_open: true })
        : refuse('channel_not_found')
    }
    const [user] = users
    if (user === undefined) return refuse('users_list_not_supplied')
    // A conversation of several people needs mpim:write, which nobody here asks for.
    if (users.length > 1)
      return missingScope(site, ['mpim:write']) ?? refuse('method_not_supported_for_channel_type')
    const person = site.state.person(user)
    if (person === undefined || person.role === 'bot') return refuse('user_not_found')
    if (person.deactivated) return refuse('user_disabled')
    const direct = openDirect(site.state, user, site.workspace.app.botUserId, site.clock.now())
    const shown = return_im ? channelObject(site, direct.channel) : { id: direct.channel.id }
    return ok({ channel: shown, ...(!direct.isNew && { no_op: true, already_open: true }) })
  },
})

export const conversations = {
  'conversations.list': list,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.open': open,
  'users.conversations': ofUser,
} as const satisfies Record<string, Method>

interface Filters {
  types: string[]
  exclude_archived: boolean
}

function filtered(site: Site, { types, exclude_archived }: Filters): Channel[] | Refused {
  // Group conversations are a type too, only that there are none here.
  if (types.some((type) => !KINDS.has(type) && type !== 'mpim')) return refuse('invalid_types')
  const kinds = types.flatMap((type) => KINDS.get(type) ?? [])
  const missing = kinds.map((kind) => missingScope(site, [scopeFor(kind, 'read')])).find((scope) => scope)
  if (missing) return missing
  const isIn = ({ members }: Channel) => members.includes(site.workspace.app.botUserId)
  return site.state
    .channels()
    .filter(({ kind }) => kinds.includes(kind))
    .filter((one) => one.kind === 'public' || isIn(one))
    .filter(({ archived }) => !archived || !exclude_archived)
}
