import { randomBytes } from 'node:crypto'
import type { Clock } from '../../ports/clock.ts'

/** Addresses through which an app may speak for a while where somebody has just acted. */
export interface ResponseUrls {
  issue(origin: Origin): string
  use(id: string): Origin | { refused: 'invalid_url' | 'expired_url' | 'used_url' }
}

/** Where somebody acted, and who. */
export interface Origin {
  readonly person: string
  readonly channel: string
  readonly threadTs?: string
  /** The message they clicked on. */
  readonly clickedTs?: string
}

const USES = 5
const LIFE_MS = 30 * 60_000
/** After this many newer ones, an old one is unknown instead of expired. */
const REMEMBERED = 10_000

export function createResponseUrls(clock: Clock, url: string): ResponseUrls {
  const issued = new Map<string, { origin: Origin; at: number; uses: number }>()
  return {
    issue: (origin) => {
      const id = randomBytes(18).toString('base64url')
      issued.set(id, { origin, at: clock.now().getTime(), uses: 0 })
      const [oldest] = issued.keys()
      if (issued.size > REMEMBERED && oldest !== undefined) issued.delete(oldest)
      return `${url}/response/${id}`
    },
    use: (id) => {
      const known = issued.get(id)
      if (known === undefined) return { refused: 'invalid_url' }
      if (clock.now().getTime() - known.at > LIFE_MS) return { refused: 'expired_url' }
      if (known.uses >= USES) return { refused: 'used_url' }
      known.uses += 1
      return known.origin
    },
  }
}
