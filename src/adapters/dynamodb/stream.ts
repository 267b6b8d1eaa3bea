import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Logger } from 'pino'
import type { Clock } from '../../ports/clock.ts'
import { streamLease } from './stream-lease.ts'
import { readWhileHeld } from './stream-reading.ts'
import type { OnExecutions } from './stream-records.ts'
import { streamOf } from './stream-shards.ts'
import { streamTrouble } from './stream-trouble.ts'

export interface StreamOptions {
  readonly streams: DynamoDBStreamsClient
  readonly documents: DynamoDBDocumentClient
  readonly table: string
  /** Another one for each process. */
  readonly owner: string
  readonly clock: Clock
  readonly onExecutions: OnExecutions
  readonly log: Logger
  readonly pollMilliseconds?: number
  readonly leaseSeconds?: number
}

export interface StreamReader {
  /** Milliseconds that the news told are behind; undefined while another process reads. */
  lag(): number | undefined
  /** What people should know of the stream, in words; undefined when all is well as seen from here. */
  trouble(): string | undefined
  close(): Promise<void>
}

/**
 * Reads the table's stream for all processes.
 * 1. One process reads at a time; when it dies another one takes over within `leaseSeconds`, and when it cannot read, sooner.
 * 2. Every change is told at least once, and each execution's in order: reading goes on from the saved checkpoint.
 * 3. An execution that cannot be told three times is logged and passed (the sweep finds it), as is a record that is none;
 *    the others go on. A shard that cannot be read does not hold up the others.
 * 4. A table without a stream, or one that is turned off or on later, is no error: it is trouble until there is one.
 */
export function readStream(options: StreamOptions): StreamReader {
  const { clock, log, documents, table, owner, pollMilliseconds = 200, leaseSeconds = 15 } = options
  const lease = streamLease({ documents, table, owner, clock, leaseSeconds, name: 'stream' })
  const stop = new AbortController()
  const rest = (milliseconds: number) => pauseUnless(stop.signal, clock, milliseconds)
  const seen = streamTrouble(clock, log)
  let caughtUp: number | undefined
  const state = { stop: stop.signal, rest: () => rest(pollMilliseconds), leaseSeconds, lease, seen }

  async function run() {
    const between = (leaseSeconds * 1000) / 5
    while (!stop.signal.aborted) {
      try {
        // Asked by everyone, not by the reader alone: whoever is asked for trouble can say that there is no stream.
        const stream = await streamOf(documents, table)
        const taken = await lease.take()
        if (taken.kind === 'taken') {
          log.info({ owner }, 'reading the stream')
          caughtUp = clock.now().getTime()
          const reading = { ...options, ...state, stream, onCaughtUp: (at: number) => (caughtUp = at) }
          await readWhileHeld(reading, taken.progress)
        } else seen.well()
        caughtUp = undefined
      } catch (error) {
        // The lag goes on growing for as long as nobody took over.
        seen.outage(error)
        await rest(between) // Somebody who can read comes first.
      }
      await rest(between)
    }
  }

  const running = run()
  return {
    lag: () => (caughtUp === undefined ? undefined : clock.now().getTime() - caughtUp),
    trouble: seen.inWords,
    close: async () => {
      stop.abort()
      await running
    },
  }
}

function pauseUnless(stop: AbortSignal, clock: Clock, milliseconds: number): Promise<void> {
  if (stop.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      forget()
      stop.removeEventListener('abort', end)
      resolve()
    }
    const forget = clock.after(milliseconds, end)
    stop.addEventListener('abort', end)
  })
}
