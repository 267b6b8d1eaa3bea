import { z } from 'zod'
import { isRefused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import { messageAt } from './message-at.ts'
import { type Method, method, ok, text } from './method.ts'
import { visibleChannel } from './scopes.ts'
import { messageObject } from './shapes.ts'

const PINS_MOST = 100
const item = z.object({ channel: z.string(), timestamp: text.optional() })

const add = method({
  scopes: ['pins:write'],
  tier: 'tier2',
  args: item,
  run: ({ channel: id, timestamp }, site) => {
    const found = pinnable(site, id, timestamp)
    if (isRefused(found)) return found
    const { channel, message } = found
    if (channel.pins.includes(message.ts)) return refuse('already_pinned')
    if (channel.pins.length >= PINS_MOST) return refuse('too_many_pins')
    site.state.putChannel({ ...channel, pins: [...channel.pins, message.ts] })
    return ok()
  },
})

const remove = method({
  scopes: ['pins:write'],
  tier: 'tier2',
  args: item,
  run: ({ channel: id, timestamp }, site) => {
    const found = pinnable(site, id, timestamp)
    if (isRefused(found)) return found
    const { channel, message } = found
    if (!channel.pins.includes(message.ts)) return refuse('no_pin')
    site.state.putChannel({ ...channel, pins: channel.pins.filter((ts) => ts !== message.ts) })
    return ok()
  },
})

function pinnable(site: Site, id: string, timestamp: string | undefined) {
  const found = messageAt(site, id, timestamp)
  if (isRefused(found)) return found
  return found.channel.members.includes(site.workspace.app.botUserId) ? found : refuse('not_in_channel')
}

const list = method({
  scopes: ['pins:read'],
  tier: 'tier2',
  args: z.object({ channel: z.string() }),
  run: ({ channel: id }, site) => {
    const channel = visibleChannel(site, id)
    if (channel === undefined) return refuse('channel_not_found')
    const pinned = channel.pins.toReversed().flatMap((ts) => site.state.message(id, ts) ?? [])
    const items = pinned.map((message) => ({
      type: 'message',
      channel: id,
      // Nobody but the app pins anything here.
      created_by: site.workspace.app.botUserId,
      message: messageObject(site, message),
    }))
    return ok({ items })
  },
})

export const pins = {
  'pins.add': add,
  'pins.remove': remove,
  'pins.list': list,
} as const satisfies Record<string, Method>
