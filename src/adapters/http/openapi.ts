import { z } from 'zod'
import type { Route } from './routes.ts'

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' } },
}

/** The OpenAPI 3.1 document of the routes, from the schemas that check their bodies. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = `/api/v1${route.path}`
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lifeboat',
      version: '1',
      description: 'Disaster recovery on AWS: the same door as the chat.',
    },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM },
    },
  }
}

function operation(route: Route): object {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'A repeated call with the same key and body gives the first answer again, for 24 hours.',
    schema: { type: 'string', maxLength: 128 },
  }
  return {
    operationId: `${route.method}${route.path.replaceAll(/[{}]/g, '').replaceAll('/', '-')}`,
    summary: route.summary,
    parameters: [...inPath, ...inQuery(route), ...(route.method === 'post' ? [key] : [])],
    ...(route.body
      ? { requestBody: { required: true, content: content('application/json', route.body) } }
      : {}),
    responses: {
      [route.success]: {
        description: 'Done',
        content: content(route.type ?? 'application/json', route.gives),
      },
      default: {
        description: 'Refused, and why',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function inQuery(route: Route): object[] {
  const shape = z.object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())) })
  if (!route.query) return []
  const { properties } = shape.parse(z.toJSONSchema(route.query, { io: 'input' }))
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
}

const content = (type: string, schema: z.ZodType): object => {
  // A schema inside an OpenAPI 3.1 document is JSON Schema 2020-12 already; only its own header must go.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return { [type]: { schema: rest } }
}
