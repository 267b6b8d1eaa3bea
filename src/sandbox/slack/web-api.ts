import type { IncomingMessage, ServerResponse } from 'node:http'
import { isRecord } from './blocks/parts.ts'
import type { MethodFault } from './faults.ts'
import { decoded, isRefused, type Refused, refuse } from './message-content.ts'
import { METHODS } from './methods/index.ts'
import type { Answer, Method } from './methods/method.ts'
import { missingScope } from './methods/scopes.ts'
import type { Site } from './site.ts'
import { parseJson, readBody, sendJson } from './transport/http.ts'

/** A call of the Web API as it was received. The token is not kept. */
export interface Call {
  readonly method: string
  readonly args: Readonly<Record<string, unknown>>
  readonly at: Date
  /** How it went: `ok`, the error, or the fault that was played. */
  readonly outcome: string
}

export interface Tokens {
  readonly bot: string
  readonly app: string | undefined
}

/** What the Web API is served with: `record` is told of every call. */
export interface WebApi {
  readonly site: Site
  readonly tokens: Tokens
  record(call: Call): void
}

/** POST (or GET) /api/<method> */
export async function serveWebApi(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  api: WebApi,
): Promise<void> {
  const { site, record } = api
  const given = await readArguments(request)
  if (given === undefined) return sendJson(response, 200, refuse('invalid_json'))
  const { token, ...args } = given
  const note = (outcome: string) =>
    record({ method: name, args: readable(args), at: site.clock.now(), outcome })

  const method = METHODS.get(name)
  if (method === undefined) {
    note('unknown_method')
    return sendJson(response, 200, refuse('unknown_method', { req_method: name }))
  }
  const fault = site.faults.takeForMethod(name)
  if (fault && fault.kind !== 'reset-after-processing') {
    note(`fault: ${fault.kind}`)
    return play(fault, response)
  }
  const refused =
    refusedToken(method, bearer(request) ?? token, api.tokens) ?? missingScope(site, method.scopes)
  const waitSeconds = refused ? 0 : secondsToWait(site, method, name, args)
  if (waitSeconds > 0) {
    note('ratelimited')
    return sendJson(response, 429, refuse('ratelimited'), { 'retry-after': String(waitSeconds) })
  }
  const answer: Answer = refused ?? method.answer(args, site)
  note(fault ? `fault: ${fault.kind}` : isRefused(answer) ? answer.error : 'ok')
  if (fault) {
    request.socket.destroy()
    return
  }
  sendJson(response, 200, answer, {
    'x-oauth-scopes': site.manifest.scopes.join(','),
    'x-accepted-oauth-scopes': method.scopes.join(','),
  })
}

/** From the query, a form or JSON. Undefined where a body claims to be JSON and is not. */
async function readArguments(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const body = (await readBody(request)) ?? ''
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const asked = Object.fromEntries(searchParams)
  if (body === '') return asked
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return { ...asked, ...Object.fromEntries(new URLSearchParams(body)) }
  }
  const parsed = parseJson(body)
  return isRecord(parsed) ? { ...asked, ...parsed } : undefined
}

export function bearer({ headers }: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
}

function refusedToken({ token: wanted }: Method, given: unknown, tokens: Tokens): Refused | undefined {
  if (wanted === 'none') return undefined
  if (given === undefined || given === '') return refuse('not_authed')
  if (given === tokens[wanted]) return undefined
  return refuse(given === tokens.bot || given === tokens.app ? 'not_allowed_token_type' : 'invalid_auth')
}

function secondsToWait(
  { faults, rates }: Site,
  { tier }: Method,
  name: string,
  args: Record<string, unknown>,
) {
  if (!faults.limitsRates()) return 0
  return rates.take(tier, tier === 'posting' ? `${name} ${String(args.channel)}` : name)
}

function play(
  fault: Exclude<MethodFault, { kind: 'reset-after-processing' }>,
  response: ServerResponse,
): void {
  if (fault.kind === 'error') sendJson(response, 200, refuse(fault.error))
  if (fault.kind === 'http') sendJson(response, fault.status, refuse('internal_error'))
  if (fault.kind === 'ratelimited') {
    sendJson(response, 429, refuse('ratelimited'), { 'retry-after': String(fault.retryAfterSeconds) })
  }
}

const NESTED = ['blocks', 'attachments', 'metadata', 'view', 'message', 'files']

function readable(args: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(args).map(([name, value]) => [
    name,
    NESTED.includes(name) ? (decoded(value) ?? value) : value,
  ])
  return Object.fromEntries(entries)
}
