import { z } from 'zod'
import { executionShape } from '../../src/adapters/http/shapes.ts'
import type { Member } from './crew.ts'

/** What the bots answered; `unclear` where none did, or it broke: then nobody knows whether it was done. */
export type Heard =
  | { readonly kind: 'done'; readonly run: Run }
  | { readonly kind: 'refused'; readonly why: string; readonly execution?: string }
  | { readonly kind: 'unclear' }
export type Run = z.output<typeof executionShape>

const PATIENCE_MILLISECONDS = 4_000
const refusal = z.object({
  type: z.string().startsWith('urn:lifeboat:'),
  refusal: z.object({ execution: z.string().optional() }).optional(),
})

/** Asks one bot, who may be dead, stopped or without its neighbours. */
export async function ask(
  bot: Member,
  token: string,
  method: string,
  path: string,
  body?: object,
): Promise<Heard> {
  let status: number
  let answer: unknown
  try {
    const response = await fetch(`${bot.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    status = response.status
    answer = await response.json()
  } catch {
    return { kind: 'unclear' }
  }
  const run = executionShape.safeParse(answer)
  if (status < 300 && run.success) return { kind: 'done', run: run.data }
  const no = refusal.safeParse(answer)
  if (!no.success || status >= 500) return { kind: 'unclear' }
  const { execution } = no.data.refusal ?? {}
  return {
    kind: 'refused',
    why: no.data.type.slice('urn:lifeboat:'.length),
    ...(execution ? { execution } : {}),
  }
}
