import { errors, importJWK, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock } from '../../../ports/clock.ts'
import { ALGORITHM, type Keys } from './keys.ts'

/** Whom a bot's token may be for. */
export const AUDIENCES = {
  connector: 'https://api.botframework.com',
  graph: 'https://graph.microsoft.com',
} as const
const LIFE_SECONDS = 3599

const requestSchema = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string(),
  client_secret: z.string(),
  scope: z.enum([`${AUDIENCES.connector}/.default`, `${AUDIENCES.graph}/.default`]),
})

export interface Login {
  /** Answers a form that asks for a token, as Microsoft's login does. */
  grant(tenantId: string, form: string): Promise<{ status: number; body: unknown }>
  /** Whether this header bears a token that was given out here, for that service, and is still good. */
  admits(authorization: string | undefined, to: keyof typeof AUDIENCES): Promise<boolean>
}

interface LoginOptions {
  readonly clock: Clock
  readonly keys: Keys
  readonly appId: string
  readonly appSecret: string
  readonly tenantId: string
}

/** Tokens are signed, not remembered: they outlive a restart as long as the key does. */
export function createLogin({ clock, keys, appId, appSecret, tenantId }: LoginOptions): Login {
  const issuer = `https://sts.windows.net/${tenantId}/`
  return {
    grant: async (tenant, form) => {
      const asked = requestSchema.safeParse(Object.fromEntries(new URLSearchParams(form)))
      if (!asked.success) return refused(400, 'invalid_request', z.prettifyError(asked.error))
      if (tenant !== tenantId)
        return refused(400, 'invalid_request', `AADSTS90002: Tenant "${tenant}" was not found.`)
      if (asked.data.client_id !== appId)
        return refused(
          400,
          'unauthorized_client',
          'AADSTS700016: The application was not found in this tenant.',
        )
      if (asked.data.client_secret !== appSecret)
        return refused(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.')
      const issued = Math.floor(clock.now().getTime() / 1000)
      const token = await new SignJWT({ appid: appId, tid: tenantId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(asked.data.scope.replace('/.default', ''))
        .setIssuedAt(issued)
        .setExpirationTime(issued + LIFE_SECONDS)
        .sign(keys.own)
      return {
        status: 200,
        body: {
          token_type: 'Bearer',
          expires_in: LIFE_SECONDS,
          ext_expires_in: LIFE_SECONDS,
          access_token: token,
        },
      }
    },
    admits: async (authorization, to) => {
      const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1]
      if (token === undefined) return false
      const { kty, n, e } = keys.kept
      try {
        await jwtVerify(token, await importJWK({ kty, n, e }, ALGORITHM), {
          issuer,
          audience: AUDIENCES[to],
          currentDate: clock.now(),
        })
        return true
      } catch (error) {
        if (error instanceof errors.JOSEError) return false
        throw error
      }
    },
  }
}

const refused = (status: number, error: string, description: string) => ({
  status,
  body: { error, error_description: description },
})
