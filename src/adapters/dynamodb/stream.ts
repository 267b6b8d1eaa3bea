import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Logger } from 'pino'
import type { Clock } from '../../ports/clock.ts'
import { type Checkpoint, type Lease, type Progress, streamLease } from './stream-lease.ts'
import { executionsIn, type OnExecutions, tell } from './stream-records.ts'
import { type Batch, readable, readShard, type Shard, shardsOf, streamOf } from './stream-shards.ts'

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
  close(): Promise<void>
}

/**
 * Reads the table's stream for all processes.
 * 1. One process reads at a time; when it dies another one takes over within `leaseSeconds`.
 * 2. Every change is told at least once, and each execution's in order: reading goes on from the saved checkpoint.
 * 3. An execution that cannot be told three times is logged and passed (the sweep finds it); the others go on.
 */
export function readStream(options: StreamOptions): StreamReader {
  const { clock, log, documents, table, owner, pollMilliseconds = 200, leaseSeconds = 15 } = options
  const lease = streamLease({ documents, table, owner, clock, leaseSeconds, name: 'stream' })
  const stop = new AbortController()
  const rest = (milliseconds: number) => pauseUnless(stop.signal, clock, milliseconds)
  let caughtUp: number | undefined
  const state = { stop: stop.signal, rest: () => rest(pollMilliseconds), leaseSeconds }

  async function run() {
    while (!stop.signal.aborted) {
      try {
        const taken = await lease.take()
        if (taken.kind === 'taken') {
          log.info({ owner }, 'reading the stream')
          caughtUp = clock.now().getTime()
          const reading = { ...options, ...state, lease, onCaughtUp: (at: number) => (caughtUp = at) }
          await readWhileHeld(reading, taken.progress)
        }
        caughtUp = undefined
      } catch (error) {
        // The lag goes on growing for as long as nobody took over.
        log.warn({ error }, 'the stream cannot be read for now')
      }
      await rest((leaseSeconds * 1000) / 5)
    }
  }

  const running = run()
  return {
    lag: () => (caughtUp === undefined ? undefined : clock.now().getTime() - caughtUp),
    close: async () => {
      stop.abort()
      await running
    },
  }
}

interface Reading extends StreamOptions {
  readonly lease: Lease
  readonly leaseSeconds: number
  readonly stop: AbortSignal
  readonly rest: () => Promise<void>
  readonly onCaughtUp: (at: number) => void
}

const TRIES = 3
const SHARDS_MILLISECONDS = 60_000

/** Returns when the lease is another's, or after giving it back. */
async function readWhileHeld(reading: Reading, saved: Progress | undefined): Promise<void> {
  const { streams, documents, table, clock, lease, leaseSeconds, stop, log } = reading
  const stream = await streamOf(documents, table)
  // A new stream knows nothing of the old one's numbers.
  const progress = new Map(Object.entries(saved?.stream === stream ? saved.shards : {}))
  const iterators = new Map<string, string>()
  let shards: Shard[] = []
  let listedAt = Number.NEGATIVE_INFINITY
  let keptAt = clock.now().getTime()
  const listed = (): Progress => ({ stream, shards: Object.fromEntries(progress) })

  while (!stop.aborted) {
    const now = clock.now().getTime()
    if (now - listedAt >= SHARDS_MILLISECONDS) {
      shards = await shardsOf(streams, stream)
      for (const id of progress.keys()) if (!shards.some((shard) => shard.id === id)) progress.delete(id)
      listedAt = now
    }
    let news = 0
    let read = 0
    let caughtUp = now
    for (const { id } of readable(shards, progress)) {
      const checkpoint = progress.get(id)
      const batch = await readShard(streams, { stream, shard: id, iterator: iterators.get(id), checkpoint })
      const ids = executionsIn(batch.records)
      await tellOrPass(reading, ids)
      progress.set(id, after(batch, checkpoint))
      if (batch.next === undefined) listedAt = Number.NEGATIVE_INFINITY
      if (batch.next === undefined) iterators.delete(id)
      else iterators.set(id, batch.next)
      news += ids.length
      read += batch.records.length
      caughtUp = Math.min(caughtUp, madeAt(batch) ?? now)
    }
    reading.onCaughtUp(caughtUp)
    // Saving writes to the table, which the stream reports: only news, or the beat that is due, may cause it.
    const isDue = clock.now().getTime() - keptAt >= (leaseSeconds * 1000) / 5
    if (news > 0 || isDue) {
      if (!(await lease.keep(listed()))) return log.warn('lost the lease: another process reads the stream')
      keptAt = clock.now().getTime()
    }
    if (read === 0) await reading.rest()
  }
  await lease.release(listed())
}

async function tellOrPass({ onExecutions, rest, log }: Reading, ids: readonly string[]): Promise<void> {
  let untold = await tell(ids, onExecutions)
  for (let tries = 1; untold.size > 0 && tries < TRIES; tries++) {
    await rest()
    untold = await tell([...untold.keys()], onExecutions)
  }
  for (const [execution, error] of untold)
    log.error(
      { execution, error },
      'execution quarantined: its change cannot be told, the sweep will look at it',
    )
}

function after(batch: Batch, before: Checkpoint | undefined): Checkpoint {
  const sequence = batch.records.at(-1)?.dynamodb?.SequenceNumber ?? before?.sequence
  return { ...(sequence !== undefined && { sequence }), ...(batch.next === undefined && { done: true }) }
}

const madeAt = ({ records }: Batch) => records.at(-1)?.dynamodb?.ApproximateCreationDateTime?.getTime()

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
