import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Clock } from '../../ports/clock.ts'

export type Answer<Value> = { kind: 'answer'; value: Value } | { kind: 'trouble'; why: string }

/** A connection that logs an outage once, not every try, and comes back by itself. */
export function connect(redisUrl: string, log: Logger): Redis {
  const redis = new Redis(redisUrl, {
    // BullMQ insists on it. Nobody waits for ever all the same: `ask` has a deadline.
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_MILLISECONDS,
    retryStrategy: (tries) => Math.min(tries * 100, LONGEST_RETRY_MILLISECONDS),
    // Counted from a question on: whose other end vanished in a failover is cut, so that a new one is made.
    socketTimeout: SILENCE_MILLISECONDS,
    // After a failover the old primary may answer as a replica: its name leads to the new one by then.
    reconnectOnError: (error) => error.message.includes('READONLY'),
  })
  let isOut = false
  redis.on('error', (error: Error) => {
    if (!isOut) log.warn({ trouble: error.message }, 'Redis does not answer')
    isOut = true
  })
  redis.on('ready', () => {
    if (isOut) log.info('Redis answers again')
    isOut = false
  })
  return redis
}

/** Asks, and gives up after that many milliseconds. Never rejects; a question not yet sent by then is never sent. */
export async function ask<Value>(
  redis: Redis,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
  question: () => Promise<Value>,
): Promise<Answer<Value>> {
  return new Promise((resolve) => {
    let isLate = false
    const onReady = () => {
      if (isLate) return
      question().then(
        (value) => settle({ kind: 'answer', value }),
        (error) => settle({ kind: 'trouble', why: error instanceof Error ? error.message : String(error) }),
      )
    }
    const settle = (answer: Answer<Value>) => {
      isLate = true
      redis.off('ready', onReady)
      forget()
      resolve(answer)
    }
    const forget = clock.after(milliseconds, () =>
      settle({ kind: 'trouble', why: `no answer within ${milliseconds} ms` }),
    )
    if (redis.status === 'ready') onReady()
    else redis.once('ready', onReady)
  })
}

const CONNECT_MILLISECONDS = 5_000
const LONGEST_RETRY_MILLISECONDS = 2_000
// Longer than the ten seconds that a worker may block on an empty queue.
const SILENCE_MILLISECONDS = 15_000
