/** What is going to happen, in the order of its time. Nothing in a simulated world happens outside of it. */
export interface Timeline {
  /** Milliseconds since the epoch. */
  now(): number
  /** Gives a way to forget it. */
  after(milliseconds: number, run: () => void): () => void
  /** Lets so many things happen, each with everything it leads to at once; gives how many there were until then. */
  steps(limit: number, until: number): Promise<number>
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

  /** What was forgotten is no step. */
  function nextOf(): Entry | undefined {
    for (let next = pop(); next; next = pop()) if (next.run) return next
    return undefined
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
    steps: (limit, until) =>
      new Promise((resolve, reject) => {
        let done = 0
        const goOn = () => {
          try {
            const next = done < limit && now < until ? nextOf() : undefined
            if (!next) return resolve(done)
            done++
            now = Math.max(now, next.at)
            next.run?.()
          } catch (error) {
            return reject(error)
          }
          // A tick that a microtask asks for comes when none is left: all that this settled has come to its next call of a neighbour.
          queueMicrotask(() => process.nextTick(goOn))
        }
        goOn()
      }),
  }
}
