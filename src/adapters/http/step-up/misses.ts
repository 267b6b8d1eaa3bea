import type { Clock } from '../../../ports/clock.ts'

const A_MINUTE = 60_000
/** A person mistypes a link a few times; a program that looks for one does not stop there. */
const MISSES_A_MINUTE = 20
/** More addresses than that at once are forgotten: memory has an end. */
const ADDRESSES = 10_000

/**
 * Counts unknown links by address; true once there are too many. Known links are never turned away: whoever floods this page
 * must not keep others from deciding.
 */
export function tooManyMisses(clock: Clock): (address: string) => boolean {
  let minute = 0
  const misses = new Map<string, number>()
  return (address) => {
    const now = Math.floor(clock.now().getTime() / A_MINUTE)
    if (now !== minute || misses.size >= ADDRESSES) misses.clear()
    minute = now
    const count = (misses.get(address) ?? 0) + 1
    misses.set(address, count)
    return count > MISSES_A_MINUTE
  }
}
