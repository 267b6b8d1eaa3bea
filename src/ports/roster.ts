import type { Named } from '../domain/gate-rules.ts'
import type { Identity } from '../domain/permission.ts'

/** unknown: the platform does not tell. */
export type Presence = 'active' | 'away' | 'unknown'

/** Somebody whom a policy means, and whether they are at hand. */
export interface Member {
  readonly identity: Identity
  readonly state: Presence
  /** Their language, e.g. "de-AT", where the platform tells it. */
  readonly locale?: string
}

/** Who is behind the groups, people and addresses of a policy, on one platform. Throws TransientFailure where it cannot be known. */
export interface Roster {
  /** Everybody once, without bots and without whoever has left. */
  members(who: Named): Promise<readonly Member[]>
}
