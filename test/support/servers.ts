import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDynamoDb } from '../../src/sandbox/embedded/dynamodb.ts'
import { startRedis } from '../../src/sandbox/embedded/redis.ts'

export interface FreshServer {
  url: string
  close(): Promise<void>
}

const closes: (() => Promise<void>)[] = []
let ofFile: Promise<FreshServer> | undefined

/** Stops whatever the test file started. */
export async function endServers(): Promise<void> {
  ofFile = undefined
  await Promise.all(closes.splice(0).map((close) => close()))
}
// A killed test run leaves this process behind with nobody to talk to: end it, and the servers with it.
process.once('disconnect', () => process.exit(1))

/** An empty DynamoDB in memory. It ends with the test file, or earlier by `close`. */
export async function freshDynamoDb(): Promise<FreshServer> {
  const { url, close } = await startDynamoDb()
  closes.push(close)
  return { url, close }
}

/** One DynamoDB for all tests of the file, which take tables of their own in it. */
export function dynamoDbOfFile(): Promise<FreshServer> {
  ofFile ??= freshDynamoDb()
  return ofFile
}

/** An empty Redis. It ends with the test file, or earlier by `close`. */
export async function freshRedis(): Promise<FreshServer> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-redis-'))
  const server = await startRedis({ folder })
  const close = async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
  closes.push(close)
  return { url: server.url, close }
}
