/** What is going to happen, in the order of its time. Nothing in a simulated world happens outside of it. */
export interface Timeline {
  /** Milliseconds since the epoch. */
  now(): number
  /** Gives a way to forget it. */
  after(milliseconds: number, run: () => void): () => void
  /** Lets the next thing happen, and everything it leads to at once; false when nothing is left. */
  step(): Promise<boolean>
}

interface Entry {
  readonly at: number
  readonly order: number
  run: (() => void) | undefined
}

export function timeline(start: number): Timeline {
  let now = start
  let order = 0
  const heap: Entry[] = []
  const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order)

  function push(entry: Entry): void {
    let place = heap.length
    heap.push(entry)
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = heap[above]
      if (!parent || !isBefore(entry, parent)) break
      heap[place] = parent
      place = above
    }
    heap[place] = entry
  }

  function pop(): Entry | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let place = 0
    for (;;) {
      const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]]
      const child = left && right && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1
      const lower = heap[child]
      if (!lower || !isBefore(lower, last)) break
      heap[place] = lower
      place = child
    }
    heap[place] = last
    return first
  }

  return {
    now: () => now,
    after(milliseconds, run) {
      const entry: Entry = { at: now + Math.max(0, milliseconds), order: order++, run }
      push(entry)
      return () => {
        entry.run = undefined
      }
    },
    async step() {
      const next = pop()
      if (!next) return false
      if (!next.run) return true
      now = Math.max(now, next.at)
      next.run()
      // Every promise that this settled has run on to its next call of a neighbour when the event loop turns.
      await new Promise((resolve) => setImmediate(resolve))
      return true
    },
  }
}
