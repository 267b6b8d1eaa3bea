import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import express from 'express'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { api } from '../../../src/adapters/http/api.ts'
import { memoryCalls } from '../../../src/adapters/memory/calls.ts'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import { pdfDocuments } from '../../../src/adapters/pdf/documents.ts'
import type { Request } from '../../../src/domain/decide.ts'
import { policySchema } from '../../../src/domain/permission.ts'

const TOKEN = 'sample-token-of-a-test'
const PATH = '/api/v1/executions/01SAMPLE/retry'

/** The API over HTTP, before a door that keeps what reached it and is busy. */
async function ground() {
  const reached: Request[] = []
  const closed = async (): Promise<never> => {
    throw new Error('not asked here')
  }
  const sha256 = createHash('sha256').update(TOKEN).digest('hex')
  const router = api({
    door: {
      ...{ start: closed, see: closed, history: closed, recent: closed, active: closed },
      ...{ would: closed, plans: closed, plan: closed, putPlan: closed },
      async handle(_id, request) {
        reached.push(request)
        return { kind: 'refused', refusal: { why: 'busy', asked: request.asks } }
      },
    },
    desk: {
      opensForm: () => false,
      command: closed,
      click: closed,
      submit: closed,
      home: closed,
      thread: closed,
    },
    policy: policySchema.parse({
      bindings: [],
      api_tokens: [{ name: 'sample', sha256, roles: ['operator'] }],
    }),
    calls: memoryCalls(),
    documents: pdfDocuments,
    clock: manualClock(),
    log: pino({ level: 'silent' }),
    trouble: async () => [],
  })
  const server = createServer(express().use(router))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const retry = async (body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${PATH}`, {
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
