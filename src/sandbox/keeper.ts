import { renameSync, writeFileSync } from 'node:fs'
import type { Clock } from '../ports/clock.ts'

export interface Keeper {
  /** Something changed: it will be on disk soon. */
  touch(): void
  /** Writes now what is not written yet. */
  flush(): void
}

/** Long enough to gather a burst of messages into one write. */
const WRITE_AFTER_MS = 200

/**
 * Written beside the file and renamed over it: a reader finds the old state or the new one, never half of one. It may hold a key,
 * so nobody else on this machine reads it.
 */
export function createKeeper(file: string | undefined, clock: Clock, saved: () => object): Keeper {
  if (file === undefined) return { touch: () => {}, flush: () => {} }
  let forget: (() => void) | undefined
  const flush = () => {
    if (forget === undefined) return
    forget()
    forget = undefined
    writeFileSync(`${file}.new`, JSON.stringify(saved()), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return {
    flush,
    touch: () => {
      forget ??= clock.after(WRITE_AFTER_MS, flush)
    },
  }
}
