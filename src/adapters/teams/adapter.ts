import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { ServiceClientCredentialsFactory } from 'botframework-connector'

export interface AdapterOptions {
  /** Absent: every request is believed. */
  readonly appId: string | undefined
  readonly tenantId: string
  /** Where the keys of the Bot Connector's signatures are found. */
  readonly openIdUrl: string
}

/** What a request is answered with. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
}

/** The requests that it takes come from the Bot Connector, and were meant for us. */
export interface TeamsAdapter {
  /** NotGenuine: the request is not signed as it must be. */
  take(authorization: string, body: object, work: () => Promise<Answer | undefined>): Promise<Answer>
}

export class NotGenuine extends Error {
  override readonly name = 'NotGenuine'
}

/** botbuilder, and all that we use of it: it checks who sent a request. */
export function teamsAdapter({ appId, tenantId, openIdUrl }: AdapterOptions): TeamsAdapter {
  return new Adapter(
    new ConfigurationBotFrameworkAuthentication(
      {
        MicrosoftAppId: appId ?? '',
        MicrosoftAppTenantId: tenantId,
        ...{ ToBotFromChannelOpenIdMetadataUrl: openIdUrl, ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl },
        ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
        ToChannelFromBotOAuthScope: 'https://api.botframework.com',
        ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenantId}`,
        ...{ OAuthUrl: 'https://api.botframework.com', CallerId: '', ValidateAuthority: true },
      },
      new Receiving(appId),
    ),
  )
}

class Adapter extends CloudAdapter implements TeamsAdapter {
  /** Unlike by the SDK's own way in, nobody is told why a request was refused. What is wrong with a token it prints by itself. */
  async take(authorization: string, body: object, work: () => Promise<Answer | undefined>): Promise<Answer> {
    // The SDK's type asks for much that no activity has.
    const activity = Object.assign(Object.create(null), body)
    const sender = await this.botFrameworkAuthentication
      .authenticateRequest(activity, authorization)
      .catch((error: unknown) => {
        throw new NotGenuine(error instanceof Error ? error.message : String(error))
      })
    let answer: Answer | undefined
    await this.processActivity(sender, activity, async () => {
      answer = await work()
    })
    return answer ?? { status: 200 }
  }
}

/** The SDK only receives here: what goes out has a way of its own, so it gets no credentials. */
class Receiving extends ServiceClientCredentialsFactory {
  readonly #appId: string | undefined
  constructor(appId: string | undefined) {
    super()
    this.#appId = appId
  }
  override isValidAppId = async (appId: string) => appId === this.#appId
  override isAuthenticationDisabled = async () => this.#appId === undefined
  override createCredentials = async () => ({ signRequest: async <Request>(request: Request) => request })
}
