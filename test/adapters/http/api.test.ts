import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Request } from '../../../src/domain/decide.ts'
import { served } from './served.ts'

const TOKEN = 'sample-token-of-a-test'
const PATH = '/executions/01SAMPLE/retry'

/** The API over HTTP, before a door that keeps what reached it and is busy. */
async function ground() {
  const reached: Request[] = []
  const url = await served(
    {
      async handle(_id, request) {
        reached.push(request)
        return { kind: 'refused', refusal: { why: 'busy', asked: request.asks } }
      },
    },
    [{ name: 'sample', token: TOKEN, roles: ['operator'] }],
  )
  const retry = async (body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: z.looseObject({ type: z.string() }).parse(await response.json()) }
  }
  return { reached, retry }
}

test('a decision over the API names the attempt that it saw, where the caller says one', async () => {
  const { reached, retry } = await ground()
  await retry({ task_id: 'launch', attempt: 2 })
  await retry({ task_id: 'launch' })
  expect(reached).toEqual([
    { asks: 'retry', task: 'launch', seen: { attempt: 2 } },
    { asks: 'retry', task: 'launch' },
  ])
})

test('another request under a used key is refused and not done; the same one gets the first answer', async () => {
  const { reached, retry } = await ground()
  const key = { 'idempotency-key': 'one' }
  const first = await retry({ task_id: 'launch' }, key)
  expect(await retry({ task_id: 'launch' }, key)).toEqual(first)
  expect(await retry({ task_id: 'database' }, key)).toMatchObject({
    status: 422,
    body: { type: 'urn:lifeboat:key-reused' },
  })
  expect(reached).toHaveLength(1)
})
