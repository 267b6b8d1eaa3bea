import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { parseJson, readBody, send, sendJson } from '../../slack/transport/http.ts'
import type { CallFault, FaultBoard, RouteName } from '../faults.ts'
import type { Login } from '../identity/login.ts'
import type { Site } from '../site.ts'
import type { Throttle } from '../throttle.ts'
import { type Answer, refuse } from './answer.ts'
import { type Route, routeOf } from './routes.ts'

/** What a bot asked of the connector, and what it was answered. */
export interface Call {
  readonly route: RouteName
  readonly method: string
  /** Decoded, from `/v3` on. */
  readonly path: string
  readonly body: unknown
  /** Zero when no answer was given. */
  readonly status: number
}

export interface Connector {
  readonly site: Site
  readonly login: Login
  readonly throttle: Throttle
  record(call: Call): void
}

/** Everything below `/amer/v3/`. */
export async function serveConnector(
  connector: Connector,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { site } = connector
  const segments = url.pathname.split('/').slice(2).map(decodeURIComponent)
  const route = segments[0] === 'v3' ? routeOf(request.method, segments.slice(1)) : undefined
  const text = await readBody(request)
  if (!route) return send(response, 404, 'text/plain', 'No such route.')
  const { name } = route.endpoint
  const body = parseJson(text ?? '')
  const record = (status: number) =>
    connector.record({
      route: name,
      method: request.method ?? '',
      path: `/${segments.join('/')}`,
      body,
      status,
    })

  const isAdmitted = await connector.login.admits(request.headers.authorization)
  const fault = isAdmitted ? site.faults.takeForCall(name) : undefined
  if (fault?.kind === 'hang') return record(0)
  const answer = !isAdmitted
    ? refuse('Unauthorized', 'Authorization has been denied for this request.')
    : fault?.kind === 'http'
      ? broken(fault)
      : answered(connector, route, url, body, text)
  if (fault?.kind === 'reset-after-processing') {
    request.socket.destroy()
    return record(0)
  }
  give(response, answer)
  record(answer.status)
}

/** For what is not a call of the connector but may break like one. True when it did. */
export function breaksFirst(faults: FaultBoard, name: RouteName, response: ServerResponse): boolean {
  const fault = faults.takeForCall(name)
  if (fault?.kind === 'http') give(response, broken(fault))
  if (fault?.kind === 'reset-after-processing') response.destroy()
  return fault !== undefined
}

function answered(
  { site, throttle }: Connector,
  { endpoint, parts }: Route,
  url: URL,
  body: unknown,
  text: string | undefined,
): Answer {
  if (text === undefined) return refuse('MessageSizeTooBig', 'The request is too long to be read.')
  if (endpoint.pace !== undefined && site.faults.limitsRates()) {
    const wait = throttle.take(endpoint.pace, parts.conversation ?? targetOf(body))
    if (wait > 0) return refuse('TooManyRequests', `Wait ${wait} s.`, { 'retry-after': String(wait) })
  }
  return endpoint.run({ site, parts, query: url.searchParams, body, bytes: Buffer.byteLength(text) })
}

const targetSchema = z.object({
  channelData: z
    .object({ channel: z.object({ id: z.string() }) })
    .optional()
    .catch(undefined),
  members: z
    .array(z.object({ id: z.string() }))
    .optional()
    .catch(undefined),
})

/** Where a conversation is to be created. */
function targetOf(body: unknown): string {
  const target = targetSchema.safeParse(body).data
  return target?.channelData?.channel.id ?? target?.members?.[0]?.id ?? ''
}

function broken({ status, code = 'ServiceError', retryAfterSeconds }: CallFault & { kind: 'http' }): Answer {
  return {
    status,
    body: { error: { code, message: 'Something went wrong, as the practice wants it.' } },
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  }
}

function give(response: ServerResponse, { status, body, headers }: Answer): void {
  if (body === undefined) send(response, status, 'application/json', '', headers)
  else sendJson(response, status, body, headers)
}
