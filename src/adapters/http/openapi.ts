import { z } from 'zod'
import type { Route } from './routes.ts'

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' } },
}

type Schemas = { [name: string]: object }
const withDefs = z.looseObject({ $defs: z.record(z.string(), z.looseObject({})).optional() })

/** The OpenAPI 3.1 document of the routes, from the schemas that check their bodies. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  const schemas: Schemas = { Problem: PROBLEM }
  for (const route of routes) {
    const path = `/api/v1${route.path}`
    paths[path] = { ...paths[path], [route.method]: operation(route, schemas) }
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
      schemas,
    },
  }
}

function operation(route: Route, schemas: Schemas): object {
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
      ? { requestBody: { required: true, content: content('application/json', route.body, schemas) } }
      : {}),
    responses: {
      [route.success]: {
        description: 'Done',
        content: content(route.type ?? 'application/json', route.gives, schemas),
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

/** Those with a name join the document's own, where every reference finds them. */
function content(type: string, schema: z.ZodType, schemas: Schemas): object {
  // A schema inside an OpenAPI 3.1 document is JSON Schema 2020-12 already; only its own header must go.
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io: 'input' })
  const { $defs = {}, ...rest } = withDefs.parse(
    JSON.parse(JSON.stringify(made).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/')),
  )
  Object.assign(schemas, $defs)
  return { [type]: { schema: rest } }
}
