import { z } from 'zod'
import { personalId } from '../conversation.ts'
import { findPerson } from '../tenant.ts'
import { type Answer, refuse } from './answer.ts'
import type { Endpoint, Request } from './endpoint.ts'
import { say } from './messages.ts'
import { placeOf } from './place.ts'

const parametersSchema = z.looseObject({
  isGroup: z.boolean().nullish(),
  members: z.array(z.looseObject({ id: z.string() })).nullish(),
  tenantId: z.string().nullish(),
  activity: z.unknown().optional(),
  channelData: z
    .looseObject({
      channel: z.looseObject({ id: z.string() }).nullish(),
      tenant: z.looseObject({ id: z.string() }).nullish(),
    })
    .nullish(),
})
type Parameters = z.output<typeof parametersSchema>

/** A new thread in a channel, or the one chat with a person. A bot cannot begin a group chat. */
export const createConversation: Endpoint = {
  name: 'create-conversation',
  method: 'POST',
  path: 'conversations',
  pace: 'writing',
  run: (request) => {
    const parsed = parametersSchema.safeParse(request.body)
    if (!parsed.success) return refuse('BadSyntax', z.prettifyError(parsed.error))
    const channelId = parsed.data.channelData?.channel?.id
    if (channelId !== undefined) return beginThread(request, parsed.data, channelId)
    if (parsed.data.isGroup)
      return refuse('BadSyntax', 'A bot cannot begin a group chat. Name a channel in channelData.')
    return beginChat(request, parsed.data)
  },
}

function beginThread(request: Request, { activity }: Parameters, channelId: string): Answer {
  const place = placeOf(request.site, channelId)
  if (place.kind === 'refused') return place.answer
  if (place.conversation.kind !== 'channel')
    return refuse('BadSyntax', `"${channelId}" is not the id of a channel.`)
  if (activity == null) return refuse('BadSyntax', 'A new thread needs an activity.')
  const said = say(request, place.conversation, activity)
  if (said.kind === 'refused') return said.answer
  if (said.kind === 'typing') return refuse('BadSyntax', 'A new thread begins with a message.')
  return { status: 201, body: { id: said.message.conversationId, activityId: said.message.id } }
}

function beginChat(request: Request, { members, tenantId, activity, channelData }: Parameters): Answer {
  const { site } = request
  const [member, ...others] = members ?? []
  if (!member || others.length > 0) return refuse('BadSyntax', 'A personal chat has exactly one member.')
  const tenant = tenantId ?? channelData?.tenant?.id
  if (tenant !== site.tenantId)
    return refuse('BadSyntax', `The tenant is "${tenant}", and the person is in another one.`)
  const person = findPerson(site.tenant, member.id)
  if (!person || person.name === member.id)
    return refuse('ForbiddenOperationException', `"${member.id}" is nobody in this tenant.`)
  const id = personalId(person)
  const place = placeOf(site, id)
  if (place.kind === 'refused') return place.answer
  if (activity == null) return { status: 201, body: { id } }
  const said = say(request, place.conversation, activity)
  if (said.kind === 'refused') return said.answer
  return { status: 201, body: { id, ...(said.kind === 'message' && { activityId: said.message.id }) } }
}
