import { askedBy, onCall, roleHolders } from '../domain/called.ts'
import type { Execution } from '../domain/execution.ts'
import type { Named } from '../domain/gate-rules.ts'
import type { Calling } from './calling.ts'
import { requirementOf } from './voting.ts'

/**
 * Who is brought into the run's room: whoever started it, who is on call, and who may decide at one of its gates. Throws
 * TransientFailure while the platform does not say who they are.
 */
export async function invited(
  { policy, rosters, clock }: Pick<Calling, 'policy' | 'rosters' | 'clock'>,
  execution: Execution,
  platform: string,
): Promise<readonly string[]> {
  const plan = execution.plan.id
  const gates = [...execution.tasks.values()].filter(({ type }) => type === 'approval')
  const meant: Named[] = [
    onCall(policy, plan, clock.now()),
    roleHolders(policy, 'approver', plan),
    ...gates.map((gate) => askedBy(policy, requirementOf(policy, execution, gate), plan)),
  ]
  const members = (await rosters.get(platform)?.members(together(meant))) ?? []
  const starter = execution.startedBy.kind === 'person' ? [execution.startedBy.id] : []
  return [...new Set([...starter, ...members.map(({ identity }) => identity.actor.id)])]
}

const together = (all: readonly Named[]): Named => ({
  people: all.flatMap(({ people }) => people),
  groups: all.flatMap(({ groups }) => groups),
  emails: all.flatMap(({ emails }) => emails),
})
