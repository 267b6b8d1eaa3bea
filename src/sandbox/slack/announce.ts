import type { PageEvent } from './page-api.ts'
import { pageChannel, pageMessage, pagePerson } from './page-shapes.ts'
import type { Site } from './site.ts'
import type { StateChange } from './state.ts'
import type { Message } from './workspace.ts'

/** Tells a change to the people who see it. */
export function announce(site: Site, change: StateChange): void {
  if (change.kind === 'file') site.notices.stir()
  else if (change.kind === 'directory') {
    const people = site.state.people()
    const userGroups = [...site.state.userGroups()]
    const everybody = people.map(({ id }) => id)
    site.notices.tell(everybody, { kind: 'directory', people: people.map(pagePerson), userGroups })
  } else if (change.kind === 'channel') {
    // Those who are out of it now hear of that, too.
    const concerned = new Set([...change.channel.members, ...(change.before?.members ?? [])])
    site.notices.tell([...concerned], { kind: 'channel', channel: pageChannel(change.channel) })
  } else site.notices.tell(audience(site, change.message), messageEvent(site, change))
}

function audience({ state }: Site, { ephemeralTo, channel }: Message): readonly string[] {
  return ephemeralTo === undefined ? (state.channel(channel)?.members ?? []) : [ephemeralTo]
}

function messageEvent(site: Site, { kind, message }: Extract<StateChange, { message: Message }>): PageEvent {
  if (kind === 'deleted') return { kind, channel: message.channel, ts: message.ts }
  return { kind, message: pageMessage(site, message) }
}
