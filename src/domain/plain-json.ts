import type { Json } from './json.ts'
import { type Problem, pathText } from './problem.ts'
import { secretIn } from './secret-in.ts'

export const DOCUMENT_BYTES = 1_000_000
/** A 1 MB document of "[1,1,…" has half a million values; YAML aliases may claim to have many more. */
const VALUES = 500_000
const DEPTH = 20

export type PlainJson =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }

/** The value as JSON of bounded size and depth, without secrets and without keys that reach into JavaScript's objects. */
export function plainJson(document: unknown): PlainJson {
  const problems: Problem[] = []
  const open: { value: unknown; path: readonly (string | number)[] }[] = [{ value: document, path: [] }]
  let seen = 0
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const { value, path } = entry
    seen += 1
    if (seen > VALUES) return invalid('', `The document has more than ${VALUES} values. Make it smaller.`)
    if (path.length > DEPTH) {
      return invalid(pathText(path.slice(0, 3)), `Nested more than ${DEPTH} levels deep. Make it flatter.`)
    }
    const problem = problemOf(value)
    if (problem) problems.push({ path: pathText(path), message: problem })
    else if (Array.isArray(value)) {
      value.forEach((item, index) => void open.push({ value: item, path: [...path, index] }))
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, held] of Object.entries(value)) open.push({ value: held, path: [...path, key] })
    }
  }
  if (problems.length > 0) return { kind: 'invalid', problems: problems.reverse() }
  const bytes = Buffer.byteLength(JSON.stringify(document))
  if (bytes > DOCUMENT_BYTES) {
    return invalid('', `The document has ${bytes} bytes of JSON; at most ${DOCUMENT_BYTES} are allowed.`)
  }
  // The boundary: every value in it was just looked at.
  return { kind: 'json', value: document as Json }
}

function problemOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string': {
      const secret = secretIn(value)
      return secret && `Holds ${secret}. Keep it in Secrets Manager, and write the secret's name here.`
    }
    case 'number':
      if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
        return undefined
      return `The number ${value} cannot be kept exactly. Write it as text, in quotes.`
    case 'boolean':
      return undefined
    case 'object':
      if (value === null || Array.isArray(value)) return undefined
      if (Object.prototype.toString.call(value) !== '[object Object]') return 'This is no value of JSON.'
      return Object.hasOwn(value, '__proto__') ? 'Has the key "__proto__". Remove it.' : undefined
    default:
      return `A value of JSON is needed; found ${typeof value}.`
  }
}

const invalid = (path: string, message: string): PlainJson => ({
  kind: 'invalid',
  problems: [{ path, message }],
})
