import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { bullWorker } from '../../src/adapters/bullmq/worker.ts'
import { dynamoExecutions } from '../../src/adapters/dynamodb/executions.ts'
import { changeKey, headKey } from '../../src/adapters/dynamodb/keys.ts'
import { readShard, shardsOf, streamOf } from '../../src/adapters/dynamodb/stream-shards.ts'
import { createTable } from '../../src/adapters/dynamodb/table.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { QUEUE_PREFIX } from '../../src/apps/neighbours.ts'
import { handler, streamWaker } from '../../src/apps/stream-lambda.ts'
import { statusOf } from '../../src/domain/execution.ts'
import type { Job } from '../../src/ports/job-queue.ts'
import { begun } from '../support/executions.ts'
import { freshDynamoDb, freshRedis } from '../support/servers.ts'

const [dynamo, redis] = await Promise.all([freshDynamoDb(), freshRedis()])
const client = {
  endpoint: dynamo.url,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
}
const table = 'lifeboat'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient(client))
await createTable(new DynamoDBClient(client), table)

const eventSchema = z.object({
  Records: z.array(
    z.looseObject({
      dynamodb: z.looseObject({
        Keys: z.looseObject({ pk: z.object({ S: z.string() }) }),
        SequenceNumber: z.string(),
      }),
    }),
  ),
})

/** What AWS gives a Lambda: the records of the table's stream, as JSON. */
async function eventOfEverything() {
  const streams = new DynamoDBStreamsClient(client)
  const stream = await streamOf(documents, table)
  const [shard] = await shardsOf(streams, stream)
  if (!shard) throw new Error('The stream has no shard.')
  const start = { stream, shard: shard.id, iterator: undefined, checkpoint: undefined }
  const { records } = await readShard(streams, start)
  return eventSchema.parse(JSON.parse(JSON.stringify({ Records: records })))
}

test('records of the stream wake their executions, and the record of one that cannot be read is handed back', async () => {
  const waker = streamWaker({
    // No word of Slack or of a policy.
    AWS_REGION: client.region,
    AWS_ENDPOINT_URL: dynamo.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    DYNAMODB_TABLE: table,
    REDIS_URL: redis.url,
    LOG_LEVEL: 'silent',
  })
  onTestFinished(() => waker.close())
  const store = dynamoExecutions(documents, table)
  const { execution, record } = begun({ tasks: 2 })
  await documents.send(new PutCommand({ TableName: table, Item: { ...headKey('broken'), version: 'none' } }))
  await documents.send(new PutCommand({ TableName: table, Item: changeKey('broken', 1) }))
  await store.create(execution, record)
  expect(statusOf(execution)).toBe('PENDING')

  const event = await eventOfEverything()
  // Of its two records the second one is of a change.
  const broken = event.Records.filter(({ dynamodb }) => dynamodb.Keys.pk.S === headKey('broken').pk).at(1)
  expect(await waker.handler(event)).toEqual({
    batchItemFailures: [{ itemIdentifier: broken?.dynamodb.SequenceNumber }],
  })

  const woken = await store.load(execution.id)
  expect([...(woken?.tasks.values() ?? [])].map(({ status }) => status)).toEqual([
    'IN_PROGRESS',
    'IN_PROGRESS',
  ])
  expect(await jobs(2)).toEqual(['t0', 't1'])
})

/** The tasks of the first jobs that a worker is given. */
async function jobs(count: number): Promise<string[]> {
  const taken = await new Promise<Job[]>((resolve) => {
    const seen: Job[] = []
    const worker = bullWorker({
      redisUrl: redis.url,
      prefix: QUEUE_PREFIX,
      clock: systemClock,
      concurrency: 1,
      log: pino({ level: 'silent' }),
      work: async (job) => {
        if (seen.push(job) === count) resolve(seen)
        return { kind: 'done' }
      },
    })
    onTestFinished(() => worker.close())
  })
  return taken.map(({ task }) => task).sort()
}

test('with a half-filled configuration every call fails, naming all that is missing or malformed', async () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  for (const name of ['AWS_REGION', 'DYNAMODB_TABLE']) vi.stubEnv(name, '')
  vi.stubEnv('REDIS_URL', 'localhost')
  const problems = /AWS_REGION is missing.*\n.*DYNAMODB_TABLE is missing.*\n.*REDIS_URL is malformed/
  await expect(handler({ Records: [] })).rejects.toThrow(problems)
  await expect(handler({ Records: [] })).rejects.not.toThrow('SLACK')
})
