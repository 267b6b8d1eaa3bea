type SnakeKey<Key> = Key extends `${infer First}${infer Rest}`
  ? First extends Uppercase<First>
    ? First extends Lowercase<First>
      ? `${First}${SnakeKey<Rest>}`
      : `_${Lowercase<First>}${SnakeKey<Rest>}`
    : `${First}${SnakeKey<Rest>}`
  : Key

/** The same data with its fields in snake_case. */
export type Snaked<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends readonly (infer Item)[]
    ? Snaked<Item>[]
    : { [Key in keyof Value as SnakeKey<Key>]: Snaked<Value[Key]> }

/** The domain's plain data with its fields in snake_case, as the API writes them. */
export function snaked<Value>(value: Value): Snaked<Value> {
  // The boundary: what JSON is made of has no types but these, and the walk below renames every field of it.
  return renamed(value) as Snaked<Value>
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      renamed(held),
    ]),
  )
}
