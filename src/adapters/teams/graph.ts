import { z } from 'zod'
import { FinalFailure } from '../../ports/failure.ts'
import { callsOf } from './call.ts'
import { failureOf } from './failure.ts'
import type { BotToken } from './token.ts'

/** Whom tokens for Microsoft Graph are for, wherever it is served. */
export const GRAPH_AUDIENCE = 'https://graph.microsoft.com'

export interface GraphOptions {
  readonly token: BotToken
  /** https://graph.microsoft.com, or what stands for it. */
  readonly url: string
  /** The team's group in Microsoft Entra. */
  readonly team: string
}

const channelSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  description: z.string().nullish(),
  isArchived: z.boolean().nullish(),
})
export type GraphChannel = z.infer<typeof channelSchema>
const channelsSchema = z.object({ value: z.array(channelSchema), '@odata.nextLink': z.url().optional() })
const tabsSchema = z.object({
  value: z.array(z.object({ configuration: z.object({ websiteUrl: z.string().nullish() }).nullish() })),
})
const refusalSchema = z.object({
  error: z.object({ message: z.string().default(''), innerError: z.object({ code: z.string() }).optional() }),
})

/** The team's channels, over Microsoft Graph (https://learn.microsoft.com/graph/api/resources/channel). */
export interface Graph {
  channels(): Promise<readonly GraphChannel[]>
  /** "taken" where a channel has the name, or had it in the last 30 days. Not safe to repeat: look for it first. */
  create(name: string, description: string): Promise<GraphChannel | 'taken'>
  describe(channel: string, description: string): Promise<void>
  /** The addresses of its website tabs. */
  tabs(channel: string): Promise<readonly string[]>
  addTab(channel: string, title: string, url: string): Promise<void>
  archive(channel: string): Promise<void>
}

/** A team has 1,000 channels at most. */
const PAGES = 50
const WEBSITE_TAB = `${GRAPH_AUDIENCE}/v1.0/appCatalogs/teamsApps/com.microsoft.teamspace.tab.web`

export function graph({ token, url, team }: GraphOptions): Graph {
  const base = `${url.replace(/\/$/, '')}/v1.0/teams/${team}/channels`

  const { call: sent, read } = callsOf({ name: 'Microsoft Graph', token, failure: graphFailure })
  const call = (method: string, address: string, body?: object) =>
    sent(
      method,
      address,
      `${method} ${new URL(address).pathname.replace(/^.*\/v1\.0/, '')} at Microsoft Graph`,
      body,
    )
  const at = (channel: string, rest = '') => `${base}/${encodeURIComponent(channel)}${rest}`

  return {
    async channels() {
      const found: GraphChannel[] = []
      let next: string | undefined = base
      for (let page = 0; next && page < PAGES; page += 1) {
        const answer: z.output<typeof channelsSchema> = read(
          channelsSchema,
          await call('GET', next),
          'its channels',
        )
        found.push(...answer.value)
        // Only where we asked: the token goes there.
        const link = answer['@odata.nextLink']
        next = link?.startsWith(base) ? link : undefined
      }
      return found
    },
    async create(displayName, description) {
      try {
        const made = await call('POST', base, { displayName, description, membershipType: 'standard' })
        return read(channelSchema, made, 'a new channel')
      } catch (error) {
        if (error instanceof NameTaken) return 'taken'
        throw error
      }
    },
    describe: async (channel, description) => void (await call('PATCH', at(channel), { description })),
    async tabs(channel) {
      const { value } = read(tabsSchema, await call('GET', at(channel, '/tabs')), 'its tabs')
      return value.flatMap(({ configuration }) => configuration?.websiteUrl ?? [])
    },
    addTab: async (channel, displayName, contentUrl) =>
      void (await call('POST', at(channel, '/tabs'), {
        displayName,
        'teamsApp@odata.bind': WEBSITE_TAB,
        configuration: { contentUrl, websiteUrl: contentUrl },
      })),
    archive: async (channel) => void (await call('POST', at(channel, '/archive'), {})),
  }
}

class NameTaken extends FinalFailure {}

function graphFailure(...refused: Parameters<typeof failureOf>): Error {
  const [what, status, , answer] = refused
  const { message = '', innerError } = refusalSchema.safeParse(answer).data?.error ?? {}
  if (status === 403)
    return new FinalFailure(
      `Microsoft Graph refused ${what} (HTTP 403): the app lacks the permission in this team. Make its package with --graph, and install it anew.`,
    )
  if (innerError?.code === 'NameAlreadyExists' || /name already exist/i.test(message))
    return new NameTaken(`Microsoft Graph refused ${what}: ${message}`)
  return failureOf(...refused)
}
