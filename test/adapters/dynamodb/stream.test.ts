import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { changeKey, headKey } from '../../../src/adapters/dynamodb/keys.ts'
import { readStream } from '../../../src/adapters/dynamodb/stream.ts'
import type { OnExecutions } from '../../../src/adapters/dynamodb/stream-records.ts'
import { readable } from '../../../src/adapters/dynamodb/stream-shards.ts'
import { type ManualClock, manualClock } from '../../../src/adapters/memory/clock.ts'
import { freshDynamoDb } from '../../support/servers.ts'

const server = await freshDynamoDb()
const settings = {
  endpoint: server.url,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
}
const documents = DynamoDBDocumentClient.from(new DynamoDBClient(settings))
const streams = new DynamoDBStreamsClient(settings)
let tables = 0

/** A table with a stream, and readers of it, each on a clock of its own. */
async function ground() {
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
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    }),
  )
  let versions = 0
  return {
    change: async (...ids: string[]) => {
      for (const id of ids) {
        await documents.send(new PutCommand({ TableName: table, Item: headKey(id) }))
        await documents.send(new PutCommand({ TableName: table, Item: changeKey(id, ++versions) }))
      }
    },
    reader: (owner: string, fail?: OnExecutions) => {
      const heard: string[] = []
      const clock = manualClock()
      const onExecutions: OnExecutions = async (ids) => {
        await fail?.(ids)
        heard.push(...ids)
      }
      const log = pino({ level: 'silent' })
      const reader = readStream({ streams, documents, table, owner, clock, onExecutions, log })
      onTestFinished(() => reader.close())
      return { ...reader, heard, clock }
    },
  }
}

/** Lets the clocks run until the condition holds. Clocks not named stand still, as those of dead processes do. */
async function until(condition: () => boolean, ...clocks: ManualClock[]): Promise<number> {
  for (let step = 0; step < 5_000; step++) {
    if (condition()) return step * 50
    for (const clock of clocks) clock.advance(50)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error('It never happened.')
}

test('of three readers one tells each change, and items that are no changes are not told', async () => {
  const { change, reader } = await ground()
  const readers = ['a', 'b', 'c'].map((owner) => reader(owner))
  await change('one', 'two', 'three')
  const heard = () => readers.flatMap((each) => each.heard)
  await until(() => heard().length >= 3, ...readers.map(({ clock }) => clock))
  await change('four')
  await until(() => heard().length >= 4, ...readers.map(({ clock }) => clock))
  expect(heard()).toEqual(['one', 'two', 'three', 'four'])
  expect(readers.filter((each) => each.heard.length > 0)).toHaveLength(1)
  expect(readers.filter((each) => each.lag() !== undefined)).toHaveLength(1)
})

test('when the reader dies without a word another one takes over within 15 s, from the checkpoint', async () => {
  const { change, reader } = await ground()
  let revive = () => {}
  let isDead = false
  const dead = reader('dead', async (ids) => {
    if (!ids.includes('two')) return
    isDead = true
    await new Promise<void>((resolve) => {
      revive = resolve
    })
  })
  await change('one')
  await until(() => dead.heard.length === 1, dead.clock)
  await change('two')
  await until(() => isDead, dead.clock)

  const next = reader('next')
  const took = await until(() => next.heard.length > 0, next.clock)
  expect(next.heard).toEqual(['two'])
  expect(took).toBeGreaterThan(10_000)
  expect(took).toBeLessThan(17_000) // The clock runs on while the database answers.

  revive()
  await until(() => dead.lag() === undefined, dead.clock)
})

test('after an orderly close the next reader goes on from the checkpoint at once', async () => {
  const { change, reader } = await ground()
  const first = reader('first')
  await change('one')
  await until(() => first.heard.length === 1, first.clock)
  await first.close()
  await change('two')
  const second = reader('second')
  await until(() => second.heard.length === 1, second.clock)
  expect(second.heard).toEqual(['two'])
})

test('an execution that cannot be told is tried three times and passed, and the others go on', async () => {
  const { change, reader } = await ground()
  let alone = 0
  await change('good', 'poison', 'fine')
  const { heard, clock } = reader('a', async (ids) => {
    if (!ids.includes('poison')) return
    if (ids.length === 1) alone += 1
    throw new Error('cannot be told')
  })
  await until(() => heard.length === 2, clock)
  await change('later')
  await until(() => heard.includes('later'), clock)
  expect(heard).toEqual(['good', 'fine', 'later'])
  expect(alone).toBe(3)
})

test.each([ExpiredIteratorException, TrimmedDataAccessException])(
  'after %o reading goes on with a new iterator, and no change is missed',
  async (Refusal) => {
    const { change, reader } = await ground()
    const { heard, clock } = reader('a')
    await change('one')
    await until(() => heard.length === 1, clock)

    let refusals = 0
    const name = `refuse once: ${Refusal.name}`
    streams.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName !== 'GetRecordsCommand' || refusals > 0) return next(args)
        refusals += 1
        throw new Refusal({ message: 'too old', $metadata: {} })
      },
      { step: 'initialize', name },
    )
    onTestFinished(() => void streams.middlewareStack.remove(name))
    await until(() => refusals === 1, clock)
    await change('two')
    await until(() => heard.includes('two'), clock)
    expect(new Set(heard)).toEqual(new Set(['one', 'two']))
  },
)

test('a shard is read once its parent was read to its end, or is in the list no more', () => {
  const shards = [
    { id: 'child', parent: 'parent' },
    { id: 'parent', parent: 'trimmed' },
    { id: 'stranger', parent: undefined },
  ]
  const ids = (progress: Map<string, { done?: boolean; sequence?: string }>) =>
    readable(shards, progress).map(({ id }) => id)
  expect(ids(new Map())).toEqual(['parent', 'stranger'])
  expect(ids(new Map([['parent', { sequence: '7' }]]))).toEqual(['parent', 'stranger'])
  expect(ids(new Map([['parent', { done: true }]]))).toEqual(['child', 'stranger'])
})
