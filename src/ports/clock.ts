/** The only source of time. Everything that waits or stamps asks it, so that a test can turn the hands. */
export interface Clock {
  now(): Date
  /** Runs `run` once after that many milliseconds; calling the answer forgets it. */
  after(milliseconds: number, run: () => void): () => void
}

/** A promise for "that many milliseconds later" on the given clock. */
export const pause = (clock: Clock, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(milliseconds, resolve)
  })
