import { z } from 'zod'
import { asMessage, type Refused, refuse } from '../message-content.ts'
import type { Tier } from '../rate-limits.ts'
import type { Site } from '../site.ts'

export type Answer = ({ ok: true } & Record<string, unknown>) | Refused

/** One method of the Web API. */
export interface Method {
  /** Which token it takes. */
  readonly token: 'bot' | 'app' | 'none'
  /** Any one of these is enough; none are needed where there are none. */
  readonly scopes: readonly string[]
  readonly tier: Tier
  answer(args: Record<string, unknown>, site: Site): Answer
}

interface Declaration<Args extends z.ZodType> {
  token?: Method['token']
  scopes?: readonly string[]
  tier: Tier
  args: Args
  run(args: z.output<Args>, site: Site): Answer
}

export function method<Args extends z.ZodType>(declaration: Declaration<Args>): Method {
  const { token = 'bot', scopes = [], tier, args: schema, run } = declaration
  return {
    token,
    scopes,
    tier,
    answer: (given, site) => {
      const args = schema.safeParse(given)
      return args.success ? run(args.data, site) : invalidArguments(args.error, given)
    },
  }
}

export function ok(fields: Record<string, unknown> = {}): Answer {
  return { ok: true, ...fields }
}

export function invalidArgumentsSaying(...messages: string[]): Refused {
  return refuse('invalid_arguments', { response_metadata: { messages: messages.map(asMessage) } })
}

/** What a form says "true" or "1" for, and JSON true. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === '1')
  .default(false)

export const names = z.string().transform((list) => list.split(',').filter((name) => name !== ''))

export const text = z.union([z.string(), z.number().transform(String)])

/** As Slack's pages go: a limit, and a cursor that says where the next one begins. */
export const paged = { limit: text.optional(), cursor: z.string().optional() }

const PAGE = 100
const LARGEST_PAGE = 1000

export function pageOf<Thing>(
  things: readonly Thing[],
  { limit, cursor }: { limit?: string | undefined; cursor?: string | undefined },
): { page: Thing[]; response_metadata: { next_cursor: string } } | Refused {
  const size = limit === undefined || limit === '0' ? PAGE : Number(limit)
  if (!Number.isInteger(size) || size < 0 || size > LARGEST_PAGE) return refuse('invalid_limit')
  const from = cursor ? Number(/^from:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1]) : 0
  if (!(from <= things.length)) return refuse('invalid_cursor')
  const next = from + size
  const next_cursor = next < things.length ? Buffer.from(`from:${next}`).toString('base64') : ''
  return { page: things.slice(from, next), response_metadata: { next_cursor } }
}

function invalidArguments(error: z.ZodError, given: Record<string, unknown>): Refused {
  const messages = error.issues.map(({ path, message }) => {
    const field = path.join('/')
    return given[field] === undefined
      ? `missing required field: ${field}`
      : `${message} [json-pointer:/${field}]`
  })
  return invalidArgumentsSaying(...messages)
}
