import { useEffect, useMemo, useState } from 'react'
import type { PageChannel, PageMessage, PageUserGroup } from '../../page-api.ts'
import type { World } from './world.ts'

export interface Unread {
  /** Somebody said something. */
  isUnread: boolean
  /** How often the person was named; in a direct message, every message counts. */
  mentions: number
}

export interface UnreadCounts {
  in(channel: PageChannel): Unread
  /** What waits for somebody else, as far as the reader can see it. It shows whom to act as next. */
  mentionsOf(person: string): number
}

/** The server does not know what anybody has read, so the browser remembers, for all its windows and people. */
export function useUnread(world: World | undefined, open: string | undefined): UnreadCounts {
  const [record, setRecord] = useState(load)
  const me = world?.state.me.id
  const latest = open === undefined ? undefined : world?.messages[open]?.at(-1)?.ts
  const since = record.since ?? latestOf(world)

  useEffect(() => {
    const onChange = () => setRecord(load())
    addEventListener('storage', onChange)
    return () => removeEventListener('storage', onChange)
  }, [])
  useEffect(() => {
    if (since === undefined || me === undefined || open === undefined) return
    // From the store, because another window may have written there in the meantime.
    setRecord(save({ since, read: { ...load().read, [keyOf(me, open)]: latest ?? since } }))
  }, [since, me, open, latest])

  return useMemo(() => {
    const readUntil = (person: string, channel: string) => record.read[keyOf(person, channel)] ?? since ?? ''
    const unreadOf = (person: string, channel: PageChannel): Unread =>
      countUnread(
        world?.messages[channel.id] ?? [],
        channel,
        person,
        mentionsFor(person, world?.state.userGroups ?? []),
        readUntil(person, channel.id),
      )
    return {
      in: (channel) =>
        me === undefined || channel.id === open ? { isUnread: false, mentions: 0 } : unreadOf(me, channel),
      mentionsOf: (person) =>
        (world?.state.channels ?? [])
          .filter(({ kind, members }) => kind === 'channel' && members.includes(person))
          .reduce((sum, channel) => sum + unreadOf(person, channel).mentions, 0),
    }
  }, [world, record, since, me, open])
}

function countUnread(
  messages: readonly PageMessage[],
  { kind }: PageChannel,
  person: string,
  mentions: readonly string[],
  readUntil: string,
): Unread {
  const fresh = messages.filter(
    ({ ts, user, ephemeralTo }) => ts > readUntil && user !== person && ephemeralTo === undefined,
  )
  const naming = kind === 'direct' ? fresh : fresh.filter((message) => holds(message, mentions))
  return { isUnread: fresh.length > 0, mentions: naming.length }
}

function holds({ text, blocks, attachments }: PageMessage, mentions: readonly string[]): boolean {
  const all = JSON.stringify({ text, blocks, attachments })
  return mentions.some((mention) => all.includes(mention))
}

/** How a message names somebody, or a group they are in. */
const mentionsFor = (person: string, groups: readonly PageUserGroup[]): string[] => [
  ...[`<@${person}>`, `<@${person}|`, `"user_id":"${person}"`],
  ...groups
    .filter(({ members }) => members.includes(person))
    .flatMap(({ id }) => [`<!subteam^${id}>`, `<!subteam^${id}|`, `"usergroup_id":"${id}"`]),
]

function latestOf(world: World | undefined): string | undefined {
  if (world === undefined) return undefined
  return Object.values(world.messages).reduce((latest, messages) => {
    const last = messages.at(-1)?.ts ?? ''
    return last > latest ? last : latest
  }, '0')
}

interface ReadRecord {
  /** The newest message when this browser first came: what is older counts as read by everybody. */
  since?: string
  read: Record<string, string>
}

const STORED_AS = 'practice-workspace-read'

function keyOf(person: string, channel: string): string {
  return `${person}/${channel}`
}

function load(): ReadRecord {
  const stored = localStorage.getItem(STORED_AS)
  return stored === null ? { read: {} } : JSON.parse(stored)
}

function save(record: ReadRecord): ReadRecord {
  localStorage.setItem(STORED_AS, JSON.stringify(record))
  return record
}
