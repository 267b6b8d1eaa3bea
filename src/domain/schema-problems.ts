import { z } from 'zod'
import { nearest } from './nearest.ts'
import { type Problem, pathText } from './problem.ts'

/** What the schema finds wrong with the value: where, what was found, and what to do. `at` is where the value stands. */
export function schemaProblems(
  schema: z.core.$ZodType,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
  at: readonly PropertyKey[] = [],
): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = [...at, ...issue.path]
    if (issue.code !== 'unrecognized_keys') {
      return [{ path: pathText(path), message: messageOf(issue, valueAt(value, issue.path)) }]
    }
    const known = fieldsOf(schemaAt(schema, issue.path))
    return issue.keys.map((key) => ({ path: pathText([...path, key]), message: unknownField(key, known) }))
  })
}

/** The value that the issue is about. */
export const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (held, step) => (typeof held === 'object' && held !== null ? Reflect.get(held, step) : undefined),
    value,
  )

function unknownField(key: string, known: readonly string[]): string {
  const [likely] = nearest(key, known)
  if (likely) return `Unknown field "${key.slice(0, 60)}". Did you mean "${likely}"?`
  const possible = known.length > 0 ? `; possible here: ${known.join(', ')}` : ''
  return `Unknown field "${key.slice(0, 60)}"${possible}.`
}

function messageOf(issue: z.core.$ZodIssue, found: unknown): string {
  if (found === undefined) return `Missing: ${expectation(issue)}.`
  return `${capital(expectation(issue))}; found ${shown(found)}.${wayOut(issue, found)}`
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue.message.replace(/\.$/, '')
  const forms = issue.errors.flat().map((inner) => expectation(inner).replace(/^expected /, ''))
  return `expected ${[...new Set(forms)].join(' or ')}`
}

function wayOut(issue: z.core.$ZodIssue, found: unknown): string {
  if (issue.code !== 'invalid_type') return ''
  if (issue.expected === 'string' && typeof found !== 'object') return ' Put it in quotes.'
  if (issue.expected === 'array' && typeof found === 'string') return ' Write it as a list.'
  return ''
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function shown(found: unknown): string {
  const text = JSON.stringify(found) ?? String(found)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** The part of the schema that a path leads to, through lists, optional fields and defaults. */
function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  const inner = unwrapped(schema)
  const [step, ...rest] = path
  if (step === undefined) return inner
  const part =
    inner instanceof z.ZodObject
      ? inner.shape[String(step)]
      : inner instanceof z.ZodArray
        ? inner.element
        : undefined
  return part && schemaAt(part, rest)
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap())
  // z.preprocess puts a transformation before the schema, .transform puts one behind it.
  if (schema instanceof z.ZodPipe) {
    return unwrapped(schema.in instanceof z.ZodTransform ? schema.out : schema.in)
  }
  return schema
}

const fieldsOf = (schema: z.core.$ZodType | undefined): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
