import type { ExecutionId } from '../domain/execution.ts'
import type { Clock } from '../ports/clock.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { HowFar } from './how-far.ts'

export interface Soon {
  /** Tells of the run soon; called as often as one likes, it tells once for all that has happened by then. */
  soon(id: ExecutionId): void
  /** Resolves when nothing is being told and nothing waits to be. */
  settled(): Promise<void>
  close(): Promise<void>
}

export interface Telling {
  readonly clock: Clock
  /** Tells what is still untold. */
  readonly tell: (id: ExecutionId) => Promise<HowFar>
  readonly failed: (id: ExecutionId, error: unknown) => void
  /** After a failure, or where it is held; a TransientFailure may name a wait of its own. */
  readonly retrySeconds: number
}

/** One telling of a run at a time in this process, and again for what came up meanwhile, was held or failed. */
export function soon({ clock, tell, failed, retrySeconds }: Telling): Soon {
  const busy = new Map<ExecutionId, Promise<void>>()
  const wanted = new Set<ExecutionId>()
  const later = new Map<ExecutionId, () => void>()
  let closed = false

  function want(id: ExecutionId): void {
    if (closed) return
    wanted.add(id)
    if (!busy.has(id))
      busy.set(
        id,
        run(id).finally(() => {
          busy.delete(id)
          // Asked for between the last look and here: it must not be lost.
          if (wanted.has(id)) want(id)
        }),
      )
  }

  async function run(id: ExecutionId): Promise<void> {
    while (wanted.delete(id) && !closed) {
      try {
        const told = await tell(id)
        if (told !== 'told') again(id, told === 'held' ? undefined : told.inSeconds)
      } catch (error) {
        failed(id, error)
        again(id, error instanceof TransientFailure ? error.retryAfterSeconds : undefined)
      }
    }
  }

  function again(id: ExecutionId, seconds = retrySeconds): void {
    later.get(id)?.()
    const forget = clock.after(seconds * 1000, () => {
      later.delete(id)
      want(id)
    })
    later.set(id, forget)
  }

  async function settled(): Promise<void> {
    while (busy.size > 0) await Promise.all(busy.values())
  }

  return {
    soon: want,
    settled,
    async close() {
      closed = true
      await settled()
      for (const forget of later.values()) forget()
    },
  }
}
