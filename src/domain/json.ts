/** What fits into JSON, and so into a plan, a record and a database item. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** One text for one value: keys sorted, nothing undefined. What is hashed is written this way. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof Map) return canonical(Object.fromEntries(value))
  if (!hasFields(value)) return JSON.stringify(value) ?? 'null'
  // Each save is hashed more than once: a list of pairs on the way took most of that time.
  let text = ''
  for (const name of Object.keys(value).sort()) {
    const held = value[name]
    if (held !== undefined) text += `${text && ','}${quoted(name)}:${canonical(held)}`
  }
  return `{${text}}`
}

/** Printable ASCII without the quote and the backslash is written as it is. */
const quoted = (text: string): string => (/^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text))

const hasFields = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null
