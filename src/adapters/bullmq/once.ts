import type { Logger } from 'pino'
import type { Clock } from '../../ports/clock.ts'
import { ask, connect } from './connection.ts'

export interface Once {
  /** Whether this is the first time, within that many seconds, that any process asks for the key. */
  first(key: string, seconds: number): Promise<boolean>
  close(): Promise<void>
}

/**
 * Replay protection for signed requests over all processes. When Redis does not answer within 300 ms the process falls
 * back to what it has seen itself: a replay may then pass on another process, but no honest request is refused.
 */
export function once(options: { redisUrl: string; prefix: string; clock: Clock; log: Logger }): Once {
  const { redisUrl, prefix, clock, log } = options
  const redis = connect(redisUrl, log)
  const seen = new Map<string, number>()

  return {
    first: async (key, seconds) => {
      if (!isNew(seen, key, clock.now().getTime(), seconds)) return false
      const set = await ask(redis, { clock, milliseconds: DEADLINE_MILLISECONDS }, () =>
        redis.set(`${prefix}:once:${key}`, '1', 'EX', seconds, 'NX'),
      )
      return set.kind === 'trouble' || set.value === 'OK'
    },
    close: async () => redis.disconnect(),
  }
}

const DEADLINE_MILLISECONDS = 300
// A few minutes of requests at a rate far above what people can click.
const REMEMBERED = 10_000

function isNew(seen: Map<string, number>, key: string, now: number, seconds: number): boolean {
  if ((seen.get(key) ?? 0) > now) return false
  seen.delete(key)
  seen.set(key, now + seconds * 1000)
  const [oldest] = seen.keys()
  if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest)
  return true
}
