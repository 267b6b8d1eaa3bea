import { createHash, timingSafeEqual } from 'node:crypto'
import type { Identity, Policy } from '../../domain/permission.ts'
import type { Actor } from '../../domain/task.ts'
import type { Directory } from '../../ports/directory.ts'

/** The token's bearer, from the Authorization header; undefined where there is none or nobody knows it. */
export function bearer(policy: Policy, authorization: string | undefined): Actor | undefined {
  const token = /^Bearer ([\x21-\x7e]{16,512})$/.exec(authorization ?? '')?.[1]
  if (!token) return undefined
  const hash = createHash('sha256').update(token).digest()
  // Every entry is compared, in constant time: how long it takes says nothing about which one is near.
  const known = policy.api_tokens.filter((entry) => timingSafeEqual(Buffer.from(entry.sha256, 'hex'), hash))
  const name = known[0]?.name
  return name === undefined ? undefined : { kind: 'token', id: `token:${name}`, name }
}

/** Knows API tokens by their names in the policy; anybody else is asked of the other directory. */
export function tokenDirectory(policy: Policy, others: Directory): Directory {
  return {
    async identify(actor): Promise<Identity> {
      if (actor.kind !== 'token') return others.identify(actor)
      const entry = policy.api_tokens.find(({ name }) => `token:${name}` === actor.id)
      return { actor, groups: [], roles: entry?.roles ?? [], ...(entry?.owner && { email: entry.owner }) }
    },
  }
}
