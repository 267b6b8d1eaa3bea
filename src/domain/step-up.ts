import type { GateEvent } from './ballot.ts'
import { cardDigest, type Request } from './decide.ts'
import type { Execution, ExecutionId } from './execution.ts'
import type { Requirement } from './gate-rules.ts'
import { optional } from './optional.ts'
import type { Actor, Task, TaskId } from './task.ts'

/** How long a link to sign in is good, and how long a sign-in counts: enough to find the phone, too short to find the link later. */
export const STEP_UP_MINUTES = 5

/** A decision as it was shown. A sign-in is for exactly this one. */
export interface ShownDecision {
  readonly execution: ExecutionId
  readonly task: TaskId
  readonly attempt: number
  readonly digest: string
  readonly asks: GateEvent
  readonly breakGlass?: true
}

/** A decision that waits for a sign-in, with all that it takes to make it afterwards. */
export interface Ticket extends ShownDecision {
  readonly actor: Actor
  /** Who has to sign in: the address of the human behind the actor. */
  readonly human: string
  readonly reason?: string
  readonly expiresAt: string
}

/** Somebody has signed in anew for this decision. Made by the page that people sign in on, and by nothing else. */
export interface Proof extends ShownDecision {
  readonly human: string
  readonly at: string
}

/** Stopping is nobody's privilege: a "no" takes no sign-in. */
export const takesStepUp = ({ step_up }: Requirement, asks: GateEvent): boolean =>
  step_up && asks !== 'reject'

/** The decision about the gate as it stands now. */
export const shownDecision = (
  execution: Execution,
  gate: Task,
  asks: GateEvent,
  { breakGlass }: Extract<Request, { task: string }>,
): ShownDecision => ({
  execution: execution.id,
  task: gate.id,
  attempt: gate.attempt,
  digest: cardDigest(execution, gate),
  asks,
  ...optional('breakGlass', breakGlass),
})

/** Whether this human has signed in for this decision, and not too long ago. */
export function proves(proof: Proof, decision: ShownDecision, human: string, now: Date): boolean {
  const age = now.getTime() - Date.parse(proof.at)
  return (
    FIELDS.every((field) => proof[field] === decision[field]) &&
    proof.human === human &&
    age >= 0 &&
    age < STEP_UP_MINUTES * 60_000
  )
}

const FIELDS = [
  'execution',
  'task',
  'attempt',
  'digest',
  'asks',
  'breakGlass',
] as const satisfies readonly (keyof ShownDecision)[]
