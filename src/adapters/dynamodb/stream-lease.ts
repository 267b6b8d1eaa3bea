import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import { leaseKey } from './keys.ts'

/** How far each shard has been read: the last sequence number, or that it was read to its end. */
export interface Checkpoint {
  readonly sequence?: string | undefined
  readonly done?: boolean | undefined
}
export interface Progress {
  readonly stream: string
  readonly shards: Readonly<Record<string, Checkpoint>>
}

export interface LeaseOptions {
  readonly documents: DynamoDBDocumentClient
  readonly table: string
  readonly name: string
  readonly owner: string
  readonly clock: Clock
  readonly leaseSeconds: number
}

export interface Lease {
  /** Takes a lease that is free, ours, or has stood still; answers with the progress saved in it, or that it is another's. */
  take(): Promise<{ kind: 'taken'; progress: Progress | undefined } | { kind: 'held by another' }>
  /** Saves the progress and stays the holder; false once another one is. */
  keep(progress: Progress): Promise<boolean>
  /** Lets another one take it at once. */
  release(progress: Progress): Promise<void>
}

/**
 * Of several processes one holds the lease. A holder shows life by counting `beat` up. Another one takes over when the
 * count has stood still for four fifths of the lease on its own clock, so that clocks need not agree, and only from
 * the very count that it saw, so that of several takers one wins.
 */
export function streamLease(options: LeaseOptions): Lease {
  const { documents, table, name, owner, clock, leaseSeconds } = options
  const key = { TableName: table, Key: leaseKey(name) }
  let seen: { beat: number; at: number } | undefined

  async function take(): ReturnType<Lease['take']> {
    const { Item } = await documents.send(new GetCommand({ ...key, ConsistentRead: true }))
    const found = ITEM.optional().parse(Item)
    const now = clock.now().getTime()
    if (found?.beat !== seen?.beat || seen === undefined) seen = { beat: found?.beat ?? 0, at: now }
    const isStill = now - seen.at >= leaseSeconds * 1000 * STILL
    const isFree = found?.owner === undefined || found.owner === owner
    if (!isFree && !isStill) return { kind: 'held by another' }

    const taken = await update({
      UpdateExpression: 'SET #owner = :me ADD beat :one',
      ConditionExpression: found ? 'beat = :seen' : 'attribute_not_exists(pk)',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':me': owner, ':one': 1, ...(found && { ':seen': found.beat }) },
    })
    return taken ? { kind: 'taken', progress: found?.progress } : { kind: 'held by another' }
  }

  function save(expression: string, progress: Progress): Promise<boolean> {
    return update({
      UpdateExpression: expression,
      ConditionExpression: '#owner = :me',
      ExpressionAttributeNames: { '#owner': 'owner', '#progress': 'progress' },
      ExpressionAttributeValues: { ':me': owner, ':one': 1, ':progress': progress },
    })
  }

  async function update(input: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>) {
    try {
      await documents.send(new UpdateCommand({ ...key, ...input }))
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  return {
    take,
    keep: (progress) => save('SET #progress = :progress ADD beat :one', progress),
    release: async (progress) => {
      await save('SET #progress = :progress ADD beat :one REMOVE #owner', progress)
    },
  }
}

// With a look at the lease every fifth of its length, the takeover comes within one length.
const STILL = 0.8

const ITEM = z.object({
  owner: z.string().optional(),
  beat: z.number(),
  progress: z
    .object({
      stream: z.string(),
      shards: z.record(
        z.string(),
        z.object({ sequence: z.string().optional(), done: z.boolean().optional() }),
      ),
    })
    .optional(),
})
