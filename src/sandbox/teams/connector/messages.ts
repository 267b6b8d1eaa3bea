import { type Conversation, threadId } from '../conversation.ts'
import type { Message } from '../message.ts'
import type { Site } from '../site.ts'
import { type Answer, refuse } from './answer.ts'
import type { Endpoint, Request } from './endpoint.ts'
import { placeOf } from './place.ts'
import { readActivity } from './read-activity.ts'
import { audienceOf, isTargeted, recipientIn } from './targeted.ts'

const ALL = 'conversations/:conversation/activities'
const ONE = `${ALL}/:activity`

/** What is replied to does not matter: the conversation alone says where a message goes. */
export const messages: readonly Endpoint[] = [
  { name: 'send', method: 'POST', path: ALL, pace: 'writing', run: send },
  { name: 'reply', method: 'POST', path: ONE, pace: 'writing', run: send },
  {
    name: 'update',
    method: 'PUT',
    path: ONE,
    pace: 'writing',
    run: (request) => {
      const own = ownMessage(request)
      if (own.kind === 'refused') return own.answer
      if (isTargeted(request) && recipientIn(request.body) !== undefined)
        return refuse('BadArgument', 'Whom a message is for cannot be changed: leave out the recipient.')
      const read = readActivity(request.body, request.bytes, own.conversation)
      if (read.kind === 'refused') return read.answer
      if (read.kind === 'typing') return refuse('BadSyntax', 'A message is updated by a message.')
      request.site.state.edit(own.message, read.content)
      return { status: 200, body: { id: own.message.id } }
    },
  },
  {
    name: 'delete',
    method: 'DELETE',
    path: ONE,
    pace: 'writing',
    run: (request) => {
      const own = ownMessage(request)
      if (own.kind === 'refused') return own.answer
      request.site.state.remove(own.message)
      return { status: 200 }
    },
  },
]

type Spoken =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'typing' }
  | { readonly kind: 'refused'; readonly answer: Answer }

/** Said by the bot. In a channel, outside of its threads, a message begins a new one. */
export function say(
  { site, bytes }: Request,
  conversation: Conversation,
  activity: unknown,
  onlyFor?: string,
): Spoken {
  const read = readActivity(activity, bytes, conversation)
  if (read.kind !== 'message') return read
  const { content, replyToId } = read
  const message = site.state.post({
    ...content,
    from: site.bot.id,
    ...(replyToId !== undefined && { replyToId }),
    ...(onlyFor !== undefined && { onlyFor }),
    conversationId: (id) =>
      conversation.kind === 'channel' ? threadId(conversation.id, id) : conversation.id,
  })
  return { kind: 'message', message }
}

function send(request: Request): Answer {
  const place = placeOf(request.site, request.parts.conversation)
  if (place.kind === 'refused') return place.answer
  const audience = audienceOf(request, place.conversation)
  if (audience.kind === 'refused') return audience.answer
  const onlyFor = audience.kind === 'one' ? audience.onlyFor : undefined
  const said = say(request, place.conversation, request.body, onlyFor)
  if (said.kind === 'refused') return said.answer
  return {
    status: 201,
    body: { id: said.kind === 'message' ? said.message.id : request.site.state.nextId() },
  }
}

type Own =
  | { readonly kind: 'own'; readonly message: Message; readonly conversation: Conversation }
  | { readonly kind: 'refused'; readonly answer: Answer }

function ownMessage(request: Request): Own {
  const { site, parts } = request
  const place = placeOf(site, parts.conversation)
  if (place.kind === 'refused') return place
  const message = messageIn(site, place.conversation, parts.activity)
  // A targeted message is found by targeted calls alone.
  if (!message || isTargeted(request) !== (message.onlyFor !== undefined)) {
    const answer = refuse('ActivityNotFoundInConversation', `There is no activity "${parts.activity}" here.`)
    return { kind: 'refused', answer }
  }
  const { conversation } = place
  if (message.from === site.bot.id) return { kind: 'own', message, conversation }
  const answer = refuse('ForbiddenOperationException', 'A bot may only change its own messages.')
  return { kind: 'refused', answer }
}

/** A channel holds the messages of all its threads. */
export function messageIn(
  { state }: Site,
  conversation: Conversation,
  id: string | undefined,
): Message | undefined {
  const message = id === undefined ? undefined : state.message(id)
  if (!message || message.deleted) return undefined
  if (message.conversationId === conversation.id) return message
  const isInChannel =
    conversation.kind === 'channel' && message.conversationId.startsWith(`${conversation.id};`)
  return isInChannel ? message : undefined
}
