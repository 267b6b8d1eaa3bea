import { isInTeam } from '../connector/place.ts'
import { type Conversation, findConversation, personalId, threadId } from '../conversation.ts'
import type { Content, Message } from '../message.ts'
import type { Site } from '../site.ts'
import { findChannel, mriOf, type TenantPerson } from '../tenant.ts'
import { activityOf, clientInfo } from '../transport/activity.ts'
import type { Outcome } from '../transport/deliver.ts'
import { messageOf } from './see.ts'

export interface Where {
  /** By id or name. Without it, and without a thread, the personal chat. */
  readonly channel?: string
  /** Any message of the thread. */
  readonly thread?: Message | string
  /** Whether the bot is mentioned, at the beginning: in a channel, unless said otherwise, it is. */
  readonly mention?: boolean
}

export interface Said {
  readonly message: Message
  /** `not-told`: in a channel a bot hears only what mentions it, and nothing where it is not installed. */
  readonly outcome: Outcome | { readonly kind: 'not-told' }
}

export async function say(site: Site, person: TenantPerson, text: string, where: Where): Promise<Said> {
  const { state, bot } = site
  const place = placeFor(site, person, where)
  const mention = where.mention ?? place.kind !== 'personal'
  const called = `<at>${bot.name}</at>`
  const content: Content = {
    text: mention ? `${called} ${text}` : text,
    attachments: [],
    entities: [
      ...(mention ? [{ type: 'mention', mentioned: { ...bot }, text: called }] : []),
      clientInfo(person),
    ],
  }
  const message = state.post({
    ...content,
    from: mriOf(person),
    ...(place.kind === 'thread' && { replyToId: place.rootId }),
    conversationId: (id) => (place.kind === 'channel' ? threadId(place.id, id) : place.id),
  })
  const conversation = findConversation(site.tenant, state, message.conversationId)
  const hears = place.kind === 'personal' ? state.standing(mriOf(person)) === 'installed' : isInTeam(site)
  if (!conversation || !hears || (place.kind !== 'personal' && !mention))
    return { message, outcome: { kind: 'not-told' } }
  const { entities } = content
  const activity = activityOf(site, person, conversation, {
    type: 'message',
    id: message.id,
    ...(message.replyToId !== undefined && { replyToId: message.replyToId }),
    text: content.text,
    textFormat: 'plain',
    entities,
  })
  return { message, outcome: await site.deliver('message', activity) }
}

function placeFor(site: Site, person: TenantPerson, { channel: called, thread }: Where): Conversation {
  if (thread !== undefined) {
    const { conversationId } = messageOf(site, thread)
    const found = findConversation(site.tenant, site.state, conversationId)
    if (found) return found
  }
  if (called === undefined) return { kind: 'personal', id: personalId(person), person }
  const channel = findChannel(site.tenant, called)
  if (!channel) throw new Error(`There is no channel "${called}".`)
  return { kind: 'channel', id: channel.id, channel }
}
