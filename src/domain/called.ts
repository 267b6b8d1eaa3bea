import { isOpen, type Named, type Requirement } from './gate-rules.ts'
import type { Policy, Role } from './permission.ts'

/** Everybody whom the gate asks; where a row takes anybody with the role, those whom the policy gives it. */
export function askedBy(policy: Policy, { needs }: Requirement, plan: string): Named {
  return together(needs.map((row) => (isOpen(row) ? roleHolders(policy, 'approver', plan) : row)))
}

/** Whom the policy gives the role for the plan. */
export const roleHolders = ({ bindings }: Policy, role: Role, plan: string): Named =>
  together(bindings.filter((one) => one.role === role && (!one.plans || one.plans.includes(plan))))

/** Who is on call at that moment for the plan. */
export const onCall = ({ on_call }: Policy, plan: string, now: Date): Named =>
  together(
    on_call.filter(
      ({ plans, from, to }) =>
        (!plans || plans.includes(plan)) &&
        (from === undefined || Date.parse(from) <= now.getTime()) &&
        (to === undefined || now.getTime() < Date.parse(to)),
    ),
  )

function together(all: readonly Named[]): Named {
  const each = (ids: (one: Named) => readonly string[]) => [...new Set(all.flatMap(ids))]
  return {
    people: each((one) => one.people),
    groups: each((one) => one.groups),
    emails: each((one) => one.emails),
  }
}
