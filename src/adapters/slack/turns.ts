/** Work of which so much is done at once; what comes on top waits in the order in which it came. */
export interface Turns {
  take<Result>(work: () => Promise<Result>): Promise<Result>
  /** Resolves when everything that was taken is done. */
  done(): Promise<void>
}

export function turns(atOnce: number): Turns {
  const waiting: (() => void)[] = []
  const taken = new Set<Promise<unknown>>()
  let free = atOnce

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (free > 0) free--
    else await new Promise<void>((begin) => waiting.push(begin))
    try {
      return await work()
    } finally {
      // The place goes to the next one as it is: whoever comes in between has to wait as well.
      const begin = waiting.shift()
      if (begin) begin()
      else free++
    }
  }

  return {
    take(work) {
      const result = inTurn(work)
      const over = result.then(
        () => {},
        () => {},
      )
      taken.add(over)
      over.then(() => taken.delete(over))
      return result
    },
    async done() {
      while (taken.size > 0) await Promise.all(taken)
    },
  }
}
