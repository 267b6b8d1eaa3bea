/** The one source of chance of a simulated world: the same seed gives the same world. */
export interface Chance {
  /** From 0 up to, but without, 1. */
  number(): number
  below(limit: number): number
  between(from: number, to: number): number
  happens(probability: number): boolean
  one<Item>(items: readonly Item[]): Item | undefined
}

/** The generator "mulberry32": four operations a number, and good enough to play with. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(number() * limit)
  return {
    number,
    below,
    between: (from, to) => from + number() * (to - from),
    happens: (probability) => number() < probability,
    one: (items) => items[below(items.length)],
  }
}
