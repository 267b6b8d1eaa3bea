import { advance } from './advance.ts'
import { decide, type Request } from './decide.ts'
import { drafted } from './evolve.ts'
import type { Execution } from './execution.ts'
import { forecast } from './forecast.ts'
import type { Refused } from './refusal.ts'
import type { Task } from './task.ts'

/** What a decision would do, found out by doing it to a copy of the run. */
export interface Preview {
  readonly kind: 'preview'
  /** Given up with it, one way or another; the task itself is not among them. */
  readonly lost: readonly Task[]
  /** What starts, or asks for an approval, at once. */
  readonly begins: readonly Task[]
  /** When the run is expected to end without the decision, and with it; milliseconds since 1970. */
  readonly finish: { readonly before: number; readonly after: number }
}

/** More rounds than these mean that the engine moves in a circle. */
const ROUNDS = 200

/**
 * The decision made by the engine's own `decide` and `advance`, and everything the engine then owes at once. What it says is
 * what then happens, unless somebody is quicker. A reason that is still to be given is taken as given.
 */
export function preview(execution: Execution, request: Request, now: Date): Preview | Refused {
  const decided = decide(execution, { ...request, reason: request.reason ?? 'to be given' })
  if (decided.kind === 'refused') return decided
  const at = now.toISOString()
  let after = drafted(execution, decided.changes, at)
  for (let round = 0; round < ROUNDS; round++) {
    const owed = advance(after, now)
    if (owed.length === 0) break
    after = drafted(after, owed, at)
  }
  // It runs now: it cannot have ended before.
  const endOf = (run: Execution) => Math.max(now.getTime(), forecast(run, now).finish)
  const itself = 'task' in request ? request.task : undefined
  const changed = [...after.tasks.values()].filter(
    (task) => task.status !== execution.tasks.get(task.id)?.status,
  )
  return {
    kind: 'preview',
    lost: changed.filter(
      ({ id, status }) => id !== itself && (status === 'ABANDONED' || status === 'CANCELLED'),
    ),
    begins: changed.filter(
      ({ id, status }) => id !== itself && (status === 'IN_PROGRESS' || status === 'PENDING_APPROVAL'),
    ),
    finish: { before: endOf(execution), after: endOf(after) },
  }
}
