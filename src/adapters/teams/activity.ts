import { z } from 'zod'

const account = z.object({ id: z.string(), name: z.string().default(''), aadObjectId: z.string().optional() })

/** What the Bot Connector delivers, as far as we read it. */
export const activitySchema = z.object({
  type: z.string(),
  id: z.string().default(''),
  name: z.string().optional(),
  action: z.string().optional(),
  channelId: z.literal('msteams'),
  serviceUrl: z.string(),
  from: account,
  recipient: account.extend({ isTargeted: z.boolean().optional() }),
  conversation: z.object({
    id: z.string().min(1),
    conversationType: z.enum(['channel', 'personal', 'groupChat']).default('personal'),
    tenantId: z.string().optional(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string() }).optional(),
      channel: z.object({ id: z.string() }).optional(),
    })
    .default({}),
  locale: z.string().optional(),
  replyToId: z.string().optional(),
  text: z.string().default(''),
  entities: z
    .array(
      z.object({
        type: z.string(),
        text: z.string().optional(),
        mentioned: z.object({ id: z.string() }).optional(),
      }),
    )
    .default([]),
  value: z.unknown().optional(),
})
export type Activity = z.infer<typeof activitySchema>

/** Replies in a channel's thread come with the thread in the conversation's id. */
const THREAD = /;messageid=\d+$/

/** The conversation without its thread: the channel, or the chat. */
export const channelOf = (conversation: string): string => conversation.replace(THREAD, '')

/** Whether messages begin threads there, and where replies belong to them. */
export const isChannel = (conversation: string): boolean =>
  /^19:.+@thread\.(tacv2|skype)$/.test(channelOf(conversation))
export const isThread = (conversation: string): boolean => THREAD.test(conversation)

/** Whether what is said there, or in answer to it, is read by one person alone. */
export const isPrivate = ({ conversation, recipient }: Activity): boolean =>
  conversation.conversationType === 'personal' || recipient.isTargeted === true
