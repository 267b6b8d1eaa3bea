import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { parseJson, readBody, send } from '../../slack/transport/http.ts'
import type { RouteName } from '../faults.ts'
import type { Login } from '../identity/login.ts'
import type { Site } from '../site.ts'
import type { Throttle } from '../throttle.ts'
import { type Answer, refuse } from './answer.ts'
import { giveOrBreak } from './give.ts'
import { type Route, routeOf } from './routes.ts'

/** What a bot asked of the connector, or uploaded, and what it was answered. */
export interface Call {
  readonly route: RouteName
  readonly method: string
  /** Of the connector decoded, from `/v3` on. */
  readonly path: string
  /** The JSON; undefined of an upload. */
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
  const isAdmitted = await connector.login.admits(request.headers.authorization, 'connector')
  const fault = isAdmitted ? site.faults.takeForCall(name) : undefined
  const status = giveOrBreak(fault, response, () =>
    isAdmitted
      ? answered(connector, route, url, body, text)
      : refuse('Unauthorized', 'Authorization has been denied for this request.'),
  )
  connector.record({
    route: name,
    method: request.method ?? '',
    path: `/${segments.join('/')}`,
    body,
    status,
  })
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
