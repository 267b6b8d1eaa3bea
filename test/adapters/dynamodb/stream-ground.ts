import { CreateTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { changeKey, headKey } from '../../../src/adapters/dynamodb/keys.ts'
import { readStream } from '../../../src/adapters/dynamodb/stream.ts'
import type { OnExecutions } from '../../../src/adapters/dynamodb/stream-records.ts'
import { type ManualClock, manualClock } from '../../../src/adapters/memory/clock.ts'
import { dynamoDbOfFile } from '../../support/servers.ts'

const settings = async () => ({
  endpoint: (await dynamoDbOfFile()).url,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
})
const ON = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' as const }
let tables = 0

/** A table of the test's own with a stream, and readers of it, each on a clock of its own. */
export async function ground({ streamed = true } = {}) {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(await settings()))
  const streams = new DynamoDBStreamsClient(await settings())
  const table = `stream-${++tables}`
  await documents.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      ...(streamed && { StreamSpecification: ON }),
    }),
  )
  let versions = 0
  return {
    table,
    streams,
    turn: async (isOn: boolean) => {
      const StreamSpecification = isOn ? ON : { StreamEnabled: false }
      await documents.send(new UpdateTableCommand({ TableName: table, StreamSpecification }))
    },
    change: async (...ids: string[]) => {
      for (const id of ids) {
        await documents.send(new PutCommand({ TableName: table, Item: headKey(id) }))
        await documents.send(new PutCommand({ TableName: table, Item: changeKey(id, ++versions) }))
      }
    },
    reader: (owner: string, fail?: OnExecutions, client = streams) => {
      const heard: string[] = []
      const clock = manualClock()
      const onExecutions: OnExecutions = async (ids) => {
        await fail?.(ids)
        heard.push(...ids)
      }
      const log = pino({ level: 'silent' })
      const reader = readStream({ streams: client, documents, table, owner, clock, onExecutions, log })
      onTestFinished(() => reader.close())
      return { ...reader, heard, clock }
    },
  }
}

/** A streams client of the test's own, whose calls go through `answer` first: what it gives is the reply. */
export async function bentStreams(
  answer: (command: string, input: object, real: () => Promise<object>) => unknown,
) {
  const client = new DynamoDBStreamsClient(await settings())
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const real = async () => (await next(args)).output
      const output = await answer(String(context.commandName), args.input, real)
      return { response: {}, output: Object.assign({ $metadata: {} }, output) }
    },
    { step: 'initialize' },
  )
  onTestFinished(() => client.destroy())
  return client
}

/** Lets the clocks run until the condition holds. Clocks not named stand still, as those of dead processes do. */
export async function until(condition: () => boolean, ...clocks: ManualClock[]): Promise<number> {
  for (let step = 0; step < 5_000; step++) {
    if (condition()) return step * 50
    for (const clock of clocks) clock.advance(50)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error('It never happened.')
}
