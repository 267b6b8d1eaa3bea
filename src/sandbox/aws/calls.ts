import { z } from 'zod'
import type { World } from './world.ts'

export const callSchema = z.object({
  at: z.string(),
  service: z.string(),
  operation: z.string(),
  region: z.string(),
  /** The access key that signed the call, and whose it is where that is known. */
  caller: z.string(),
  callerArn: z.string().optional(),
  /** Which try of the SDK client it was. */
  attempt: z.int(),
  /** As it was sent, without what is secret. */
  input: z.unknown(),
  /** `hung` and `lost` calls did what they were asked for; a `cut` one did nothing. */
  outcome: z.enum(['answered', 'refused', 'lost', 'hung', 'cut']),
  /** The error code that was answered, or would have been. */
  error: z.string().optional(),
  /** A call of an operation that changes something; only these outlive a restart. */
  changes: z.boolean(),
})

export type Call = z.output<typeof callSchema>

/** A practice ground that runs for days must not grow without end. */
const CALLS_REMEMBERED = 10_000

export function remember(world: World, call: Call): void {
  world.calls.push({ ...call, input: withoutSecrets(call.input) })
  if (world.calls.length > CALLS_REMEMBERED) world.calls.shift()
}

const SECRET_MEMBERS = ['ExternalId', 'TokenCode']

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, held]) => [
    name,
    SECRET_MEMBERS.includes(name) ? '(secret)' : withoutSecrets(held),
  ])
  return Object.fromEntries(entries)
}
