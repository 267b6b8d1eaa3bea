import { type Refused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import type { Channel, Message } from '../workspace.ts'
import { visibleChannel } from './scopes.ts'

/** The message that a pin or a reaction is about. */
export function messageAt(
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
