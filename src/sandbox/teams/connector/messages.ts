import { type Conversation, threadId } from '../conversation.ts'
import type { Message } from '../message.ts'
import type { Site } from '../site.ts'
import { type Answer, refuse } from './answer.ts'
import type { Endpoint, Request } from './endpoint.ts'
import { placeOf } from './place.ts'
import { readActivity } from './read-activity.ts'

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
      const read = readActivity(request.body, request.bytes)
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
export function say({ site, bytes }: Request, conversation: Conversation, activity: unknown): Spoken {
  const read = readActivity(activity, bytes)
  if (read.kind !== 'message') return read
  const { content, replyToId } = read
  const message = site.state.post({
    ...content,
    from: site.bot.id,
    ...(replyToId !== undefined && { replyToId }),
    conversationId: (id) =>
      conversation.kind === 'channel' ? threadId(conversation.id, id) : conversation.id,
  })
  return { kind: 'message', message }
}

function send(request: Request): Answer {
  const place = placeOf(request.site, request.parts.conversation)
  if (place.kind === 'refused') return place.answer
  const said = say(request, place.conversation, request.body)
  if (said.kind === 'refused') return said.answer
  return {
    status: 201,
    body: { id: said.kind === 'message' ? said.message.id : request.site.state.nextId() },
  }
}

function ownMessage({
  site,
  parts,
}: Request): { kind: 'own'; message: Message } | { kind: 'refused'; answer: Answer } {
  const place = placeOf(site, parts.conversation)
  if (place.kind === 'refused') return place
  const message = messageIn(site, place.conversation, parts.activity)
  if (!message) {
    const answer = refuse('ActivityNotFoundInConversation', `There is no activity "${parts.activity}" here.`)
    return { kind: 'refused', answer }
  }
  if (message.from === site.bot.id) return { kind: 'own', message }
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
