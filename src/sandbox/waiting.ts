/** Those who wait for something to come about. */
export interface Waiting {
  /** Something changed: those who wait look again. */
  stir(): void
  /** The first answer other than undefined, now or after any later change. */
  until<Found>(look: () => Found | undefined): Promise<Found>
  close(): void
}

/** `closed` is what they are told who have waited in vain. */
export function createWaiting(closed: string): Waiting {
  const waiting = new Set<{ look(): boolean; giveUp(): void }>()
  return {
    stir: () => {
      for (const waiter of waiting) if (waiter.look()) waiting.delete(waiter)
    },
    until: (look) =>
      new Promise((resolve, reject) => {
        const waiter = {
          look: () => {
            try {
              const found = look()
              if (found !== undefined) resolve(found)
              return found !== undefined
            } catch (error) {
              // Whoever waits must hear of it, and not whoever happened to change something.
              reject(error)
              return true
            }
          },
          giveUp: () => reject(new Error(closed)),
        }
        if (!waiter.look()) waiting.add(waiter)
      }),
    close: () => {
      for (const waiter of waiting) waiter.giveUp()
      waiting.clear()
    },
  }
}
