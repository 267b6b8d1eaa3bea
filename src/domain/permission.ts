import { z } from 'zod'
import type { Voter } from './ballot.ts'
import type { Request } from './decide.ts'
import type { Execution } from './execution.ts'
import { gateRule, isOpen, type Named, named, type Requirement } from './gate-rules.ts'
import type { Refusal } from './refusal.ts'
import type { Actor } from './task.ts'

export const ROLES = ['viewer', 'operator', 'approver', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Who may do what, as the policy file says it. What it does not say is refused. */
export const policySchema = z.strictObject({
  bindings: z.array(
    z.strictObject({
      role: z.enum(ROLES),
      ...named,
      /** Only for these plans; absent: for all. */
      plans: z.array(z.string()).optional(),
    }),
  ),
  api_tokens: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        /** SHA-256 of the token, in hex: the token itself is never in a file. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the token, 64 hex digits'),
        roles: z.array(z.enum(ROLES)).min(1),
        /** Whose voice it is, where a decision takes people. */
        owner: z.email().toLowerCase().optional(),
      }),
    )
    .default([]),
  approvals: z.array(gateRule).default([]),
  /** Who is on call: all the time, or from a moment to another. */
  on_call: z
    .array(
      z.strictObject({
        ...named,
        plans: z.array(z.string()).optional(),
        from: z.iso.datetime({ offset: true }).optional(),
        to: z.iso.datetime({ offset: true }).optional(),
      }),
    )
    .default([]),
  /** One human being under several ids, where the platforms do not know their address. */
  humans: z.array(z.strictObject({ human: z.email().toLowerCase(), ids: named.people })).default([]),
})
export type Policy = z.infer<typeof policySchema>

/** Every group that the policy names anywhere. */
export const groupsIn = ({ bindings, approvals, on_call }: Policy): readonly string[] => [
  ...new Set(
    [
      ...bindings,
      ...on_call,
      ...approvals.flatMap(({ needs, veto, break_glass }) => [...needs, veto, break_glass]),
    ].flatMap((who) => who?.groups ?? []),
  ),
]

/** Somebody, as the directory knows them at this moment. */
export interface Identity {
  readonly actor: Actor
  readonly groups: readonly string[]
  readonly email?: string
  /** Roles that come with the way in (an API token), not from bindings. */
  readonly roles?: readonly Role[]
}

/** What may be asked, beyond the requests about a run. */
export type Permit = Request | { readonly asks: 'see' | 'start' | 'edit-plan' }

/** The roles that somebody has for a plan. */
export function rolesOf(policy: Policy, identity: Identity, plan: string): Role[] {
  const found = new Set<Role>(identity.roles ?? [])
  for (const binding of policy.bindings) {
    const covers = !binding.plans || binding.plans.includes(plan)
    if (covers && means(policy, binding, identity)) found.add(binding.role)
  }
  return ROLES.filter((role) => found.has(role))
}

/** Whether this is one of those. An address means its human, also where the policy alone knows whose account it is. */
function means(policy: Policy, { people, groups, emails }: Named, identity: Identity): boolean {
  const { actor, groups: member, email } = identity
  return (
    people.includes(actor.id) ||
    groups.some((group) => member.includes(group)) ||
    [email?.toLowerCase(), humanOf(policy, identity)].some((one) => one !== undefined && emails.includes(one))
  )
}

/** The human being behind an identity, the same on every platform; undefined for a token that belongs to nobody. */
export function humanOf({ humans }: Policy, { actor, email }: Identity): string | undefined {
  const linked = humans.find(({ ids }) => ids.includes(actor.id))
  return linked?.human ?? email?.toLowerCase() ?? (actor.kind === 'person' ? actor.id : undefined)
}

/** One voice settles it, whosever it is: there a token may be that voice. */
const takesAnyVoice = ({ needs, four_eyes, step_up }: Requirement): boolean =>
  needs.length === 1 && needs.every((row) => row.count === 1 && isOpen(row)) && !four_eyes && !step_up

/** What somebody may do at a gate; undefined where it takes human beings and they are none. */
export function voterOf(
  policy: Policy,
  requirement: Requirement,
  identity: Identity,
  plan: string,
): Voter | undefined {
  const human = humanOf(policy, identity) ?? (takesAnyVoice(requirement) ? identity.actor.id : undefined)
  if (human === undefined) return undefined
  const isApprover = rolesOf(policy, identity, plan).some((role) => role === 'approver' || role === 'admin')
  const rows = requirement.needs.flatMap((row, place) =>
    (isOpen(row) ? isApprover : means(policy, row, identity)) ? [place] : [],
  )
  const { veto, break_glass } = requirement
  return {
    human,
    rows,
    mayVeto: veto === undefined ? rows.length > 0 : means(policy, veto, identity),
    mayBreakGlass: break_glass !== undefined && means(policy, break_glass, identity),
  }
}

/** Why this person may not ask for that; undefined where they may. Asked again at the moment of saving. */
export function forbids(
  policy: Policy,
  identity: Identity,
  permit: Permit,
  on: { plan: string; execution?: Execution },
): Refusal | undefined {
  const has = rolesOf(policy, identity, on.plan)
  const needs = neededFor(permit, on.execution)
  if (has.some((role) => role === 'admin' || needs.includes(role))) return undefined
  return { why: 'no-permission', asked: permit.asks, needs, has }
}

/** Any one of these roles will do; an admin may do everything. */
function neededFor(permit: Permit, execution: Execution | undefined): Role[] {
  if (permit.asks === 'see' || permit.asks === 'note') return ['viewer', 'operator', 'approver']
  if (permit.asks === 'assign' || permit.asks === 'open-room' || permit.asks === 'close-room')
    return ['operator', 'approver']
  if (permit.asks === 'edit-plan') return ['admin']
  const task =
    'task' in permit ? [...(execution?.tasks.values() ?? [])].find(({ id }) => id === permit.task) : undefined
  // To skip, hold or repeat a gate weighs as much as to approve it: whoever may not approve may not go around it.
  if (task?.type === 'approval' || permit.asks === 'approve' || permit.asks === 'reject') return ['approver']
  return ['operator']
}
