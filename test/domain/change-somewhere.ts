/** A copy in which one value, chosen by the die out of all there are at any depth, is another one, is gone, or has a neighbour. */
export function changedSomewhere<Value extends object>(value: Value, die: number): Value {
  const copy: Value = structuredClone(value)
  const spots: [object, string][] = []
  const open: object[] = [copy]
  for (let one = open.pop(); one; one = open.pop()) {
    for (const [name, held] of Object.entries(one)) {
      spots.push([one, name])
      if (typeof held === 'object' && held !== null) open.push(held)
    }
  }
  const [owner, name] = spots[die % spots.length] ?? [copy, '']
  const how = Math.floor(die / spots.length) % 3
  if (how === 0) Reflect.set(owner, name, another(Reflect.get(owner, name)))
  else if (how === 1 && !Array.isArray(owner)) Reflect.deleteProperty(owner, name)
  else if (Array.isArray(owner)) owner.push(null)
  else Reflect.set(owner, `${name}_`, null)
  return copy
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return typeof value === 'string' ? `${value}x` : 'other'
}
