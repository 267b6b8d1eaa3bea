import { messageObject } from '../methods/shapes.ts'
import type { ShortcutRequest } from '../page-api.ts'
import type { Site } from '../site.ts'
import type { Person } from '../workspace.ts'
import { acting, channelName, common, DONE, type Done, type No, no, within } from './acting.ts'

/** Somebody chooses one of the app's shortcuts: anywhere, or from the menu of a message. */
export async function shortcut(site: Site, { as, callbackId, on }: ShortcutRequest): Promise<Done> {
  const person = acting(site, as)
  if ('ok' in person) return person
  const type = on === undefined ? 'global' : 'message'
  const known = site.manifest.shortcuts.find((one) => one.callbackId === callbackId && one.type === type)
  if (known === undefined || !site.manifest.scopes.includes('commands'))
    return no(`${site.manifest.name} has no ${type} shortcut "${callbackId}".`)
  const message = on === undefined ? { type: 'shortcut' } : aboutMessage(site, person, on)
  if ('ok' in message) return message
  const outcome = await site.deliver({
    kind: 'shortcut',
    content: {
      ...message,
      ...common(site),
      user: { id: as, username: person.name, name: person.name, team_id: site.workspace.id },
      callback_id: callbackId,
      action_ts: site.state.nextTs(),
      trigger_id: site.triggers.issue(as),
    },
  })
  site.notices.stir()
  if (outcome.kind === 'acknowledged') return DONE
  return no(`${known.name} failed with the error ${outcome.error}.`)
}

interface AboutMessage extends Record<string, unknown> {
  type: 'message_action'
}

function aboutMessage(site: Site, person: Person, on: { channel: string; ts: string }): AboutMessage | No {
  const channel = within(site, person, on.channel)
  if ('ok' in channel) return channel
  const message = site.state.message(on.channel, on.ts)
  if (message === undefined || message.ephemeralTo) return no('That message is gone.')
  const { ts, threadTs } = message
  const origin = { person: person.id, channel: channel.id, ...(threadTs && { threadTs }) }
  return {
    type: 'message_action',
    channel: { id: channel.id, name: channelName(channel) },
    message_ts: ts,
    message: messageObject(site, message),
    response_url: site.responseUrls.issue(origin),
  }
}
