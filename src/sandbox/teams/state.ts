import type { Clock } from '../../ports/clock.ts'
import { type Card, type Content, type Message, readContent } from './message.ts'
import type { MadeChannel, SavedTalk, Standing, Told } from './state-file.ts'

/** A message that is not sent yet. */
export interface Draft extends Content {
  readonly from: string
  readonly replyToId?: string
  readonly onlyFor?: string
  /** Given the new id, for the first message of a thread is what the thread is named by. */
  conversationId(id: string): string
}

export interface State {
  /** A moment in milliseconds, never given out twice. */
  nextId(): string
  messages(): readonly Message[]
  message(id: string): Message | undefined
  post(draft: Draft): Message
  /** Everybody sees it, also those who had a view of their own. */
  edit(message: Message, content: Content): void
  remove(message: Message): void
  /** From now on this person has this card in place of the message's. */
  show(message: Message, mri: string, card: Card): void
  told(mri: string): readonly Told[]
  tell(told: Told): void
  /** Whether the bot is in the team, or in this person's own chat. */
  standing(where: string): Standing
  stand(where: string, standing: Standing): void
  /** Those that were made, in their order. */
  channels(): readonly MadeChannel[]
  putChannel(channel: MadeChannel): void
  saved(): SavedTalk
}

/** Messages are kept in the order in which they were sent. */
export function createState(begin: SavedTalk, clock: Clock, changed: () => void): State {
  let { lastId } = begin
  const messages = new Map(begin.messages.map((message) => [message.id, message]))
  const told = [...begin.told]
  const channels = new Map(begin.channels.map((channel) => [channel.id, channel]))
  const standings = new Map(Object.entries(begin.standings))
  const nextId = () => {
    lastId = Math.max(clock.now().getTime(), lastId + 1)
    return String(lastId)
  }
  const put = (message: Message) => {
    messages.set(message.id, message)
    changed()
    return message
  }
  return {
    nextId,
    messages: () => [...messages.values()],
    message: (id) => messages.get(id),
    post: ({ text, attachments, entities, from, replyToId, onlyFor, conversationId }) => {
      const id = nextId()
      return put({
        id,
        from,
        conversationId: conversationId(id),
        sentAt: clock.now().toISOString(),
        ...(replyToId !== undefined && { replyToId }),
        ...(onlyFor !== undefined && { onlyFor }),
        ...readContent({ text, attachments, entities }),
        edited: false,
        deleted: false,
        views: {},
      })
    },
    edit: ({ card: _, ...message }, content) => {
      put({ ...message, ...readContent(content), edited: true, views: {} })
    },
    remove: (message) => {
      put({ ...message, deleted: true })
    },
    show: ({ id }, mri, card) => {
      const message = messages.get(id)
      if (message && !message.deleted) put({ ...message, views: { ...message.views, [mri]: card } })
    },
    told: (mri) => told.filter(({ to }) => to === mri),
    tell: (next) => {
      told.push(next)
      changed()
    },
    standing: (where) => standings.get(where) ?? 'installed',
    stand: (where, standing) => {
      standings.set(where, standing)
      changed()
    },
    channels: () => [...channels.values()],
    putChannel: (channel) => {
      channels.set(channel.id, channel)
      changed()
    },
    saved: () => ({
      lastId,
      messages: [...messages.values()],
      told,
      standings: Object.fromEntries(standings),
      channels: [...channels.values()],
    }),
  }
}
