import type { State } from '../state.ts'
import type { Person } from '../workspace.ts'

/** Where a text goes decides how the names in it are written. `typed` leaves it as it was. */
export type Destination = 'message' | 'escaped command' | 'typed'

const SPECIAL =
  /<@(?<id>\w+)>|(?<![\w@])@(?<name>[\w.-]*\w)|(?<![\w#])#(?<channel>[\w-]+)|(?<url>https?:\/\/[^\s<>|]+)|[&<>]/g

/** What Slack's client makes of a text: names become ids, addresses links, and what would be markup is escaped. */
export function asSent(text: string, destination: Destination, state: State): string {
  return text.replace(SPECIAL, (whole, ...match) => {
    const { id, name, channel, url }: Partial<Record<string, string>> = match.at(-1)
    if (id !== undefined) {
      const person = state.person(id)
      if (person) return personMention(person, destination)
    }
    if (destination === 'typed') return whole
    if (url !== undefined) return `<${escaped(url)}>`
    if (name !== undefined) return mentionOf(name, destination, state) ?? whole
    if (channel !== undefined) return channelMention(channel, state) ?? whole
    return escaped(whole)
  })
}

function mentionOf(name: string, destination: Destination, state: State): string | undefined {
  if (['here', 'channel', 'everyone'].includes(name)) return `<!${name}>`
  const lower = name.toLowerCase()
  const person = state.people().find((known) => known.name === lower && !known.deactivated)
  if (person) return personMention(person, destination)
  const group = state.userGroups().find(({ handle }) => handle === lower)
  return group && `<!subteam^${group.id}${destination === 'message' ? '' : `|@${group.handle}`}>`
}

function personMention({ id, name }: Person, destination: Destination): string {
  if (destination === 'typed') return `@${name}`
  return destination === 'message' ? `<@${id}>` : `<@${id}|${name}>`
}

function channelMention(name: string, state: State): string | undefined {
  const channel = state.channels().find((known) => known.kind !== 'direct' && known.name === name)
  return channel && `<#${channel.id}|${channel.name}>`
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
