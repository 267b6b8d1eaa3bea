import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Logger } from 'pino'
import { ulid } from 'ulid'
import { z } from 'zod'
import { digest } from '../../domain/digest.ts'
import type { Place } from '../../domain/execution.ts'
import type { Policy } from '../../domain/permission.ts'
import { pathText } from '../../domain/problem.ts'
import type { CallStore } from '../../ports/call-store.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Documents } from '../../ports/documents.ts'
import type { Desk, Door } from '../../ports/door.ts'
import { bearer } from './auth.ts'
import { deskRoutes } from './desk-routes.ts'
import { openApi } from './openapi.ts'
import { problem } from './problem.ts'
import { type Answer, type Route, routes } from './routes.ts'

export interface ApiParts {
  readonly door: Door
  readonly desk: Desk
  readonly policy: Policy
  readonly calls: CallStore
  readonly documents: Documents
  readonly clock: Clock
  readonly log: Logger
  readonly toldIn: readonly Place[]
  /** Each neighbour that does not answer, in words; empty when all is well. */
  readonly trouble: () => Promise<readonly string[]>
}

/** The REST API under /api/v1, /healthz and /readyz. */
export function api(parts: ApiParts): Router {
  const table = [...routes(parts.door, parts), ...deskRoutes(parts.desk)]
  const router = Router()
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  // Without Redis or the stream the bot still decides and approves, and a 503 would take every replica out of rotation at
  // once: trouble is said here, and is no reason to be left out.
  router.get('/readyz', async (_request, response) => {
    const trouble = await parts.trouble()
    response.json({ status: trouble.length === 0 ? 'ready' : 'degraded', trouble })
  })
  router.get('/api/v1/openapi.json', (_request, response) => void response.json(openApi(table)))
  const body = express.json({ limit: '1mb', strict: true })
  for (const route of table) {
    const path = `/api/v1${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    router[route.method](path, jsonOnly(route), body, serve(route, parts))
  }
  router.use('/api/v1', (_request, response) => {
    send(response, problem(404, 'no-such-route', 'There is no such route. See /api/v1/openapi.json.'))
  })
  router.use(failed(parts.log))
  return router
}

function serve(route: Route, parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const actor = bearer(parts.policy, request.get('authorization'))
    if (!actor) {
      response.set('www-authenticate', 'Bearer')
      send(response, problem(401, 'no-credentials', 'Send a known token as "Authorization: Bearer …".'))
      return
    }
    const wrong = problems(route, request)
    if (wrong.length > 0) {
      send(response, problem(400, 'malformed', 'The request does not fit its schema.', { problems: wrong }))
      return
    }
    const call = {
      parameters: Object.fromEntries(
        Object.entries(request.params).map(([name, value]) => [name, String(value)]),
      ),
      query: request.query,
      body: request.body,
      asker: { actor, source: 'api' },
      toldIn: parts.toldIn,
      newId: ulid(parts.clock.now().getTime()),
    }
    const key = route.method === 'post' ? request.get('idempotency-key') : undefined
    send(response, key ? await onlyOnce(key, route, call, parts) : await route.run(call), route.type)
  }
}

/** The first call with a key does it and leaves its answer; the same call again gets that answer, another one a refusal. */
async function onlyOnce(
  key: string,
  route: Route,
  call: Parameters<Route['run']>[0],
  parts: ApiParts,
): Promise<Answer> {
  if (key.length > 128) return problem(400, 'malformed', 'Idempotency-Key may have 128 characters at most.')
  const caller = call.asker.actor.id
  const hash = digest([route.path, call.parameters, call.body ?? null])
  const claimed = await parts.calls.claim(caller, key, hash, parts.clock.now())
  if (claimed.kind !== 'mine') {
    if (claimed.requestHash !== hash) {
      return problem(
        422,
        'key-reused',
        'This Idempotency-Key came with another request before. Use a new key.',
      )
    }
    if (claimed.kind === 'running') {
      return problem(
        409,
        'still-running',
        'The first call with this Idempotency-Key is still running. Ask again in a moment.',
      )
    }
    const body = z.record(z.string(), z.unknown()).parse(claimed.body)
    return { status: claimed.status, body }
  }
  const answer = await route.run(call)
  if ('body' in answer)
    await parts.calls.answer(caller, key, answer.status, JSON.parse(JSON.stringify(answer.body)))
  return answer
}

function problems(route: Route, request: Request): { path: string; message: string }[] {
  const check = (schema: z.ZodType | undefined, value: unknown, where: string) => {
    const issues = schema?.safeParse(value).error?.issues ?? []
    return issues.map(({ path, message }) => ({
      path: [where, pathText(path)].filter(Boolean).join('.'),
      message,
    }))
  }
  return [...check(route.body, request.body, 'body'), ...check(route.query, request.query, 'query')]
}

const jsonOnly =
  (route: Route): RequestHandler =>
  (request, response, next) => {
    if (!route.body || request.is('application/json')) return next()
    send(response, problem(415, 'not-json', 'Send the body as "Content-Type: application/json".'))
  }

const failed =
  (log: Logger) =>
  (error: unknown, _request: Request, response: Response, _next: () => void): void => {
    const known = z.object({ type: z.string(), status: z.int().min(400).max(499) }).safeParse(error)
    if (known.success) {
      send(
        response,
        problem(known.data.status, 'malformed', `The body could not be read: ${known.data.type}.`),
      )
      return
    }
    const id = ulid()
    log.error({ error, id }, 'a request failed')
    send(response, problem(500, 'our-fault', `Something went wrong on our side. The log has it as ${id}.`))
  }

function send(response: Response, answer: Answer, type?: Route['type']): void {
  if ('content' in answer) {
    response.set('content-disposition', `inline; filename="${answer.name}"`)
    response.status(answer.status).type(type ?? 'text/plain')
    response.send(typeof answer.content === 'string' ? answer.content : Buffer.from(answer.content))
    return
  }
  const json = answer.status >= 400 ? 'application/problem+json' : 'application/json'
  response.status(answer.status).type(json).send(JSON.stringify(answer.body))
}
