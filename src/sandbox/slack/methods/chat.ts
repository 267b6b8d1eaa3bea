import { z } from 'zod'
import { postAsApp, rewriteAsApp } from '../app-posts.ts'
import { openDirect } from '../channels.ts'
import { groundOf } from '../files.ts'
import { isEmpty, isRefused, type Refused, readContent, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import type { Channel, Message } from '../workspace.ts'
import { flag, type Method, method, ok, text } from './method.ts'
import { visibleChannel } from './scopes.ts'
import { messageObject } from './shapes.ts'

const content = {
  text: text.optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  metadata: z.unknown().optional(),
}
const CHAT_WRITE = ['chat:write']
const TEXT_IN_UPDATE = 4_000
const TEXT_IN_EPHEMERAL = 40_000

const postMessage = method({
  scopes: CHAT_WRITE,
  tier: 'posting',
  args: z.object({ channel: z.string(), thread_ts: text.optional(), reply_broadcast: flag, ...content }),
  run: ({ channel: where, thread_ts, reply_broadcast, ...given }, site) => {
    const channel = postable(site, where)
    if (isRefused(channel)) return channel
    const said = readContent(given, groundOf(site))
    if (isRefused(said)) return said
    if (isEmpty(said)) return refuse('no_text')
    const root = thread_ts === undefined ? undefined : rootOf(site, channel, thread_ts)
    if (thread_ts !== undefined && root === undefined) return refuse('thread_not_found')
    const thread = root ? { threadTs: root.ts, alsoInChannel: reply_broadcast } : {}
    const message = postAsApp(site, said, { channel: channel.id, ...thread })
    return ok({ channel: channel.id, ts: message.ts, message: messageObject(site, message, true) })
  },
})

const update = method({
  scopes: CHAT_WRITE,
  tier: 'tier3',
  args: z.object({ channel: z.string(), ts: text, ...content }),
  run: ({ channel: where, ts, ...given }, site) => {
    const message = ownMessage(site, where, ts, 'cant_update_message')
    if (isRefused(message)) return message
    if (site.state.channel(message.channel)?.archived) return refuse('is_inactive')
    const said = readContent(given, groundOf(site))
    if (isRefused(said)) return said
    if ((said.text?.length ?? 0) > TEXT_IN_UPDATE) return refuse('msg_too_long')
    if (isEmpty({ ...message, ...said, metadata: null }) && message.files === undefined)
      return refuse('no_text')
    const after = rewriteAsApp(site, message, said)
    return ok({ channel: after.channel, ts, text: after.text, message: messageObject(site, after, true) })
  },
})

const remove = method({
  scopes: CHAT_WRITE,
  tier: 'tier3',
  args: z.object({ channel: z.string(), ts: text }),
  run: ({ channel, ts }, site) => {
    const message = ownMessage(site, channel, ts, 'cant_delete_message')
    if (isRefused(message)) return message
    site.state.remove(message)
    return ok({ channel, ts })
  },
})

const postEphemeral = method({
  scopes: CHAT_WRITE,
  tier: 'tier4',
  args: z.object({ channel: z.string(), user: z.string(), thread_ts: text.optional(), ...content }),
  run: ({ channel: where, user, thread_ts, ...given }, site) => {
    const channel = postable(site, where)
    if (isRefused(channel)) return channel
    if (!channel.members.includes(user)) return refuse('user_not_in_channel')
    const said = readContent({ ...given, metadata: undefined }, groundOf(site))
    if (isRefused(said)) return said
    if (isEmpty(said)) return refuse('no_text')
    if ((said.text?.length ?? 0) > TEXT_IN_EPHEMERAL) return refuse('msg_too_long')
    const root = thread_ts === undefined ? undefined : rootOf(site, channel, thread_ts)
    const thread = root ? { threadTs: root.ts } : {}
    const message = postAsApp(site, said, { channel: channel.id, ephemeralTo: user, ...thread })
    return ok({ message_ts: message.ts })
  },
})

const getPermalink = method({
  tier: 'special',
  args: z.object({ channel: z.string(), message_ts: text }),
  run: ({ channel, message_ts }, site) => {
    if (visibleChannel(site, channel) === undefined) return refuse('channel_not_found')
    const message = site.state.message(channel, message_ts)
    if (message === undefined || message.ephemeralTo) return refuse('message_not_found')
    const { threadTs: thread } = message
    const query = new URLSearchParams({ channel, ...(thread && { thread }) })
    return ok({ channel, permalink: `${site.url}/?${query}` })
  },
})

export const chat = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
} as const satisfies Record<string, Method>

/** By id, by name, or the person for a direct message. */
function postable(site: Site, where: string): Channel | Refused {
  const { state, workspace, manifest } = site
  const named = state
    .channels()
    .find(({ name, kind }) => kind !== 'direct' && name === where.replace(/^#/, ''))
  const channel = visibleChannel(site, named?.id ?? where) ?? directWith(site, where)
  if (channel === undefined) return refuse('channel_not_found')
  if (channel.archived) return refuse('is_archived')
  const isIn = channel.members.includes(workspace.app.botUserId)
  return isIn || manifest.scopes.includes('chat:write.public') ? channel : refuse('not_in_channel')
}

function directWith(site: Site, person: string): Channel | undefined {
  const { state, workspace, clock } = site
  const known = state.person(person)
  if (known === undefined || known.role === 'bot' || known.deactivated) return undefined
  return openDirect(state, person, workspace.app.botUserId, clock.now()).channel
}

/** The message at the head of the thread, also when a reply was named. */
export function rootOf({ state }: Site, channel: Channel, ts: string): Message | undefined {
  const named = state.message(channel.id, ts)
  if (named === undefined || named.ephemeralTo) return undefined
  return named.threadTs === undefined ? named : (state.message(channel.id, named.threadTs) ?? named)
}

function ownMessage(site: Site, channel: string, ts: string, notOwn: string): Message | Refused {
  if (visibleChannel(site, channel) === undefined) return refuse('channel_not_found')
  const message = site.state.message(channel, ts)
  // Nobody but the response URL can reach an ephemeral message any more.
  if (message === undefined || message.ephemeralTo) return refuse('message_not_found')
  return message.fromApp ? message : refuse(notOwn)
}
