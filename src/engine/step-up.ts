import type { Ballot } from '../domain/ballot.ts'
import type { Request } from '../domain/decide.ts'
import type { Execution } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Refusal } from '../domain/refusal.ts'
import { proves, STEP_UP_MINUTES, shownDecision, takesStepUp } from '../domain/step-up.ts'
import type { Clock } from '../ports/clock.ts'
import type { Asker } from '../ports/door.ts'
import type { StepUp } from '../ports/step-up.ts'
import { gateOf } from './voting.ts'

export interface SteppingUp {
  readonly clock: Clock
  /** Absent: nowhere to sign in is set up, and gates that ask for it cannot be opened. */
  readonly stepUp?: StepUp
}

/**
 * Asked last, about a decision that would be made: why it takes a sign-in first; undefined where it takes none, or has one. An
 * emergency does not wait for a provider that may have gone with the Region: it goes "without".
 */
export async function stepUpOwed(
  { execution, ballot }: { readonly execution: Execution; readonly ballot?: Ballot },
  request: Request,
  { actor, proof }: Asker,
  { clock, stepUp }: SteppingUp,
): Promise<Refusal | 'without' | undefined> {
  const decides = gateOf(execution, request)
  if (!ballot || !decides || !takesStepUp(ballot.requirement, decides.asks)) return undefined
  const { human } = ballot.voter
  const decision = shownDecision(execution, decides.gate, decides.asks, decides.request)
  const now = clock.now()
  if (proof && proves(proof, decision, human, now)) return undefined
  if (decides.request.breakGlass && !(await stepUp?.answers())) return 'without'
  const about = { task: decides.gate.id, asked: decides.asks }
  if (!stepUp) return { why: 'step-up-impossible', ...about, lacks: 'set-up' }
  // Whom no platform knows by an address can be recognised by no provider.
  if (!human.includes('@')) return { why: 'step-up-impossible', ...about, lacks: 'address' }
  const expiresAt = new Date(now.getTime() + STEP_UP_MINUTES * 60_000).toISOString()
  const reason = optional('reason', decides.request.reason)
  const link = await stepUp.offer({ ...decision, actor, human, ...reason, expiresAt })
  return { why: 'step-up-needed', ...about, link, until: expiresAt }
}
