import { z } from 'zod'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
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
const listOf = <Shape extends z.ZodType>(one: Shape) =>
  z.object({ value: z.array(one), '@odata.nextLink': z.url().optional() })
const tabSchema = z.object({ configuration: z.object({ websiteUrl: z.string().nullish() }).nullish() })
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

const TIMEOUT_MS = 10_000
/** A team has 1,000 channels at most. */
const PAGES = 50
const WEBSITE_TAB = `${GRAPH_AUDIENCE}/v1.0/appCatalogs/teamsApps/com.microsoft.teamspace.tab.web`

export function graph({ token, url, team }: GraphOptions): Graph {
  const base = `${url.replace(/\/$/, '')}/v1.0/teams/${team}/channels`

  async function call(method: string, address: string, body?: object, isAgain = false): Promise<unknown> {
    const what = `${method} ${new URL(address).pathname.replace(/^.*\/v1\.0/, '')} at Microsoft Graph`
    const bearer = await token.get()
    let response: Response
    let answer: unknown
    try {
      response = await fetch(address, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const text = await response.text()
      answer = text === '' ? undefined : JSON.parse(text)
    } catch (error) {
      throw new TransientFailure(`Microsoft Graph did not answer ${what}.`, undefined, { cause: error })
    }
    if (response.ok) return answer
    if (response.status === 401) {
      token.refused()
      if (!isAgain) return call(method, address, body, true)
    }
    const refusal = refusalSchema.safeParse(answer).data?.error
    if (response.status === 403)
      throw new FinalFailure(
        `Microsoft Graph refused ${what} (HTTP 403): the app lacks the permission in this team. Make its package with --graph, and install it anew.`,
      )
    if (
      refusal?.innerError?.code === 'NameAlreadyExists' ||
      /name already exist/i.test(refusal?.message ?? '')
    )
      return 'taken'
    throw failureOf(what, response.status, response.headers.get('retry-after'), answer)
  }

  const read = <Shape extends z.ZodType>(shape: Shape, answer: unknown): z.output<Shape> => {
    const parsed = shape.safeParse(answer)
    if (parsed.success) return parsed.data
    throw new TransientFailure('Microsoft Graph answered in a way that cannot be read.')
  }
  const at = (channel: string, rest = '') => `${base}/${encodeURIComponent(channel)}${rest}`

  return {
    async channels() {
      const found: GraphChannel[] = []
      let next: string | undefined = base
      for (let page = 0; next && page < PAGES; page += 1) {
        const answer: z.output<ReturnType<typeof listOf<typeof channelSchema>>> = read(
          listOf(channelSchema),
          await call('GET', next),
        )
        found.push(...answer.value)
        // Only where we asked: the token goes there.
        const link = answer['@odata.nextLink']
        next = link?.startsWith(base) ? link : undefined
      }
      return found
    },
    async create(displayName, description) {
      const made = await call('POST', base, { displayName, description, membershipType: 'standard' })
      return made === 'taken' ? made : read(channelSchema, made)
    },
    describe: async (channel, description) => void (await call('PATCH', at(channel), { description })),
    async tabs(channel) {
      const { value } = read(listOf(tabSchema), await call('GET', at(channel, '/tabs')))
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
