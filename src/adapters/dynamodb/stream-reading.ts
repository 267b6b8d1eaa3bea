import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Logger } from 'pino'
import type { Clock } from '../../ports/clock.ts'
import type { Checkpoint, Lease, Progress } from './stream-lease.ts'
import { executionsIn, type OnExecutions, tell, unreadableIn } from './stream-records.ts'
import { type Batch, readable, readShard, type Shard, shardsOf, streamOf } from './stream-shards.ts'
import type { StreamTrouble } from './stream-trouble.ts'

export interface Reading {
  readonly streams: DynamoDBStreamsClient
  readonly documents: DynamoDBDocumentClient
  readonly table: string
  readonly clock: Clock
  readonly onExecutions: OnExecutions
  readonly log: Logger
  readonly stream: string
  readonly lease: Lease
  readonly leaseSeconds: number
  readonly stop: AbortSignal
  readonly seen: StreamTrouble
  readonly rest: () => Promise<void>
  readonly onCaughtUp: (at: number) => void
}

const TRIES = 3
const SHARDS_MILLISECONDS = 60_000
const SAVING_MILLISECONDS = 1_000
/** Records in one round that say that there are more. */
const FULL = 200

/** Returns when the lease is another's, or after giving it back. */
export async function readWhileHeld(reading: Reading, saved: Progress | undefined): Promise<void> {
  const { stream, lease, log } = reading
  // A new stream knows nothing of the old one's numbers.
  const progress = new Map(Object.entries(saved?.stream === stream ? saved.shards : {}))
  const listed = (): Progress => ({ stream, shards: Object.fromEntries(progress) })
  try {
    const isOurs = await readShards(reading, progress, () => lease.keep(listed()))
    if (!isOurs) return log.warn('lost the lease: another process reads the stream')
  } catch (error) {
    await lease.release(listed()).catch(() => {}) // Then it runs out.
    throw error
  }
  await lease.release(listed())
}

/** Reads until it is stopped or the stream is another one: true. False once the lease is lost. */
async function readShards(
  reading: Reading,
  progress: Map<string, Checkpoint>,
  keep: () => Promise<boolean>,
): Promise<boolean> {
  const { streams, stream, documents, table, clock, leaseSeconds, stop, seen } = reading
  const iterators = new Map<string, string>()
  let shards: Shard[] = []
  let listedAt = Number.NEGATIVE_INFINITY
  let keptAt = clock.now().getTime()
  let unsaved = false

  while (!stop.aborted) {
    const now = clock.now().getTime()
    if (now - listedAt >= SHARDS_MILLISECONDS) {
      if ((await streamOf(documents, table)) !== stream) return true
      shards = await shardsOf(streams, stream)
      for (const id of progress.keys()) if (!shards.some((shard) => shard.id === id)) progress.delete(id)
      listedAt = now
    }
    const round = { news: 0, read: 0, caughtUp: now, failures: [] as unknown[] }
    const open = readable(shards, progress)
    for (const { id } of open) {
      const checkpoint = progress.get(id)
      const batch = await readShard(streams, {
        ...{ stream, shard: id, iterator: iterators.get(id), checkpoint },
      }).catch((error: unknown) => void round.failures.push(error))
      if (!batch) {
        iterators.delete(id)
        continue
      }
      const ids = executionsIn(batch.records)
      passUnreadable(reading, id, batch)
      await tellOrPass(reading, ids)
      progress.set(id, after(batch, checkpoint))
      if (batch.next === undefined) listedAt = Number.NEGATIVE_INFINITY
      if (batch.next === undefined) iterators.delete(id)
      else iterators.set(id, batch.next)
      round.news += ids.length
      round.read += batch.records.length
      round.caughtUp = Math.min(round.caughtUp, madeAt(batch) ?? now)
    }
    if (round.failures.length > 0) {
      if (round.failures.length === open.length) throw round.failures[0]
      seen.outage(round.failures[0])
    } else {
      seen.well()
      reading.onCaughtUp(round.caughtUp)
    }
    // Saving writes to the table, which the stream reports. What is read anew after a crash is told twice, which harms nobody.
    unsaved ||= round.news > 0
    const since = clock.now().getTime() - keptAt
    if (since >= (leaseSeconds * 1000) / 5 || (unsaved && since >= SAVING_MILLISECONDS)) {
      if (!(await keep())) return false
      keptAt = clock.now().getTime()
      unsaved = false
    }
    // A stream that is read record by record costs a request each; who is behind goes on at once.
    if (round.read < FULL || round.failures.length > 0) await reading.rest()
  }
  return true
}

async function tellOrPass({ onExecutions, rest, log, seen }: Reading, ids: readonly string[]): Promise<void> {
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
  seen.passed(untold.size)
}

function passUnreadable({ log, seen }: Reading, shard: string, { records }: Batch): void {
  const unreadable = unreadableIn(records)
  if (unreadable.length > 0) log.error({ shard, records: unreadable }, 'records passed over: they are none')
  seen.passed(unreadable.length)
}

function after(batch: Batch, before: Checkpoint | undefined): Checkpoint {
  const sequence = batch.records.at(-1)?.dynamodb?.SequenceNumber ?? before?.sequence
  return { ...(sequence !== undefined && { sequence }), ...(batch.next === undefined && { done: true }) }
}

const madeAt = ({ records }: Batch) => records.at(-1)?.dynamodb?.ApproximateCreationDateTime?.getTime()
