import { type Conversation, channelsOf, personalId, threadId } from '../conversation.ts'
import type { Content, Message } from '../message.ts'
import type { Site } from '../site.ts'
import { findChannel, findPerson, mriOf, type TenantPerson } from '../tenant.ts'
import { clientInfo } from '../transport/activity.ts'
import { messageOf, see, whereOf } from './see.ts'
import { type Reached, tell } from './tell.ts'

export interface Where {
  /** By id or name. Without it, and without a thread, the personal chat. */
  readonly channel?: string
  /** Any message of the thread. */
  readonly thread?: Message | string
  /** Whether the bot is mentioned, at the beginning: in a channel, unless said otherwise, it is. */
  readonly mention?: boolean
  /** Who else is mentioned: each `@name` in the text, by short name. */
  readonly mentions?: readonly string[]
  /** As a slash command: to the bot alone, which needs no mention. There are none in personal chats. */
  readonly slash?: boolean
}

export interface Said {
  readonly message: Message
  /** `not-told`: in a channel a bot hears only what mentions it, and nothing where it is not installed. */
  readonly outcome: Reached
}

export async function say(site: Site, person: TenantPerson, text: string, where: Where): Promise<Said> {
  const { state, bot } = site
  const { slash = false } = where
  const place = placeFor(site, person, where)
  if (slash && place.kind === 'personal') throw new Error('There are no slash commands in a personal chat.')
  const isMentioned = where.mention ?? (!slash && place.kind !== 'personal')
  const called = `<at>${bot.name}</at>`
  const others = (where.mentions ?? []).map((name) => mentionOf(site, name))
  const words = others.reduce((said, { name, entity }) => said.replace(`@${name}`, entity.text), text)
  const content: Content = {
    text: isMentioned ? `${called} ${words}` : words,
    attachments: [],
    entities: [
      ...(isMentioned ? [{ type: 'mention', mentioned: { ...bot }, text: called }] : []),
      ...others.map(({ entity }) => entity),
      clientInfo(person),
    ],
  }
  const message = state.post({
    ...content,
    from: mriOf(person),
    ...(place.kind === 'thread' && { replyToId: place.rootId }),
    ...(slash && { onlyFor: mriOf(person) }),
    conversationId: (id) => (place.kind === 'channel' ? threadId(place.id, id) : place.id),
  })
  if (place.kind !== 'personal' && !isMentioned && !slash) return { message, outcome: { kind: 'not-told' } }
  const outcome = await tell(site, person, whereOf(site, message), 'message', {
    type: 'message',
    id: message.id,
    ...(message.replyToId !== undefined && { replyToId: message.replyToId }),
    ...(slash && { recipient: { ...bot, isTargeted: true } }),
    text: content.text,
    textFormat: 'plain',
    entities: content.entities,
  })
  return { message, outcome }
}

function mentionOf({ tenant }: Site, name: string) {
  const person = findPerson(tenant, name)
  if (!person) throw new Error(`Nobody is called "${name}" in this tenant.`)
  const mentioned = { id: mriOf(person), name: person.fullName }
  return { name, entity: { type: 'mention', mentioned, text: `<at>${person.fullName}</at>` } }
}

function placeFor(site: Site, person: TenantPerson, { channel: called, thread }: Where): Conversation {
  if (thread !== undefined) {
    const message = messageOf(site, thread)
    if (see(site, person, message).kind === 'nothing')
      throw new Error(`${person.fullName} sees no message "${message.id}" to reply to.`)
    const found = whereOf(site, message)
    if (found.kind === 'thread' && messageOf(site, found.rootId).onlyFor !== undefined)
      throw new Error(`Nobody can reply to "${found.rootId}": it is a targeted message.`)
    return found
  }
  if (called === undefined) return { kind: 'personal', id: personalId(person), person }
  const channel = findChannel(channelsOf(site.tenant, site.state), called)
  if (!channel) throw new Error(`There is no channel "${called}".`)
  return { kind: 'channel', id: channel.id, channel }
}
