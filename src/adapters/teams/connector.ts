import { z } from 'zod'
import { TransientFailure } from '../../ports/failure.ts'
import { callsOf } from './call.ts'
import type { AdaptiveCard } from './render.ts'
import type { BotToken } from './token.ts'

/** What is sent: the rest is the connector's. */
export interface Outgoing {
  readonly type: 'message'
  readonly summary?: string
  readonly text?: string
  readonly textFormat?: 'markdown' | 'plain'
  readonly attachments?: readonly {
    readonly contentType: string
    readonly content?: AdaptiveCard | Readonly<Record<string, unknown>>
    readonly contentUrl?: string
    readonly name?: string
  }[]
}

const memberSchema = z.object({
  id: z.string(),
  objectId: z.string().optional(),
  aadObjectId: z.string().optional(),
  name: z.string().default(''),
  email: z.string().optional(),
  userPrincipalName: z.string().optional(),
  tenantId: z.string().optional(),
  userRole: z.string().default('user'),
})
export type ConnectorMember = z.infer<typeof memberSchema>
const pageSchema = z.object({ members: z.array(memberSchema), continuationToken: z.string().nullish() })
const sentSchema = z.object({ id: z.string() })
const createdSchema = z.object({ id: z.string(), activityId: z.string().optional() })

/**
 * The Bot Connector's routes that we use. Nothing is repeated here but what was refused for an old token: whoever asked knows
 * whether it is still worth it.
 */
export interface Connector {
  /** A new thread in a channel. Gives the thread's conversation and its first message. */
  startThread(channel: string, activity: Outgoing): Promise<{ conversation: string; message: string }>
  /** The conversation with one person alone, the same each time, by their object id in Entra. */
  openPersonal(person: string): Promise<string>
  /** With `only`, nobody but this member sees it, and it is gone after a day. */
  send(conversation: string, activity: Outgoing, only?: string): Promise<string>
  /** `alone`: it is a message that one member alone sees. */
  update(conversation: string, message: string, activity: Outgoing, alone?: true): Promise<void>
  remove(conversation: string, message: string): Promise<void>
  /** GoneFailure for who is not in it. */
  member(conversation: string, person: string): Promise<ConnectorMember>
  /** At most `most` of them. */
  members(conversation: string, most: number): Promise<readonly ConnectorMember[]>
}

export interface ConnectorOptions {
  /** Absent: the bot is anonymous. */
  readonly token?: BotToken
  readonly bot: { readonly id: string; readonly name: string }
  readonly tenantId: string
  /** Where a conversation is served. */
  readonly serviceUrl: (conversation: string) => Promise<string>
}

const PAGE = 200

/**
 * The Bot Connector over its REST API (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference).
 * The SDK's own client sends again after a broken connection, unasked: a card would stand there twice.
 */
export function connector({ token, bot, tenantId, serviceUrl }: ConnectorOptions): Connector {
  const { call: sent, read } = callsOf({ name: 'Teams', token })

  async function call(method: string, at: string, path: string, body?: object): Promise<unknown> {
    const base = (await serviceUrl(at)).replace(/\/$/, '')
    return sent(method, `${base}/v3/${path}`, `${method} ${path.split('?')[0]}`, body)
  }
  const to = (conversation: string) => `conversations/${encodeURIComponent(conversation)}`

  return {
    async startThread(channel, activity) {
      const asked = { isGroup: true, bot, tenantId, channelData: { channel: { id: channel } }, activity }
      const made = read(createdSchema, await call('POST', channel, 'conversations', asked), 'a new thread')
      const message = made.activityId ?? /;messageid=(.+)$/.exec(made.id)?.[1]
      if (!message) throw new TransientFailure('Teams began a thread and did not say which message it is.')
      return {
        conversation: made.id.includes(';messageid=') ? made.id : `${channel};messageid=${message}`,
        message,
      }
    },
    async openPersonal(person) {
      const channelData = { tenant: { id: tenantId } }
      const asked = { isGroup: false, bot, members: [{ id: person }], tenantId, channelData }
      return read(createdSchema, await call('POST', person, 'conversations', asked), 'a personal chat').id
    },
    send: async (conversation, activity, only) =>
      read(
        sentSchema,
        await call('POST', conversation, `${to(conversation)}/activities${targeted(only)}`, {
          ...activity,
          ...(only !== undefined && { recipient: { id: only } }),
        }),
        'a message',
      ).id,
    async update(conversation, message, activity, alone) {
      await call(
        'PUT',
        conversation,
        `${to(conversation)}/activities/${encodeURIComponent(message)}${targeted(alone)}`,
        activity,
      )
    },
    async remove(conversation, message) {
      await call('DELETE', conversation, `${to(conversation)}/activities/${encodeURIComponent(message)}`)
    },
    member: async (conversation, person) =>
      read(
        memberSchema,
        await call('GET', conversation, `${to(conversation)}/members/${encodeURIComponent(person)}`),
        'who somebody is',
      ),
    async members(conversation, most) {
      const found: ConnectorMember[] = []
      let next = ''
      do {
        const path = `${to(conversation)}/pagedmembers?pageSize=${PAGE}${next}`
        const page = read(pageSchema, await call('GET', conversation, path), 'who is there')
        found.push(...page.members)
        next = page.continuationToken
          ? `&continuationToken=${encodeURIComponent(page.continuationToken)}`
          : ''
      } while (next && found.length < most)
      return found.slice(0, most)
    },
  }
}

const targeted = (only: string | true | undefined): string =>
  only === undefined ? '' : '?isTargetedActivity=true'
