import { expect, test } from 'vitest'
import { executionsIn, streamLambda } from '../../../src/adapters/dynamodb/stream-records.ts'

const record = (pk: string, sk: string, number: string, eventName = 'INSERT') => ({
  eventName,
  dynamodb: { SequenceNumber: number, Keys: { pk: { S: pk }, sk: { S: sk } } },
})
const change = (id: string, number: string) => record(`EXECUTION#${id}`, 'CHANGE#000000001', number)

test('only change items count, and each execution counts once', () => {
  const others = [
    record('EXECUTION#b', 'HEAD', '3'),
    record('LEASE#stream', 'LEASE', '4'),
    record('EXECUTION#c', 'CHANGE#000000001', '5', 'REMOVE'),
    { nonsense: true },
    null,
  ]
  expect(executionsIn([change('a', '1'), change('a', '2'), ...others])).toEqual(['a'])
})

test('Lambda hears the first record of each execution that cannot be told, and the others are told', async () => {
  const told: string[] = []
  const lambda = streamLambda(async (ids) => {
    if (ids.includes('poison')) throw new Error('cannot be told')
    told.push(...ids)
  })
  const records = [change('good', '1'), change('poison', '2'), change('poison', '3'), change('fine', '4')]
  expect(await lambda({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] })
  expect(told).toEqual(['good', 'fine'])
  expect(await lambda({ Records: [change('good', '5')] })).toEqual({ batchItemFailures: [] })
})
