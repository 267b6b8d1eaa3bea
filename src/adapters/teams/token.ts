import * as openid from 'openid-client'
import type { Clock } from '../../ports/clock.ts'
import { TransientFailure, UnreachableFailure } from '../../ports/failure.ts'

export interface TokenOptions {
  readonly app: { readonly id: string; readonly secret: string }
  readonly tenantId: string
  readonly loginUrl: string
  readonly clock: Clock
  /** What it is for; the Bot Connector, unless said. */
  readonly audience?: string
}

export interface BotToken {
  get(): Promise<string>
  /** It was not taken: the next one is a new one. */
  refused(): void
}

/** The Bot Connector. */
const CONNECTOR = 'https://api.botframework.com'
const TIMEOUT_SECONDS = 5
/** A token is renewed so long before it ends. */
const MARGIN_MS = 300_000

/**
 * The bot's own token for calls to one of Microsoft's services, kept until shortly before it ends. Throws TransientFailure while the login
 * does not answer, and UnreachableFailure where it does not take our secret. No failure holds more of either than a code.
 */
export function botToken({ app, tenantId, loginUrl, clock, audience = CONNECTOR }: TokenOptions): BotToken {
  const issuer = `${loginUrl.replace(/\/$/, '')}/${tenantId}/v2.0`
  const endpoint = `${loginUrl.replace(/\/$/, '')}/${tenantId}/oauth2/v2.0/token`
  const client = new openid.Configuration({ issuer, token_endpoint: endpoint }, app.id, app.secret)
  client.timeout = TIMEOUT_SECONDS
  if (loginUrl.startsWith('http:')) openid.allowInsecureRequests(client)
  let known: { readonly token: string; readonly until: number } | undefined
  let asking: Promise<string> | undefined

  async function ask(): Promise<string> {
    try {
      const granted = await openid.clientCredentialsGrant(client, { scope: `${audience}/.default` })
      const seconds = granted.expires_in ?? 0
      known = { token: granted.access_token, until: clock.now().getTime() + seconds * 1000 - MARGIN_MS }
      return known.token
    } catch (error) {
      if (error instanceof openid.ResponseBodyError && !isLater(error.status))
        throw new UnreachableFailure(
          `Microsoft Entra gave the bot no token: ${error.error}. Set valid TEAMS_APP_ID, TEAMS_APP_SECRET and TEAMS_TENANT_ID.`,
          'everywhere',
        )
      throw new TransientFailure('Microsoft Entra gave the bot no token: it did not answer.')
    }
  }

  return {
    get: async () => {
      if (known && clock.now().getTime() < known.until) return known.token
      // Whoever asks meanwhile waits for the same answer.
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return asking
    },
    refused: () => {
      known = undefined
    },
  }
}

const isLater = (status: number): boolean => status >= 500 || status === 408 || status === 429
