import type { Clock } from '../../ports/clock.ts'
import type { Saved } from './state-file.ts'
import type { Channel, Message, Person, StoredFile, UserGroup } from './workspace.ts'

/**
 * What the workspace knows, in memory.
 *
 * 1. No two messages of the workspace have the same ts, and a later one has a greater ts, across restarts too.
 * 2. Every change is told to the listener before the function that made it returns.
 */
export interface State {
  people(): readonly Person[]
  person(id: string): Person | undefined
  userGroups(): readonly UserGroup[]
  channels(): readonly Channel[]
  channel(id: string): Channel | undefined
  /** Oldest first, replies and ephemeral ones included. */
  messages(channel: string): readonly Message[]
  message(channel: string, ts: string): Message | undefined
  /** How many replies everybody sees under a message. */
  replyCount(message: Message): number
  nextTs(): string
  post(draft: Omit<Message, 'ts' | 'reactions'>): Message
  /** Puts this message in the place of the one with its channel and ts. */
  replace(message: Message): void
  remove(message: Message): void
  putChannel(channel: Channel): void
  putPerson(person: Person): void
  putUserGroup(group: UserGroup): void
  /** Oldest first. */
  files(): readonly StoredFile[]
  file(id: string): StoredFile | undefined
  putFile(file: StoredFile): void
  saved(): Saved
}

export type StateChange =
  | { kind: 'message' | 'changed' | 'deleted'; message: Message }
  | { kind: 'channel'; channel: Channel; before: Channel | undefined }
  | { kind: 'directory' }
  | { kind: 'file' }

/** A practice ground that runs for days must not grow without end. */
const MESSAGES_PER_CHANNEL = 5_000

export function createState(from: Saved, clock: Clock, tell: (change: StateChange) => void): State {
  const people = new Map(from.people.map((person) => [person.id, person]))
  const groups = new Map(from.userGroups.map((group) => [group.id, group]))
  const files = new Map(from.files.map((file) => [file.id, file]))
  const channels = new Map(from.channels.map((channel) => [channel.id, channel]))
  const messages = new Map<string, Map<string, Message>>()
  const replies = new Map<string, number>()
  for (const message of from.messages) {
    within(message.channel).set(message.ts, message)
    countReply(message, 1)
  }
  let lastMicroseconds = from.lastMicroseconds

  function within(channel: string): Map<string, Message> {
    const known = messages.get(channel) ?? new Map<string, Message>()
    messages.set(channel, known)
    return known
  }
  function countReply({ channel, threadTs, ephemeralTo }: Message, by: 1 | -1): void {
    if (threadTs === undefined || ephemeralTo !== undefined) return
    const thread = `${channel} ${threadTs}`
    replies.set(thread, (replies.get(thread) ?? 0) + by)
  }
  const list = (channel: string) => [...(messages.get(channel)?.values() ?? [])]
  const nextTs = () => {
    lastMicroseconds = Math.max(clock.now().getTime() * 1000, lastMicroseconds + 1)
    const seconds = Math.floor(lastMicroseconds / 1_000_000)
    return `${seconds}.${String(lastMicroseconds % 1_000_000).padStart(6, '0')}`
  }
  const tellRoot = ({ channel, threadTs }: Message) => {
    const root = threadTs === undefined ? undefined : messages.get(channel)?.get(threadTs)
    if (root) tell({ kind: 'changed', message: root })
  }

  return {
    people: () => [...people.values()],
    person: (id) => people.get(id),
    userGroups: () => [...groups.values()],
    channels: () => [...channels.values()],
    channel: (id) => channels.get(id),
    messages: list,
    message: (channel, ts) => messages.get(channel)?.get(ts),
    replyCount: ({ channel, ts }) => replies.get(`${channel} ${ts}`) ?? 0,
    nextTs,
    post: (draft) => {
      const message: Message = { ...draft, ts: nextTs(), reactions: [] }
      const known = within(message.channel)
      known.set(message.ts, message)
      const [oldest] = known.keys()
      if (known.size > MESSAGES_PER_CHANNEL && oldest !== undefined) known.delete(oldest)
      countReply(message, 1)
      tell({ kind: 'message', message })
      tellRoot(message)
      return message
    },
    replace: (message) => {
      within(message.channel).set(message.ts, message)
      tell({ kind: 'changed', message })
    },
    remove: (message) => {
      if (!within(message.channel).delete(message.ts)) return
      countReply(message, -1)
      tell({ kind: 'deleted', message })
      tellRoot(message)
    },
    putChannel: (channel) => {
      const before = channels.get(channel.id)
      channels.set(channel.id, channel)
      tell({ kind: 'channel', channel, before })
    },
    putPerson: (person) => {
      people.set(person.id, person)
      tell({ kind: 'directory' })
    },
    putUserGroup: (group) => {
      groups.set(group.id, group)
      tell({ kind: 'directory' })
    },
    files: () => [...files.values()],
    file: (id) => files.get(id),
    putFile: (file) => {
      files.set(file.id, file)
      tell({ kind: 'file' })
    },
    saved: () => ({
      lastMicroseconds,
      people: [...people.values()],
      userGroups: [...groups.values()],
      channels: [...channels.values()],
      files: [...files.values()],
      // As in Slack, what only one person sees is gone after a restart.
      messages: [...messages.keys()].flatMap(list).filter(({ ephemeralTo }) => ephemeralTo === undefined),
    }),
  }
}
