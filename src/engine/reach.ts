import { plainText } from '../conversation/as-text.ts'
import { type GateAhead, shortage } from '../conversation/gates-card.ts'
import { isFeasible } from '../domain/ballot.ts'
import { askedBy } from '../domain/called.ts'
import type { Mode } from '../domain/execution.ts'
import { isOpen, type Requirement, requirementFor } from '../domain/gate-rules.ts'
import { type Policy, voterOf } from '../domain/permission.ts'
import type { PlanTask } from '../domain/plan.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { Member, Roster } from '../ports/roster.ts'

export interface Reaching {
  readonly policy: Policy
  /** Of the platform that is asked from; absent where nobody can be looked up. */
  readonly roster: Roster | undefined
}

/** A gate, and who is there to decide it. */
export interface GateReach {
  readonly id: string
  readonly name: string
  readonly requirement: Requirement
  /** Everybody who may decide; undefined while the platform does not say. */
  readonly members: readonly Member[] | undefined
  /** Whether they are enough; undefined while it is not known. */
  readonly isFeasible: boolean | undefined
}

/** Who could decide each gate of the plan if this person started it in this mode. Somebody is there who has an account, at hand or not. */
export async function gatesOf(
  { id: plan, tasks }: { readonly id: string; readonly tasks: readonly PlanTask[] },
  mode: Mode,
  starter: string,
  { policy, roster }: Reaching,
): Promise<GateReach[]> {
  const gates = tasks.filter(({ type }) => type === 'approval')
  return Promise.all(
    gates.map(async ({ id, name }) => {
      const requirement = requirementFor(policy.approvals, { plan, id, mode })
      const all = await membersFor(requirement, plan, { policy, roster })
      const members = requirement.four_eyes
        ? all?.filter(({ identity }) => identity.actor.id !== starter)
        : all
      const voters = members?.flatMap(({ identity }) => {
        const voter = voterOf(policy, requirement, identity, plan)
        return voter ? [voter] : []
      })
      // Whom the policy names by role alone is not found by looking for names.
      const isKnown = voters !== undefined && !isUnnamed(policy, requirement, plan)
      return {
        ...{ id, name, requirement, members },
        isFeasible: isKnown ? isFeasible(requirement, voters) : undefined,
      }
    }),
  )
}

/** The gates of a plan that nobody could open in a real failover, in words. */
export async function unmetGates(
  plan: { readonly id: string; readonly tasks: readonly PlanTask[] },
  reaching: Reaching,
): Promise<string[]> {
  const gates = await gatesOf(plan, 'recovery', '', reaching)
  return gates.filter((gate) => gate.isFeasible === false).map((gate) => plainText(shortage(gateAhead(gate))))
}

/** The same in the words' own terms. */
export const gateAhead = ({ name, requirement, members, isFeasible: enough }: GateReach): GateAhead => ({
  ...{ name, requirement, isFeasible: enough },
  people: members && {
    all: members.map(({ identity }) => identity.actor.name),
    active: atHand(members)?.length,
  },
})

/** Undefined while the platform does not say. */
export async function membersFor(
  requirement: Requirement,
  plan: string,
  { policy, roster }: Reaching,
): Promise<readonly Member[] | undefined> {
  try {
    return await roster?.members(askedBy(policy, requirement, plan))
  } catch (error) {
    if (error instanceof TransientFailure) return undefined
    throw error
  }
}

/** Those who are at hand now; undefined where the platform does not tell of anybody. */
export const atHand = (members: readonly Member[]): readonly Member[] | undefined =>
  members.some(({ state }) => state !== 'unknown') || members.length === 0
    ? members.filter(({ state }) => state === 'active')
    : undefined

const isUnnamed = (policy: Policy, requirement: Requirement, plan: string): boolean =>
  isOpen(askedBy(policy, requirement, plan))
