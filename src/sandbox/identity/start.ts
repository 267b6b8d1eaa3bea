import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import express, { type Request } from 'express'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import { refusalPage, signInPage } from './page.ts'
import { addressOf, type Fault, type SignedInPerson, tokenMaker } from './tokens.ts'

export interface IdentityPerson {
  readonly id: string
  readonly realName: string
  readonly email: string
}

export interface IdentityOptions {
  readonly clock: Clock
  readonly people: readonly IdentityPerson[]
  readonly clientId: string
  readonly clientSecret: string
}

export interface Identity {
  readonly issuer: string
  /** From now on, everything is answered wrongly in this way; without one, rightly. */
  misbehave(fault?: Fault): void
  close(): Promise<void>
}

const CODE_SECONDS = 60

const authorizeSchema = z.object({
  client_id: z.string(),
  redirect_uri: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+\/decide\/callback$/, 'is not registered'),
  response_type: z.literal('code'),
  scope: z.string().regex(/\bopenid\b/, 'must hold openid'),
  state: z.string(),
  nonce: z.string(),
  code_challenge: z.string().length(43),
  code_challenge_method: z.literal('S256'),
  login_hint: z.string().default(''),
})
const tokenSchema = z.object({
  grant_type: z.literal('authorization_code'),
  code: z.string(),
  redirect_uri: z.string(),
  code_verifier: z.string(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
})

interface Granted {
  readonly person: SignedInPerson
  readonly redirectUri: string
  readonly challenge: string
}

/** A small OpenID provider on this machine: code flow with PKCE, one client, people without passwords. */
export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  const { clock, people, clientId, clientSecret } = options
  const tokens = await tokenMaker(clientId)
  const granted = new Map<string, Granted>()
  const accessTokens = new Map<string, SignedInPerson>()
  let fault: Fault | undefined
  const app = express().disable('x-powered-by')
  app.use((_request, response, next) => {
    response.set({ 'cache-control': 'no-store', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' })
    if (fault === 'away') response.status(503).type('text').send('The practice provider is away.')
    else next()
  })
  app.use(express.urlencoded({ extended: false }))
  app.get('/.well-known/openid-configuration', (_request, response) => void response.json(metadata(issuer)))
  app.get('/jwks', (_request, response) => void response.json(tokens.keys))

  app.get('/authorize', (request, response) => {
    const asked = authorizeSchema.safeParse(request.query)
    if (asked.success && asked.data.client_id === clientId) response.send(signInPage(people, asked.data))
    else
      response
        .status(400)
        .send(refusalPage(`This is no request of a known client. ${asked.error?.message ?? ''}`))
  })
  app.post('/authorize', (request, response) => {
    const asked = authorizeSchema.parse(request.body)
    const to = new URL(asked.redirect_uri)
    to.searchParams.set('state', asked.state)
    const person = people.find(({ email }) => email === request.body.email)
    if (person) {
      const code = randomBytes(24).toString('base64url')
      const at = seconds(clock)
      granted.set(code, {
        person: { subject: person.id, email: person.email, at, nonce: asked.nonce },
        redirectUri: asked.redirect_uri,
        challenge: asked.code_challenge,
      })
      to.searchParams.set('code', code)
    } else to.searchParams.set('error', 'access_denied')
    response.redirect(303, to.href)
  })

  app.post('/token', async (request, response) => {
    const asked = tokenSchema.safeParse(request.body)
    const no = (status: number, error: string) => void response.status(status).json({ error })
    if (!asked.success) return no(400, 'invalid_request')
    if (!isClient(request, asked.data)) return no(401, 'invalid_client')
    const grant = granted.get(asked.data.code)
    granted.delete(asked.data.code)
    const challenge = createHash('sha256').update(asked.data.code_verifier).digest('base64url')
    const isGood =
      grant?.redirectUri === asked.data.redirect_uri &&
      grant.challenge === challenge &&
      seconds(clock) - grant.person.at <= CODE_SECONDS
    if (!grant || !isGood) return no(400, 'invalid_grant')
    const access = randomBytes(24).toString('base64url')
    accessTokens.set(access, grant.person)
    response.json({
      access_token: access,
      token_type: 'Bearer',
      expires_in: CODE_SECONDS,
      id_token: await tokens.sign(issuer, grant.person, clock.now(), fault),
    })
  })
  app.get('/userinfo', (request, response) => {
    const person = accessTokens.get(/^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '')
    if (!person) response.status(401).json({ error: 'invalid_token' })
    else response.json({ sub: person.subject, ...addressOf(person, fault) })
  })

  function isClient(request: Request, body: z.infer<typeof tokenSchema>): boolean {
    const basic = /^Basic (.+)$/.exec(request.get('authorization') ?? '')?.[1]
    const [id, secret] = basic
      ? Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent)
      : [body.client_id, body.client_secret]
    return id === clientId && secret === clientSecret
  }

  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const issuer = `http://127.0.0.1:${port}`
  return {
    issuer,
    misbehave(next) {
      fault = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const seconds = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000)

const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
})
