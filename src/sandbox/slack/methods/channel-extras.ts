import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { isRefused, type Refused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import type { Channel, Message } from '../workspace.ts'
import { type Method, method, ok, text } from './method.ts'
import { visibleChannel } from './scopes.ts'

const PINS_MOST = 100
const BOOKMARKS_MOST = 100

const addPin = method({
  scopes: ['pins:write'],
  tier: 'tier2',
  args: z.object({ channel: z.string(), timestamp: text.optional() }),
  run: ({ channel: id, timestamp }, site) => {
    const found = messageAt(site, id, timestamp)
    if (isRefused(found)) return found
    const { channel, message } = found
    if (!channel.members.includes(site.workspace.app.botUserId)) return refuse('not_in_channel')
    if (channel.pins.includes(message.ts)) return refuse('already_pinned')
    if (channel.pins.length >= PINS_MOST) return refuse('too_many_pins')
    site.state.putChannel({ ...channel, pins: [...channel.pins, message.ts] })
    return ok()
  },
})

const addBookmark = method({
  scopes: ['bookmarks:write'],
  tier: 'tier2',
  args: z.object({
    channel_id: z.string(),
    title: z.string(),
    type: z.string(),
    link: z.string().optional(),
    emoji: z.string().default(''),
  }),
  run: ({ channel_id, title, type, link = '', emoji }, site) => {
    const channel = visibleChannel(site, channel_id)
    if (channel === undefined) return refuse('channel_not_found')
    if (type !== 'link') return refuse('invalid_bookmark_type')
    if (!/^https?:\/\//.test(link)) return refuse('invalid_link')
    if (channel.bookmarks.length >= BOOKMARKS_MOST) return refuse('too_many_bookmarks')
    const createdSeconds = Math.floor(site.clock.now().getTime() / 1000)
    const id = `Bk0${randomBytes(5).toString('hex').toUpperCase()}`
    site.state.putChannel({
      ...channel,
      bookmarks: [...channel.bookmarks, { id, title, link, emoji, createdSeconds }],
    })
    const common = { id, channel_id, title, link, emoji, type }
    return ok({
      bookmark: { ...common, date_created: createdSeconds, date_updated: 0, app_id: site.workspace.app.id },
    })
  },
})

const addReaction = method({
  scopes: ['reactions:write'],
  tier: 'tier3',
  args: z.object({ channel: z.string(), name: z.string(), timestamp: text.optional() }),
  run: ({ channel: id, name, timestamp }, site) => {
    const found = messageAt(site, id, timestamp)
    if (isRefused(found)) return found
    const { channel, message } = found
    if (channel.archived) return refuse('is_archived')
    if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) return refuse('invalid_name')
    const { botUserId } = site.workspace.app
    const users = message.reactions.find((reaction) => reaction.name === name)?.users ?? []
    if (users.includes(botUserId)) return refuse('already_reacted')
    const others = message.reactions.filter((reaction) => reaction.name !== name)
    site.state.replace({ ...message, reactions: [...others, { name, users: [...users, botUserId] }] })
    return ok()
  },
})

export const channelExtras = {
  'pins.add': addPin,
  'bookmarks.add': addBookmark,
  'reactions.add': addReaction,
} as const satisfies Record<string, Method>

function messageAt(
  site: Site,
  id: string,
  timestamp: string | undefined,
): { channel: Channel; message: Message } | Refused {
  const channel = visibleChannel(site, id)
  if (channel === undefined) return refuse('channel_not_found')
  if (timestamp === undefined) return refuse('no_item_specified')
  if (!/^\d+\.\d+$/.test(timestamp)) return refuse('bad_timestamp')
  const message = site.state.message(id, timestamp)
  return message === undefined || message.ephemeralTo ? refuse('message_not_found') : { channel, message }
}
