import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDynamoDb } from '../../src/sandbox/embedded/dynamodb.ts'
import { startRedis } from '../../src/sandbox/embedded/redis.ts'

export interface Ground {
  readonly dynamoUrl: string
  readonly redisUrl: string
  close(): Promise<void>
}

/** A DynamoDB and a Redis of one's own, both on disk: what is acknowledged outlives the process. */
export async function startGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-bench-ground-'))
  const [dynamo, redis] = await Promise.all([
    startDynamoDb({ folder: join(folder, 'dynamodb') }),
    startRedis({ folder: join(folder, 'redis') }),
  ])
  return {
    dynamoUrl: dynamo.url,
    redisUrl: redis.url,
    close: async () => {
      await Promise.all([dynamo.close(), redis.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
