import { z } from 'zod'
import type { Request } from './decide.ts'
import type { Execution } from './execution.ts'
import type { Refusal } from './refusal.ts'
import type { Actor } from './task.ts'

export const ROLES = ['viewer', 'operator', 'approver', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Who may do what, as the policy file says it. What it does not say is refused. */
export const policySchema = z.strictObject({
  bindings: z.array(
    z.strictObject({
      role: z.enum(ROLES),
      /** Platform ids such as "slack:U0123". */
      people: z.array(z.string().regex(/^[a-z]+:\S+$/, 'write it as "slack:U0123"')).default([]),
      /** User groups such as "slack:S0123". */
      groups: z.array(z.string().regex(/^[a-z]+:\S+$/, 'write it as "slack:S0123"')).default([]),
      /** Addresses that the chat platform has verified. */
      emails: z.array(z.email().toLowerCase()).default([]),
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
      }),
    )
    .default([]),
})
export type Policy = z.infer<typeof policySchema>

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
    const means =
      binding.people.includes(identity.actor.id) ||
      binding.groups.some((group) => identity.groups.includes(group)) ||
      (identity.email !== undefined && binding.emails.includes(identity.email.toLowerCase()))
    if (covers && means) found.add(binding.role)
  }
  return ROLES.filter((role) => found.has(role))
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
  if (permit.asks === 'see') return ['viewer', 'operator', 'approver']
  if (permit.asks === 'edit-plan') return ['admin']
  const task =
    'task' in permit ? [...(execution?.tasks.values() ?? [])].find(({ id }) => id === permit.task) : undefined
  // To skip, hold or repeat a gate weighs as much as to approve it: whoever may not approve may not go around it.
  if (task?.type === 'approval' || permit.asks === 'approve' || permit.asks === 'reject') return ['approver']
  return ['operator']
}
