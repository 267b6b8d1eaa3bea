import { once } from 'node:events'
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  TurnContext,
} from 'botbuilder'
import { ServiceClientCredentialsFactory } from 'botframework-connector'
import express from 'express'
import { onTestFinished, vi } from 'vitest'
import type { Teams } from '../../../src/sandbox/teams/start.ts'
import { APP_ID, TENANT_ID, tokenOf } from './ground.ts'

class PracticeCredentials extends ServiceClientCredentialsFactory {
  readonly teams: Teams
  constructor(teams: Teams) {
    super()
    this.teams = teams
  }
  override isValidAppId(appId: string): Promise<boolean> {
    return Promise.resolve(appId === APP_ID)
  }
  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(false)
  }
  override createCredentials() {
    const { teams } = this
    return Promise.resolve({
      signRequest: async <Sent extends { headers: { set(name: string, value: string): void } }>(
        request: Sent,
      ) => {
        request.headers.set('authorization', `Bearer ${await tokenOf(teams)}`)
        return request
      },
    })
  }
}

export interface Bot {
  readonly adapter: CloudAdapter
  readonly endpoint: string
  /** What it heard, oldest first. */
  readonly heard: readonly Record<string, unknown>[]
  readonly references: Partial<ConversationReference>[]
}

/** What the little bot does beside echoing. */
export interface Ways {
  readonly onInvoke?: (context: TurnContext) => Promise<{ status: number; body?: unknown }>
  readonly onMessage?: (context: TurnContext) => Promise<unknown>
}

/** A real botbuilder bot on this machine. It answers what it hears with an echo. */
export async function startBot(teams: Teams, ways: Ways = {}): Promise<Bot> {
  // The adapter writes what it refuses to the console.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const adapter = new CloudAdapter(authentication(teams))
  adapter.onTurnError = async (_, error) => {
    throw error
  }
  const heard: Record<string, unknown>[] = []
  const references: Partial<ConversationReference>[] = []
  const bot = new ActivityHandler()
  bot.onMessage(async (context) => {
    const said = TurnContext.removeRecipientMention(context.activity) ?? ''
    if (ways.onMessage) await ways.onMessage(context)
    else await context.sendActivity(`echo: ${said.trim()}`)
  })
  const app = express()
  app.use(express.json())
  app.post('/api/messages', (request, response) => {
    heard.push({ ...request.body })
    return adapter.process(request, response, async (context) => {
      references.push(TurnContext.getConversationReference(context.activity))
      if (context.activity.type !== 'invoke') return bot.run(context)
      const value = (await ways.onInvoke?.(context)) ?? { status: 501 }
      await context.sendActivity({ type: 'invokeResponse', value })
    })
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    vi.restoreAllMocks()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The bot has no port.')
  const endpoint = `http://127.0.0.1:${address.port}/api/messages`
  teams.setMessagingEndpoint(endpoint)
  return { adapter, endpoint, heard, references }
}

function authentication(teams: Teams): ConfigurationBotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: APP_ID,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: TENANT_ID,
      ToBotFromChannelOpenIdMetadataUrl: teams.openIdMetadataUrl,
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToBotFromEmulatorOpenIdMetadataUrl: teams.openIdMetadataUrl,
      ToChannelFromBotLoginUrl: teams.loginUrl,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com/.default',
      OAuthUrl: teams.url,
      CallerId: '',
    },
    new PracticeCredentials(teams),
  )
}
