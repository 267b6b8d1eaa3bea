import type { PageChannel, PageEvent, PageMessage, PageState } from '../../page-api.ts'

/** Everything the page shows of the workspace, as one person sees it. */
export interface World {
  readonly state: PageState
  /** By channel, oldest first, thread replies included. */
  readonly messages: Readonly<Record<string, readonly PageMessage[]>>
}

export type Change =
  | Exclude<PageEvent, { kind: 'trouble' }>
  /** What was said in a channel before this person could see it. */
  | { kind: 'history'; channel: string; messages: readonly PageMessage[] }

/** What a change makes of the world. Applying one twice changes nothing, so that a reconnect may overlap. */
export function evolve(world: World, change: Change): World {
  switch (change.kind) {
    case 'message':
    case 'changed':
      return withMessages(world, change.message.channel, (messages) => upsert(messages, change.message))
    case 'deleted':
      return withMessages(world, change.channel, (messages) => messages.filter(({ ts }) => ts !== change.ts))
    case 'history':
      return withMessages(world, change.channel, (messages) => messages.reduce(upsert, change.messages))
    case 'channel':
      return {
        ...world,
        state: { ...world.state, channels: withChannel(world.state, change.channel) },
      }
    case 'views': {
      const { views, home } = change
      return { ...world, state: { ...world.state, views, ...(home && { home }) } }
    }
    case 'directory': {
      const { people, userGroups } = change
      const me = people.find(({ id }) => id === world.state.me.id) ?? world.state.me
      return { ...world, state: { ...world.state, people, userGroups, me } }
    }
  }
}

type Messages = readonly PageMessage[]

function withMessages(world: World, channel: string, change: (messages: Messages) => Messages): World {
  return { ...world, messages: { ...world.messages, [channel]: change(world.messages[channel] ?? []) } }
}

function upsert(messages: Messages, message: PageMessage): Messages {
  const known = messages.findIndex(({ ts }) => ts === message.ts)
  if (known >= 0) return messages.with(known, message)
  const later = messages.findIndex(({ ts }) => ts > message.ts)
  return later < 0 ? [...messages, message] : messages.toSpliced(later, 0, message)
}

function withChannel({ channels, me }: PageState, channel: PageChannel): PageChannel[] {
  // They left it, or were taken out.
  if (!channel.members.includes(me.id)) return channels.filter(({ id }) => id !== channel.id)
  const known = channels.findIndex(({ id }) => id === channel.id)
  return known < 0 ? [...channels, channel] : channels.with(known, channel)
}
