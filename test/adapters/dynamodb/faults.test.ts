import { randomBytes } from 'node:crypto'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { dynamoExecutions } from '../../../src/adapters/dynamodb/executions.ts'
import { headKey, taskKey } from '../../../src/adapters/dynamodb/keys.ts'
import { dynamoPlans } from '../../../src/adapters/dynamodb/plans.ts'
import { checkTable, createTable } from '../../../src/adapters/dynamodb/table.ts'
import { executionId } from '../../../src/domain/execution.ts'
import { taskId } from '../../../src/domain/task.ts'
import { FinalFailure, TransientFailure } from '../../../src/ports/failure.ts'
import { begun, move, step } from '../../support/executions.ts'
import { freshClient, freshTable } from './fresh-table.ts'

const conflict = () =>
  new TransactionCanceledException({
    message: 'conflict',
    $metadata: {},
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  })
const lost = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })

/** The next calls of that kind fail, before they are sent or after they were carried out. Counts all that were asked for. */
function breakCalls(
  client: DynamoDBDocumentClient,
  when: 'before' | 'after',
  errors: Error[],
  command = 'TransactWriteItemsCommand',
): () => number {
  let asked = 0
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== command) return next(args)
      asked += 1
      const error = errors.shift()
      if (error && when === 'before') throw error
      const reply = await next(args)
      if (error) throw error
      return reply
    },
    { step: 'initialize' },
  )
  return () => asked
}

async function started() {
  const [client, table] = await freshTable()
  const store = dynamoExecutions(client, table)
  const { execution, record } = begun()
  await store.create(execution, record)
  return { client, table, store, execution, save: step(execution, move(execution, 't0', 'start')) }
}

test('a save whose reply was lost is saved', async () => {
  const { client, store, execution, save } = await started()
  const asked = breakCalls(client, 'after', [lost()])
  expect(await store.save(...save)).toEqual({ kind: 'saved' })
  expect(asked()).toBe(1)
  expect(await store.load(execution.id)).toStrictEqual(save[2])
})

test('a save that never arrived is a transient failure, and passes when it is repeated', async () => {
  const { client, store, save } = await started()
  breakCalls(client, 'before', [lost()])
  await expect(store.save(...save)).rejects.toThrow(TransientFailure)
  expect(await store.save(...save)).toEqual({ kind: 'saved' })
})

test('a conflict is no verdict: the save is tried again', async () => {
  const { client, store, save } = await started()
  const asked = breakCalls(client, 'before', [conflict(), conflict()])
  expect(await store.save(...save)).toEqual({ kind: 'saved' })
  expect(asked()).toBe(3)
})

test('a conflict that lasts is a transient failure', async () => {
  const { client, store, save } = await started()
  breakCalls(client, 'before', Array.from({ length: 6 }, conflict))
  await expect(store.save(...save)).rejects.toThrow(TransientFailure)
})

test('a load that meets a save in progress reads again', async () => {
  const { client, store, execution } = await started()
  const asked = breakCalls(client, 'before', [conflict()], 'TransactGetItemsCommand')
  expect(await store.load(execution.id)).toStrictEqual(execution)
  expect(asked()).toBe(3)
})

test('a task newer than its head is never given out', async () => {
  const { client, table, store, execution } = await started()
  const stamp = (version: number) =>
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: taskKey(execution, taskId.parse('t0')),
        UpdateExpression: 'SET version = :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    )
  await stamp(2)
  await expect(store.load(execution.id)).rejects.toThrow(TransientFailure)
  await stamp(1)
  expect(await store.load(execution.id)).toStrictEqual(execution)
})

test('two starts of one id, half written by a process that died, do not mix their tasks', async () => {
  const [client, table] = await freshTable()
  const store = dynamoExecutions(client, table)
  const dead = begun({ tasks: 200 })
  breakCalls(client, 'after', [lost()])
  await expect(store.create(dead.execution, dead.record)).rejects.toThrow(TransientFailure)
  expect(await store.load(dead.execution.id)).toBeUndefined()

  const again = begun({ tasks: 100, id: dead.execution.id })
  const execution = { ...again.execution, startedAt: '2026-01-08T12:00:01.000Z' }
  expect(await store.create(execution, again.record)).toEqual({ kind: 'created' })
  expect(await store.load(execution.id)).toStrictEqual(execution)
})

test('a table that is not there is a final failure', async () => {
  const [client] = await freshTable()
  await expect(dynamoExecutions(client, 'nowhere').active()).rejects.toThrow(FinalFailure)
})

test('a plan that does not fit into an item is refused by name', async () => {
  const store = dynamoPlans(...(await freshTable()))
  const document = randomBytes(400 * 1024).toString('base64')
  const put = store.put({ id: 'big', hash: 'h', document, savedAt: 'now', savedBy: 'token:ci' })
  await expect(put).rejects.toThrow(/^The plan "big" is \d+ bytes when compressed/)
  await expect(put).rejects.toThrow(FinalFailure)
})

test('the table is made once, and checked by name', async () => {
  const client = await freshClient()
  expect(await checkTable(client, 'mine')).toMatch('There is no DynamoDB table "mine".')
  await Promise.all([createTable(client, 'mine'), createTable(client, 'mine')])
  await createTable(client, 'mine')
  expect(await checkTable(client, 'mine')).toBeUndefined()
})

test('a head that cannot be read hides no other one from the sweep', async () => {
  const { client, table, store, execution } = await started()
  const broken = executionId.parse('01BROKEN')
  await client.send(new PutCommand({ TableName: table, Item: { ...headKey(broken), version: 'many' } }))
  expect(await store.versions([broken, execution.id])).toEqual(new Map([[execution.id, 1]]))
})
