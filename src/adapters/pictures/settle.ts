/** Something that stands in a row and keeps its place in the order: a box, or a way that passes by. */
export interface Slot {
  readonly width: number
  /** The middle; settled here. */
  x: number
  readonly above: Slot[]
  readonly below: Slot[]
}

const ROUNDS = 24

/**
 * Moves the slots of each row towards what they are tied to, above and below, in turns. No row becomes wider than the widest must be:
 * the layouts at hand straighten ways at the cost of width, and a phone has none to spare.
 */
export function settle(rows: readonly (readonly Slot[])[], apart: number): number {
  const width = Math.max(0, ...rows.map((row) => tight(row, apart)))
  const move = (row: readonly Slot[], wish: (slot: Slot) => number) => spread(row, wish, width, apart)
  for (const row of rows) move(row, () => width / 2)
  for (let round = 0; round < ROUNDS; round += 1) {
    const isDown = round % 2 === 0
    for (const row of isDown ? rows : [...rows].reverse()) {
      move(row, ({ x, above, below }) => middle(isDown ? above : below) ?? x)
    }
  }
  for (const row of rows) move(row, ({ x, above, below }) => middle([...above, ...below]) ?? x)
  return width
}

const middle = (slots: readonly Slot[]): number | undefined =>
  slots.length > 0 ? slots.reduce((sum, { x }) => sum + x, 0) / slots.length : undefined

const tight = (row: readonly Slot[], apart: number): number =>
  row.reduce((sum, { width }) => sum + width, 0) + apart * Math.max(0, row.length - 1)

/** Each slot as near to where it wants to be as order and distance allow, by least squares, within the width. */
function spread(row: readonly Slot[], wish: (slot: Slot) => number, width: number, apart: number): void {
  // Less what stands before it, every slot only has to be no further left than the one before: neighbours that want to pass
  // each other share the mean of their wishes.
  let used = 0
  const shifts = row.map((slot) => {
    const shift = used + slot.width / 2
    used += slot.width + apart
    return shift
  })
  const pools: { sum: number; count: number }[] = []
  for (const [index, slot] of row.entries()) {
    let pool = { sum: wish(slot) - (shifts[index] ?? 0), count: 1 }
    for (let last = pools.at(-1); last && mean(last) >= mean(pool); last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
      pools.pop()
    }
    pools.push(pool)
  }
  const most = width - tight(row, apart)
  const bases = pools.flatMap((pool) =>
    Array<number>(pool.count).fill(Math.min(Math.max(mean(pool), 0), most)),
  )
  for (const [index, slot] of row.entries()) slot.x = (bases[index] ?? 0) + (shifts[index] ?? 0)
}

const mean = ({ sum, count }: { sum: number; count: number }): number => sum / count
