import type { z } from 'zod'

/** One thing that is wrong with blocks or a view, in the words of Slack's own validator. */
export interface Problem {
  code: 'missing_field' | 'invalid_type' | 'failed_constraint'
  message: string
  /** A JSON pointer from the validated value. */
  pointer: string
  constraint?: { type: string; expected?: unknown; got?: unknown }
}

/** Reads as Slack's refusals do: "must be less than 76 characters [json-pointer:/blocks/0/text/text]". */
export function sentence({ message, pointer }: Problem, root: string): string {
  return `${message} [json-pointer:${root}${pointer}]`
}

/** The schema must have been applied with `reportInput`. */
export function problemsOf(error: z.ZodError, input: unknown): Problem[] {
  return error.issues.flatMap((issue) => problems(issue, input))
}

export function failed(message: string, pointer: string): Problem {
  return { code: 'failed_constraint', message, pointer }
}

type Issue = z.core.$ZodIssue

function problems(issue: Issue, input: unknown): Problem[] {
  const path = issue.path.map(String)
  const pointer = path.map((step) => `/${step}`).join('')
  const value = valueAt(input, path)
  if (value === undefined && issue.code !== 'custom' && path.length > 0) {
    const parent = path.slice(0, -1).map((step) => `/${step}`)
    return [
      { code: 'missing_field', message: `missing required field: ${path.at(-1)}`, pointer: parent.join('') },
    ]
  }
  const constrained = (message: string, type: string, expected?: unknown, got?: unknown): Problem[] => [
    { ...failed(message, pointer), constraint: { type, expected, got } },
  ]
  switch (issue.code) {
    case 'invalid_type':
      return [{ code: 'invalid_type', message: wrongType(issue.expected), pointer }]
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum), lengthOf(value), constrained)
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum), lengthOf(value), constrained)
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) =>
        constrained(`invalid additional property: ${key}`, 'additional_properties', undefined, key),
      )
    case 'invalid_union':
    case 'invalid_value': {
      const expected = issue.code === 'invalid_value' ? issue.values : 'options' in issue && issue.options
      const message =
        path.at(-1) === 'type' ? `unsupported type: ${String(value)}` : 'must be a valid enum value'
      return constrained(message, 'enum', expected, value)
    }
    case 'invalid_format':
      return constrained(`input must be a valid: ${issue.format}`, 'format', issue.format, value)
    default:
      return [failed(issue.message, pointer)]
  }
}

type Constrained = (message: string, type: string, expected?: unknown, got?: unknown) => Problem[]

function tooBig(origin: string, most: number, got: unknown, constrained: Constrained): Problem[] {
  if (origin === 'string')
    return constrained(`must be less than ${most + 1} characters`, 'max_length', most, got)
  if (origin === 'array') return constrained(`no more than ${most} items allowed`, 'max_items', most, got)
  return constrained(`must be less than ${most}`, 'maximum', most, got)
}

function tooSmall(origin: string, least: number, got: unknown, constrained: Constrained): Problem[] {
  if (origin === 'string')
    return constrained(`must be more than ${least - 1} characters`, 'min_length', least, got)
  if (origin === 'array') return constrained(`must provide at least ${least} items`, 'min_items', least, got)
  return constrained(`must be greater than ${least}`, 'minimum', least, got)
}

function wrongType(expected: string): string {
  if (expected === 'boolean') return 'must be a boolean'
  if (expected === 'int') return 'must provide an integer'
  const article = /^[aeio]/.test(expected) ? 'an' : 'a'
  return `must provide ${article} ${expected}`
}

function lengthOf(value: unknown): unknown {
  return typeof value === 'string' || Array.isArray(value) ? value.length : value
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (held, step) => (typeof held === 'object' && held !== null ? Reflect.get(held, step) : undefined),
    value,
  )
}
