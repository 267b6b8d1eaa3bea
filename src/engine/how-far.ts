import { QuotaFailure } from '../ports/failure.ts'

/** held: another process is at it. inSeconds: there is more to tell, but not yet. */
export type HowFar = 'told' | 'held' | { readonly inSeconds: number }

/** Of several, what has to be come back to first. */
export function soonest(all: readonly HowFar[]): HowFar {
  const waits = all.flatMap((told) => (typeof told === 'object' ? [told.inSeconds] : []))
  if (waits.length > 0 && !all.includes('held')) return { inSeconds: Math.min(...waits) }
  return all.includes('held') ? 'held' : 'told'
}

/** Takes these steps in their order. One that finds no room is left for later, and the next ones are taken all the same. */
export async function asRoomAllows(steps: readonly (() => Promise<void>)[]): Promise<HowFar> {
  const left: HowFar[] = []
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof QuotaFailure)) throw error
      left.push({ inSeconds: error.retryAfterSeconds ?? 1 })
    }
  }
  return soonest(left)
}
