import type { PageEvent } from './page-api.ts'
import { pageChannel, pageMessage } from './page-shapes.ts'
import type { Site } from './site.ts'
import type { StateChange } from './state.ts'
import type { Message } from './workspace.ts'

/** Tells a change to the people who see it. */
export function announce(site: Site, change: StateChange): void {
  if (change.kind === 'directory') site.notices.stir()
  else if (change.kind === 'channel') {
    site.notices.tell(change.channel.members, { kind: 'channel', channel: pageChannel(change.channel) })
  } else site.notices.tell(audience(site, change.message), messageEvent(site, change))
}

function audience({ state }: Site, { ephemeralTo, channel }: Message): readonly string[] {
  return ephemeralTo === undefined ? (state.channel(channel)?.members ?? []) : [ephemeralTo]
}

function messageEvent(site: Site, { kind, message }: Extract<StateChange, { message: Message }>): PageEvent {
  if (kind === 'deleted') return { kind, channel: message.channel, ts: message.ts }
  return { kind, message: pageMessage(site, message) }
}
