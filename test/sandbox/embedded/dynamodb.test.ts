import { readdir } from 'node:fs/promises'
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { startDynamoDb } from '../../../src/sandbox/embedded/dynamodb.ts'
import { freePort } from '../../../src/sandbox/embedded/free-port.ts'
import { isGone, testFolder, untilTestEnds } from './workbench.ts'

test('an item outlives an orderly restart', async () => {
  const folder = await testFolder()
  const first = await untilTestEnds(startDynamoDb({ folder }))
  await putPlan(connect(first.url))
  await first.close()
  expect(await isGone(first.pid)).toBe(true)

  const second = await untilTestEnds(startDynamoDb({ folder }))
  expect(await getPlan(connect(second.url))).toBe('pilot-light')
})

test('an acknowledged item outlives kill -9', async () => {
  const folder = await testFolder()
  const first = await untilTestEnds(startDynamoDb({ folder }))
  await putPlan(connect(first.url))
  process.kill(first.pid, 'SIGKILL')
  expect(await isGone(first.pid)).toBe(true)
  await first.close()

  const second = await untilTestEnds(startDynamoDb({ folder }))
  expect(await getPlan(connect(second.url))).toBe('pilot-light')
})

test('without a folder each start is empty', async () => {
  const first = await untilTestEnds(startDynamoDb())
  await putPlan(connect(first.url))
  await first.close()
  const second = await untilTestEnds(startDynamoDb())
  expect((await connect(second.url).send(new ListTablesCommand({}))).TableNames).toEqual([])
})

test('closing leaves only the database in the folder', async () => {
  const folder = await testFolder()
  const server = await startDynamoDb({ folder })
  await Promise.all([server.close(), server.close()])
  expect(await readdir(folder)).toEqual(['dynamodb.sqlite'])
})

test('a port that is taken is refused by name', async () => {
  const port = await freePort()
  await untilTestEnds(startDynamoDb({ port }))
  await expect(startDynamoDb({ port })).rejects.toThrow(
    new RegExp(
      `^dynoxide did not start on port ${port}: it ended before it answered\\..*already in use`,
      's',
    ),
  )
})

test('on a platform without the binary, one sentence names DynamoDB Local', async () => {
  const starting = startDynamoDb({ find: () => undefined })
  await expect(starting).rejects.toThrow('docker run -d -p 127.0.0.1:8000:8000 amazon/dynamodb-local')
  await expect(starting).rejects.toThrow('AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000')
})

function connect(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'practice', secretAccessKey: 'practice' }
  const client = new DynamoDBClient({ endpoint, region: 'us-west-2', credentials })
  onTestFinished(() => client.destroy())
  return client
}

async function putPlan(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: 'plans',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  )
  await client.send(
    new PutItemCommand({ TableName: 'plans', Item: { id: { S: '1' }, name: { S: 'pilot-light' } } }),
  )
}

async function getPlan(client: DynamoDBClient): Promise<string | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName: 'plans', Key: { id: { S: '1' } } }))
  return Item?.name?.S
}
