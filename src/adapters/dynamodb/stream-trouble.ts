import type { Logger } from 'pino'
import { say } from '../../conversation/words/index.ts'
import type { Clock } from '../../ports/clock.ts'

/** What goes wrong with the stream, remembered for people and logged once for each outage. */
export interface StreamTrouble {
  outage(error: unknown): void
  /** It is read again, here or by another process. */
  well(): void
  /** That many changes could not be told, and were passed over. */
  passed(changes: number): void
  inWords(): string | undefined
}

export function streamTrouble(clock: Clock, log: Logger): StreamTrouble {
  let outage: string | undefined
  let passed = { changes: 0, until: 0 }
  const now = () => clock.now().getTime()

  return {
    outage(error) {
      const why = nameOf(error)
      if (why !== outage) log.warn({ error }, 'the stream cannot be read for now')
      outage = why
    },
    well() {
      if (outage !== undefined) log.info('the stream is read again')
      outage = undefined
    },
    passed(changes) {
      if (changes === 0) return
      const before = passed.until > now() ? passed.changes : 0
      passed = { changes: before + changes, until: now() + SHOWN_MILLISECONDS }
    },
    inWords() {
      const { streamAway, changesPassed } = say().answers.trouble
      if (outage !== undefined) return streamAway(outage)
      return passed.until > now() ? changesPassed(passed.changes) : undefined
    },
  }
}

const SHOWN_MILLISECONDS = 3_600_000

/** What AWS says in full names accounts; its kind of error is enough for a chat. */
const nameOf = (error: unknown): string =>
  error instanceof Error ? ('$metadata' in error ? error.name : error.message) : String(error)
