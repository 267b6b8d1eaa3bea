import type { Clock } from '../../ports/clock.ts'

/** Long enough for one flurry of clicks, short enough that somebody who has left is soon gone. */
const KEPT_MS = 60_000
const KEPT_MOST = 1_000

/** The same look-up, whose answers are kept for a minute. Failures are never kept. */
export function kept<Answer>(
  clock: Clock,
  lookUp: (key: string) => Promise<Answer>,
): (key: string) => Promise<Answer> {
  const answers = new Map<string, { at: number; answer: Answer }>()
  return async (key) => {
    const now = clock.now().getTime()
    const known = answers.get(key)
    if (known && now - known.at < KEPT_MS) return known.answer
    const answer = await lookUp(key)
    answers.delete(key)
    answers.set(key, { at: now, answer })
    const [oldest] = answers.keys()
    if (answers.size > KEPT_MOST && oldest !== undefined) answers.delete(oldest)
    return answer
  }
}
