import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { dynamoExecutions } from '../../../src/adapters/dynamodb/executions.ts'
import { changeKey, headKey } from '../../../src/adapters/dynamodb/keys.ts'
import { begun, move, step } from '../../support/executions.ts'
import { freshTable } from './fresh-table.ts'

/** A run at version 2, and another save that was decided on version 1. */
async function ground() {
  const [client, table] = await freshTable()
  const store = dynamoExecutions(client, table)
  const { execution, record } = begun()
  await store.create(execution, record)
  const read = async (key: object) => (await client.send(new GetCommand({ TableName: table, Key: key }))).Item
  const first = await read(headKey(execution.id))
  await store.save(...step(execution, move(execution, 't0', 'start')))
  const late = step(execution, move(execution, 't1', 'start'))
  return { client, table, store, execution, read, first, late }
}

// A save is held by two conditions, on the head and on the record. Each must hold it alone: the table may have been tampered with.

test('where a record stands already it is never written over, though the head was set back', async () => {
  const { client, table, store, execution, read, first, late } = await ground()
  await client.send(new PutCommand({ TableName: table, Item: first }))
  const standing = await read(changeKey(execution.id, 2))
  expect(await store.save(...late)).toEqual({ kind: 'stale' })
  expect(await read(changeKey(execution.id, 2))).toEqual(standing)
})

test('a save on an older version than the head has is stale, though its record was deleted', async () => {
  const { client, table, store, execution, read, late } = await ground()
  await client.send(new DeleteCommand({ TableName: table, Key: changeKey(execution.id, 2) }))
  const standing = await read(headKey(execution.id))
  expect(await store.save(...late)).toEqual({ kind: 'stale' })
  expect(await read(headKey(execution.id))).toEqual(standing)
})
