import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BatchWriteItemCommand, CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { expect, onTestFinished, test } from 'vitest'
import { startDynamoDb } from '../../../src/sandbox/embedded/dynamodb.ts'
import { findCommand, USUAL_PATH } from '../../../src/sandbox/embedded/find-command.ts'
import { testFolder, untilTestEnds } from './workbench.ts'

const BATCH = 25
const NO_COMMANDS = '/nonexistent'

test('a start keeps the newest records of a long stream and all of a short one, given the sqlite3 command', async () => {
  const folder = await testFolder()
  const first = await untilTestEnds(startDynamoDb({ folder }))
  await fillTable(first.url, 'long', 5_025)
  await fillTable(first.url, 'short', 50)
  await first.close()

  const untidied = await untilTestEnds(startDynamoDb({ folder, path: NO_COMMANDS }))
  expect(await readStream(untidied.url, 'long')).toHaveLength(5_025)
  await untidied.close()

  const tidied = await untilTestEnds(startDynamoDb({ folder }))
  const kept = await readStream(tidied.url, 'long')
  expect(kept).toHaveLength(findCommand('sqlite3', USUAL_PATH) === undefined ? 5_025 : 2_000)
  expect(kept.at(-1)).toBe('5024')
  expect(await readStream(tidied.url, 'short')).toHaveLength(50)

  await putAll(tidied.url, 'long', 6_000, BATCH)
  const grown = await readStream(tidied.url, 'long')
  expect(grown.slice(0, kept.length)).toEqual(kept)
  expect(grown.slice(kept.length)).toEqual(Array.from({ length: BATCH }, (_, index) => String(6_000 + index)))
})

test('a sqlite3 command that fails changes nothing', async () => {
  const path = await testFolder()
  await writeFile(join(path, 'sqlite3'), '#!/bin/sh\nexit 1\n')
  await chmod(join(path, 'sqlite3'), 0o755)
  const server = await untilTestEnds(startDynamoDb({ folder: await testFolder(), path }))
  await fillTable(server.url, 'short', 25)
  expect(await readStream(server.url, 'short')).toHaveLength(25)
})

const access = (endpoint: string) => ({
  endpoint,
  region: 'us-west-2',
  credentials: { accessKeyId: 'practice', secretAccessKey: 'practice' },
})

async function fillTable(endpoint: string, table: string, items: number): Promise<void> {
  const client = new DynamoDBClient(access(endpoint))
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    }),
  )
  client.destroy()
  await putAll(endpoint, table, 0, items)
}

async function putAll(endpoint: string, table: string, start: number, items: number): Promise<void> {
  const client = new DynamoDBClient(access(endpoint))
  for (let from = start; from < start + items; from += BATCH) {
    const puts = Array.from({ length: BATCH }, (_, index) => ({
      PutRequest: { Item: { id: { S: String(from + index) } } },
    }))
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }))
  }
  client.destroy()
}

/** The ids of all records of the table's stream, from its oldest on. */
async function readStream(endpoint: string, table: string): Promise<string[]> {
  const client = new DynamoDBStreamsClient(access(endpoint))
  onTestFinished(() => client.destroy())
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: table }))
  const StreamArn = Streams?.[0]?.StreamArn
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }))
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId
  const first = await client.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  )

  const ids: string[] = []
  for (let iterator = first.ShardIterator; iterator !== undefined; ) {
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }))
    if (!page.Records?.length) break
    ids.push(...page.Records.map((record) => record.dynamodb?.Keys?.id?.S ?? ''))
    iterator = page.NextShardIterator
  }
  return ids
}
