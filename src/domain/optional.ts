/** `{ name: value }`, or nothing at all where the value is absent: an absent field is not a field that holds undefined. */
export function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  if (value === undefined) return {}
  const held: Partial<Record<string, Value>> = { [name]: value }
  return held
}
