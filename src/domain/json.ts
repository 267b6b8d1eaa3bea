/** What fits into JSON, and so into a plan, a record and a database item. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** One text for one value: keys sorted, nothing undefined. What is hashed is written this way. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof Map) return canonical(Object.fromEntries(value))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, held]) => held !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
