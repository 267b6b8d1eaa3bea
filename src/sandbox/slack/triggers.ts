import { randomBytes, randomInt } from 'node:crypto'
import type { Clock } from '../../ports/clock.ts'

/** What lets an app open one modal, for a moment, for the person who has just done something. */
export interface Triggers {
  issue(person: string, fromView?: string): string
  use(id: string): Trigger | { refused: 'invalid_trigger_id' | 'exchanged_trigger_id' | 'expired_trigger_id' }
}

export interface Trigger {
  readonly person: string
  /** The view in which the person did something. */
  readonly fromView: string | undefined
}

const LIFE_MS = 3_000
/** After this many newer ones, an old one is unknown instead of expired. */
const REMEMBERED = 1_000

export function createTriggers(clock: Clock): Triggers {
  const issued = new Map<string, Trigger & { at: number; used: boolean }>()
  return {
    issue: (person, fromView) => {
      const id = `${randomInt(1e12)}.${randomInt(1e12)}.${randomBytes(16).toString('hex')}`
      issued.set(id, { person, fromView, at: clock.now().getTime(), used: false })
      const [oldest] = issued.keys()
      if (issued.size > REMEMBERED && oldest !== undefined) issued.delete(oldest)
      return id
    },
    use: (id) => {
      const trigger = issued.get(id)
      if (trigger === undefined) return { refused: 'invalid_trigger_id' }
      if (trigger.used) return { refused: 'exchanged_trigger_id' }
      if (clock.now().getTime() - trigger.at > LIFE_MS) return { refused: 'expired_trigger_id' }
      trigger.used = true
      return trigger
    },
  }
}
