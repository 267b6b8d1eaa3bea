import type { z } from 'zod'
import type { Caller } from './caller.ts'
import type { Estate } from './estate.ts'
import type { AwsRefusal } from './refusal.ts'
import type { OutcomeKind, Outcomes } from './scenario.ts'
import type { World } from './world.ts'

/** What a call is about, by every name a rule may use: a server's id and its host name, a cluster's id and its ARN. */
export interface Concerns {
  readonly server?: readonly string[]
  readonly document?: readonly string[]
  readonly cluster?: readonly string[]
  readonly zone?: readonly string[]
  readonly role?: readonly string[]
}

/** What an operation may look at and change. */
export interface Context {
  readonly world: World
  readonly estate: Estate
  readonly now: Date
  /** How many AWS seconds pass in one second of the clock. */
  readonly speed: number
  readonly caller: Caller
  readonly region: string
  /** The first rule of this kind that now applies to what is about to be started. A call uses up a rule once. */
  fate<Kind extends OutcomeKind>(kind: Kind, about?: Concerns): Outcomes[Kind] | undefined
}

export interface Prepared {
  readonly concerns: Concerns
  run(context: Context): object | AwsRefusal
}

export interface Operation {
  /** It changes the world, so the world is kept before the answer leaves. */
  readonly changes: boolean
  /** The input checked, or the sentence that says what is wrong with it. */
  prepare(input: unknown, estate: Estate): Prepared | { readonly problem: string }
}

/** One row of a service's table: the input's shape and what comes of it. */
export function operation<Schema extends z.ZodType>(definition: {
  input: Schema
  changes?: true
  concerns?: (input: z.output<Schema>, estate: Estate) => Concerns
  run: (input: z.output<Schema>, context: Context) => object | AwsRefusal
}): Operation {
  return {
    changes: definition.changes === true,
    prepare: (raw, estate) => {
      const parsed = definition.input.safeParse(raw)
      if (!parsed.success) return { problem: problemOf(parsed.error) }
      const input = parsed.data
      return {
        concerns: definition.concerns?.(input, estate) ?? {},
        run: (context) => definition.run(input, context),
      }
    },
  }
}

const problemOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ')
