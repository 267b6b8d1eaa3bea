import { setTimeout } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { ancestor } from './ancestor-engine.ts'
import { createTables, provision } from './ancestor-table.ts'
import { contest, within } from './contestant-process.ts'
import { startGround } from './ground.ts'
import { type Mark, now, type Order, type Ran } from './messages.ts'
import { meter } from './meter.ts'

// AWS looks into an idle shard four times a second; this one looks far more often, so that waiting is not what is measured.
const IDLE_MILLISECONDS = 5

const text = z.object({ S: z.string() }).transform(({ S }) => S)
const pipelineImage = z.object({ pipeline_id: text, pipeline_status: text })
const taskImage = z.object({
  task_execution_id: text,
  pipeline_id: text,
  task_execution_status: text,
  task_successors: z.object({ L: z.array(text) }).transform(({ L }) => L),
})

let serial = 0
const awaited = new Map<string, () => void>()

await contest(async () => {
  const ground = await startGround()
  const settings = {
    region: 'us-west-2',
    endpoint: ground.dynamoUrl,
    credentials: { accessKeyId: 'practice', secretAccessKey: 'practice' },
  }
  const client = new DynamoDBClient(settings)
  const streams = new DynamoDBStreamsClient(settings)
  const documents = DynamoDBDocumentClient.from(client)
  const arns = await createTables(client)
  const counter = meter(client)
  const seen = new Map<string, number>()
  const engine = ancestor(documents, {
    automation: (id) => seen.set(id, now()),
    completed: (pipeline) => awaited.get(pipeline)?.(),
  })

  async function handle({ dynamodb: { OldImage, NewImage } = {} }: _Record): Promise<void> {
    if (!OldImage || !NewImage) return
    if ('task_execution_id' in NewImage)
      return engine.taskChanged(taskImage.parse(OldImage), taskImage.parse(NewImage))
    const [before, after] = [pipelineImage.parse(OldImage), pipelineImage.parse(NewImage)]
    return engine.pipelineChanged(after.pipeline_id, before.pipeline_status, after.pipeline_status)
  }

  let isOpen = true
  const reading = arns.map((arn) => follow(arn))
  async function follow(arn: string): Promise<void> {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }))
    const place = { StreamArn: arn, ShardId: StreamDescription?.Shards?.[0]?.ShardId }
    let { ShardIterator: next } = await streams.send(
      new GetShardIteratorCommand({ ...place, ShardIteratorType: 'TRIM_HORIZON' }),
    )
    while (isOpen && next) {
      const { Records = [], NextShardIterator } = await streams.send(
        new GetRecordsCommand({ ShardIterator: next, Limit: 100 }),
      )
      // One record after the other, as its handler loops over a batch.
      for (const record of Records) await handle(record)
      if (Records.length === 0) await setTimeout(IDLE_MILLISECONDS)
      next = NextShardIterator
    }
  }

  async function run({ workload, limitSeconds }: Order): Promise<Ran> {
    const pipelines = Array.from({ length: workload.runs }, () => `p${serial++}`)
    for (const pipeline of pipelines) await provision(documents, pipeline, workload.steps)
    const ends = pipelines.map((pipeline) => new Promise<void>((resolve) => awaited.set(pipeline, resolve)))
    counter.take()
    seen.clear()
    const began = now()
    const started = Promise.all(pipelines.map((pipeline) => engine.provisioned(pipeline)))
    const finished = await within(limitSeconds, Promise.all([started, ...ends]))
    const seconds = (now() - began) / 1000
    const metered = counter.take()
    awaited.clear()
    const marks = pipelines.flatMap((pipeline, place) =>
      workload.steps.flatMap(({ id }): Mark[] => {
        const at = seen.get(`${pipeline}-${id}`)
        return at === undefined ? [] : [[place, id, at, at]]
      }),
    )
    return { seconds, finished, marks, metered }
  }

  return {
    run,
    close: async () => {
      isOpen = false
      await Promise.all(reading)
      client.destroy()
      streams.destroy()
      await ground.close()
    },
  }
})
