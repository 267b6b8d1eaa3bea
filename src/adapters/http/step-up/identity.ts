import * as openid from 'openid-client'
import type { Logger } from 'pino'
import { z } from 'zod'
import { optional } from '../../../domain/optional.ts'
import type { Clock } from '../../../ports/clock.ts'
import { TransientFailure } from '../../../ports/failure.ts'

export interface IdentityOptions {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where the provider sends people back to. */
  readonly redirectUri: string
  readonly clock: Clock
  readonly log: Logger
}

/** What a sign-in under way is known by when it comes back. */
export const begunSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  at: z.iso.datetime(),
})
export type Begun = z.infer<typeof begunSchema>

export type SignedIn =
  | { readonly kind: 'signed-in'; readonly email: string }
  | { readonly kind: 'not-signed-in'; readonly why: NotSignedIn }
export type NotSignedIn = 'declined' | 'unproven' | 'not-fresh' | 'no-address'

/** An OpenID provider. To begin and to finish throw TransientFailure while it does not answer. */
export interface Identity {
  /** With a hint for whom it knows already. */
  begin(hint?: string): Promise<{ readonly url: string; readonly begun: Begun }>
  finish(callback: URL, begun: Begun): Promise<SignedIn>
  /** Whether it can be found at all. */
  answers(): Promise<boolean>
}

/** A person waits for each answer. */
const TIMEOUT_SECONDS = 5
/** By how much the provider's clock may be behind ours. */
const CLOCK_SKEW_SECONDS = 30

const claimsSchema = z.object({ sub: z.string(), auth_time: z.number().optional() })
const addressSchema = z.object({ email: z.email().toLowerCase(), email_verified: z.literal(true) })

/** Signs people in anew at an OpenID provider: authorization code with PKCE. It is found anew each time, so a change there needs no restart here. */
export function openIdentity(options: IdentityOptions): Identity {
  const { issuer, clientId, clientSecret, redirectUri, clock, log } = options
  const isPlain = issuer.startsWith('http:')

  async function discovered(): Promise<openid.Configuration> {
    try {
      return await openid.discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: TIMEOUT_SECONDS,
        // By itself the library trusts the connection alone, and looks at no signature.
        execute: [openid.enableNonRepudiationChecks, ...(isPlain ? [openid.allowInsecureRequests] : [])],
      })
    } catch (error) {
      throw away(error)
    }
  }

  /** Nothing of a failure but its code is logged: the rest may hold what signs people in. */
  function away(error: unknown): TransientFailure {
    log.warn({ issuer, code: codeOf(error) }, 'identity provider did not answer')
    return new TransientFailure(`The identity provider ${issuer} did not answer.`)
  }

  return {
    answers: () =>
      discovered().then(
        () => true,
        () => false,
      ),
    async begin(hint) {
      const found = await discovered()
      const [state, nonce, verifier] = [
        openid.randomState(),
        openid.randomNonce(),
        openid.randomPKCECodeVerifier(),
      ]
      const url = openid.buildAuthorizationUrl(found, {
        redirect_uri: redirectUri,
        scope: 'openid email',
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // Whoever is signed in already signs in again.
        prompt: 'login',
        max_age: '0',
        ...optional('login_hint', hint),
      })
      return { url: url.href, begun: { state, nonce, verifier, at: clock.now().toISOString() } }
    },
    async finish(callback, { state, nonce, verifier, at }) {
      const found = await discovered()
      const no = (why: NotSignedIn): SignedIn => ({ kind: 'not-signed-in', why })
      try {
        const tokens = await openid.authorizationCodeGrant(found, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const claims = claimsSchema.parse(tokens.claims())
        // A provider may leave out prompt and max_age. Then it says so here, or does not say when.
        const since = Date.parse(at) / 1000 - CLOCK_SKEW_SECONDS
        if (claims.auth_time === undefined || claims.auth_time < since) return no('not-fresh')
        const inToken = addressSchema.safeParse(tokens.claims()).data
        const address = inToken ?? (await atUserInfo(found, tokens.access_token, claims.sub))
        return address ? { kind: 'signed-in', email: address.email } : no('no-address')
      } catch (error) {
        if (isAway(error)) throw away(error)
        if (!(error instanceof Error)) throw error
        const why = error instanceof openid.AuthorizationResponseError ? 'declined' : 'unproven'
        log.warn({ issuer, code: codeOf(error) }, 'sign-in was not taken')
        return no(why)
      }
    },
  }
}

/** Many providers keep the token small, and tell the address only when asked. */
async function atUserInfo(found: openid.Configuration, token: string, subject: string) {
  if (!found.serverMetadata().userinfo_endpoint) return undefined
  return addressSchema.safeParse(await openid.fetchUserInfo(found, token, subject)).data
}

const AWAY = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'server_error',
  'temporarily_unavailable',
])

const isAway = (error: unknown): boolean =>
  (error instanceof openid.ResponseBodyError && error.status >= 500) ||
  // What fetch throws when it reaches nobody.
  (error instanceof TypeError && error.message === 'fetch failed') ||
  AWAY.has(codeOf(error))

function codeOf(error: unknown): string {
  const said = z.object({ error: z.string() }).safeParse(error).data?.error
  const code = z.object({ code: z.string() }).safeParse(error).data?.code
  return said ?? code ?? (error instanceof Error ? error.name : 'unknown')
}
