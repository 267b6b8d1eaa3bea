import { expect, test } from 'vitest'
import { dynamoExecutions } from '../../../src/adapters/dynamodb/executions.ts'
import { begun, move, step } from '../../support/executions.ts'
import { freshTable } from './fresh-table.ts'

/** Longer than a megabyte in all, which is as much as DynamoDB gives on one page. */
const RECORDS = 12
const REASON = 'r'.repeat(100_000)

test('a list longer than a page is given whole and in its order', async () => {
  const store = dynamoExecutions(...(await freshTable()))
  const { record, ...first } = begun()
  let { execution } = first
  await store.create(execution, record)
  for (let saves = 0; saves < RECORDS; saves++) {
    const [before, next, after] = step(
      execution,
      move(execution, 't0', saves % 2 === 0 ? 'hold' : 'release', REASON),
    )
    expect(await store.save(before, next, after)).toEqual({ kind: 'saved' })
    execution = after
  }
  const versions = (await store.changesSince(execution.id, 0)).map(({ version }) => version)
  expect(versions).toEqual(Array.from({ length: RECORDS + 1 }, (_, place) => place + 1))
  expect(await store.load(execution.id)).toEqual(execution)
})
