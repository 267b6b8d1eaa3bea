import type { State } from './state.ts'
import type { Channel } from './workspace.ts'

type Given = Pick<Channel, 'id' | 'name' | 'kind' | 'members' | 'creator' | 'createdSeconds'> &
  Partial<Channel>

export function newChannel(given: Given): Channel {
  return { isGeneral: false, topic: '', purpose: '', archived: false, pins: [], bookmarks: [], ...given }
}

export function withMembers(channel: Channel, added: readonly string[]): Channel {
  return { ...channel, members: [...new Set([...channel.members, ...added])] }
}

export function withoutMember(channel: Channel, gone: string): Channel {
  return { ...channel, members: channel.members.filter((member) => member !== gone) }
}

/** The conversation between one person and the app. There is one for each person, under an id that follows from theirs. */
export function directChannel(person: string, bot: string, createdSeconds: number): Channel {
  const id = person.replace(/^U/, 'D')
  return newChannel({
    id,
    name: 'directmessage',
    kind: 'direct',
    members: [person, bot],
    creator: bot,
    createdSeconds,
  })
}

/** The conversation with this person, begun if need be. */
export function openDirect(
  state: State,
  person: string,
  bot: string,
  now: Date,
): { channel: Channel; isNew: boolean } {
  const fresh = directChannel(person, bot, Math.floor(now.getTime() / 1000))
  const existing = state.channel(fresh.id)
  if (existing === undefined) state.putChannel(fresh)
  return { channel: existing ?? fresh, isNew: existing === undefined }
}
