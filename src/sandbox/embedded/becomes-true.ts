import { systemClock } from '../../adapters/system/clock.ts'
import { pause } from '../../ports/clock.ts'

const BETWEEN_QUESTIONS_MILLISECONDS = 20

/** Asks until the answer is yes; false when the time is up first. Processes tell nobody when they are ready or gone. */
export async function becomesTrue(
  question: () => boolean | Promise<boolean>,
  withinMilliseconds: number,
): Promise<boolean> {
  const end = systemClock.now().getTime() + withinMilliseconds
  while (!(await question())) {
    if (systemClock.now().getTime() >= end) return false
    await pause(systemClock, BETWEEN_QUESTIONS_MILLISECONDS)
  }
  return true
}
