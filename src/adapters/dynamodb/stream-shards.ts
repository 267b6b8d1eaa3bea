import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Checkpoint } from './stream-lease.ts'

export interface Shard {
  readonly id: string
  readonly parent: string | undefined
}

export interface Batch {
  readonly records: readonly _Record[]
  /** Where the next one begins; none when the shard was read to its end. */
  readonly next: string | undefined
}

/** The stream that tells what changes now. One that was turned off can be read for a day, and tells nothing new. */
export async function streamOf(documents: DynamoDBDocumentClient, table: string): Promise<string> {
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: table }))
  const isOn = Table?.StreamSpecification?.StreamEnabled === true
  if (isOn && Table.LatestStreamArn !== undefined) return Table.LatestStreamArn
  throw new Error(`table "${table}" has no stream: turn it on with NEW_AND_OLD_IMAGES`)
}

export async function shardsOf(streams: DynamoDBStreamsClient, stream: string): Promise<Shard[]> {
  const shards: Shard[] = []
  let last: string | undefined
  do {
    const page = await streams.send(
      new DescribeStreamCommand({ StreamArn: stream, ExclusiveStartShardId: last }),
    )
    for (const { ShardId: id, ParentShardId: parent } of page.StreamDescription?.Shards ?? [])
      if (id !== undefined) shards.push({ id, parent })
    last = page.StreamDescription?.LastEvaluatedShardId
  } while (last !== undefined)
  return shards
}

/** Shards that may be read now: unfinished ones whose parent was read to its end, or is in the list no more. */
export function readable(shards: readonly Shard[], progress: ReadonlyMap<string, Checkpoint>): Shard[] {
  const unfinished = shards.filter(({ id }) => progress.get(id)?.done !== true)
  const open = new Set(unfinished.map(({ id }) => id))
  return unfinished.filter(({ parent }) => parent === undefined || !open.has(parent))
}

/** The next records of a shard. An iterator that is too old is replaced by one from the checkpoint, or the oldest there is. */
export async function readShard(
  streams: DynamoDBStreamsClient,
  from: { stream: string; shard: string; iterator: string | undefined; checkpoint: Checkpoint | undefined },
): Promise<Batch> {
  const { stream, shard, iterator, checkpoint } = from
  try {
    const current = iterator ?? (await iteratorOf(streams, stream, shard, checkpoint))
    // A shard that vanished was older than a day.
    if (current === undefined) return { records: [], next: undefined }
    const { Records: records = [], NextShardIterator: next } = await streams.send(
      new GetRecordsCommand({ ShardIterator: current, Limit: BATCH }),
    )
    return { records, next }
  } catch (error) {
    if (error instanceof ExpiredIteratorException && iterator !== undefined)
      return readShard(streams, { ...from, iterator: undefined })
    if (error instanceof TrimmedDataAccessException && (iterator ?? checkpoint?.sequence) !== undefined)
      return readShard(streams, { ...from, iterator: undefined, checkpoint: undefined })
    throw error
  }
}

// Few enough to be told well within the lease.
const BATCH = 200

async function iteratorOf(
  streams: DynamoDBStreamsClient,
  stream: string,
  shard: string,
  checkpoint: Checkpoint | undefined,
): Promise<string | undefined> {
  const place = { StreamArn: stream, ShardId: shard }
  try {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand(
        checkpoint?.sequence === undefined
          ? { ...place, ShardIteratorType: 'TRIM_HORIZON' }
          : { ...place, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: checkpoint.sequence },
      ),
    )
    return ShardIterator
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}
