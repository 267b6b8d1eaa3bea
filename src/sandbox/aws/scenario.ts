import { parseDocument } from 'yaml'
import { z } from 'zod'
import { SERVICES } from './services/index.ts'
import { COMMAND_FAILURES } from './services/ssm/command.ts'

/** What a rule does to the conversation: the first one that applies to a call decides, and is used up by it. */
const WIRE = {
  error: z.strictObject({
    error: z.strictObject({
      code: z.string().min(1),
      message: z.string().optional(),
      status: z.int().min(400).max(599).optional(),
      retryAfterSeconds: z.int().min(0).optional(),
    }),
  }),
  throttle: z.strictObject({ throttle: z.literal(true), retryAfterSeconds: z.int().min(0).optional() }),
  hang: z.strictObject({ hang: z.literal(true) }),
  loseReply: z.strictObject({ loseReply: z.literal(true) }),
  cutBefore: z.strictObject({ cutBefore: z.literal(true) }),
  lateSeconds: z.strictObject({ lateSeconds: z.number().positive().max(600) }),
}

/** What a rule does to the work that a call starts, or to the list that it reads. Several may apply to one call. */
const OUTCOMES = {
  launchFails: z.strictObject({ launchFails: z.literal(true), reason: z.string().optional() }),
  jobHangs: z.strictObject({ jobHangs: z.literal(true) }),
  skipServer: z.strictObject({ skipServer: z.literal(true) }),
  previousSnapshot: z.strictObject({ previousSnapshot: z.literal(true) }),
  automationFails: z.strictObject({
    automationFails: z.literal(true),
    step: z.string().optional(),
    message: z.string().optional(),
  }),
  automationHangs: z.strictObject({ automationHangs: z.literal(true), step: z.string().optional() }),
  automationOutputs: z.strictObject({ automationOutputs: z.record(z.string(), z.array(z.string())) }),
  commandFails: z.strictObject({
    commandFails: z.literal(true),
    status: z.enum(COMMAND_FAILURES).optional(),
    output: z.string().optional(),
  }),
  commandHangs: z.strictObject({ commandHangs: z.literal(true) }),
  failoverFails: z.strictObject({ failoverFails: z.literal(true) }),
  entriesFail: z.strictObject({ entriesFail: z.int().min(1) }),
  listLagSeconds: z.strictObject({ listLagSeconds: z.number().positive() }),
}

const ACTIONS = { ...WIRE, ...OUTCOMES }

export type OutcomeKind = keyof typeof OUTCOMES
export type Outcomes = { [Kind in OutcomeKind]: z.output<(typeof OUTCOMES)[Kind]> }
export type WireAction = z.output<(typeof WIRE)[keyof typeof WIRE]>
export type Action = WireAction | Outcomes[OutcomeKind]

/** A union's own message would name every shape at once. This one names the field that is wrong. */
const action = z.record(z.string(), z.unknown()).transform((value, context): Action => {
  const shapes = Object.entries(ACTIONS)
  const [chosen, second] = shapes.filter(([kind]) => kind in value)
  if (chosen && !second) {
    const checked = chosen[1].safeParse(value)
    if (checked.success) return checked.data
    for (const issue of checked.error.issues)
      context.issues.push({ code: 'custom', message: issue.message, path: issue.path, input: value })
  } else {
    const names = shapes.map(([kind]) => kind).join(', ')
    const found = Object.keys(value).join(', ') || 'nothing'
    context.addIssue({ code: 'custom', message: `Expected exactly one of ${names}; found ${found}` })
  }
  return z.NEVER
})

/** A rule for a misspelt operation would never apply, and never say so. */
const OPERATIONS = SERVICES.flatMap(({ operations }) => Object.keys(operations))

const rule = z.strictObject({
  when: z.strictObject({
    operation: z.enum(OPERATIONS).optional(),
    service: z.enum(SERVICES.map(({ name }) => name)).optional(),
    region: z.string().optional(),
    server: z.string().optional(),
    document: z.string().optional(),
    cluster: z.string().optional(),
    zone: z.string().optional(),
    role: z.string().optional(),
    /** Which try of the SDK client it is, from 1. */
    attempt: z.int().min(1).optional(),
  }),
  /** How many matching calls go by before the rule begins. */
  skip: z.int().min(0).optional(),
  /** How many matching calls it then applies to; without it, for ever. */
  times: z.int().min(1).optional(),
  // biome-ignore lint/suspicious/noThenProperty: the word of a scenario's author; no rule is ever awaited.
  then: action,
})

export const scenarioSchema = z.array(rule)
export type Rule = z.output<typeof rule>
export type Scenario = readonly Rule[]

/** A scenario written as YAML or JSON, or what is wrong with it. `name` is what the problem calls the text. */
export function parseScenario(text: string, name: string): { scenario: Scenario } | { problem: string } {
  const document = parseDocument(text)
  const [unreadable] = document.errors
  if (unreadable) return { problem: `${name} is not YAML: ${unreadable.message}` }
  const checked = scenarioSchema.safeParse(document.toJS() ?? [])
  if (checked.success) return { scenario: checked.data }
  const problems = checked.error.issues.map(({ path, message }) => `  ${z.core.toDotPath(path)}: ${message}`)
  return { problem: `${name} is not a scenario:\n${problems.join('\n')}` }
}
