import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-api-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 5000, logLevel: 'error' })
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const answer = z.looseObject({
  execution_id: z.string().optional(),
  type: z.string().optional(),
})

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${practice.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${practice.apiToken}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    body: answer.parse(await response.json()),
    type: response.headers.get('content-type'),
  }
}

const start = (plan: string, headers?: Record<string, string>) =>
  call('POST', '/api/v1/executions', { recovery_plan_id: plan, mode: 'drill' }, headers)

/** The approval of the tiny plan below stands as soon as it starts. */
const GATE = {
  recovery_plan_id: 'gate-only',
  tasks: [{ task_id: 'gate', task_type: 'approval', task_successors: [] }],
}

test('without a known token nothing is answered', async () => {
  const none = await call('GET', '/api/v1/executions', undefined, { authorization: '' })
  const wrong = await call('GET', '/api/v1/executions', undefined, {
    authorization: 'Bearer wrong-token-of-nobody',
  })
  expect([none.status, wrong.status]).toEqual([401, 401])
  expect(none.type).toContain('application/problem+json')
})

test('malformed bodies are refused with the path of each problem', async () => {
  const missing = await call('POST', '/api/v1/executions', { recovery_plan_id: 'payments' })
  expect(missing).toMatchObject({ status: 400, body: { problems: [{ path: 'body.mode' }] } })
  const unknown = await call('POST', '/api/v1/executions', {
    recovery_plan_id: 'payments',
    mode: 'drill',
    role: 'admin',
  })
  expect(unknown.status).toBe(400)
})

test('an unknown plan names the nearest, an unknown run and route are 404', async () => {
  expect(await start('paymets')).toMatchObject({ status: 404, body: { refusal: { nearest: ['payments'] } } })
  expect((await call('GET', '/api/v1/executions/none')).status).toBe(404)
  expect((await call('GET', '/api/v1/nothing')).status).toBe(404)
})

test('twenty starts with one key are one run', async () => {
  const put = await call('PUT', '/api/v1/plans/gate-only', GATE)
  expect(put.status).toBe(200)
  const all = await Promise.all(
    Array.from({ length: 20 }, () => start('gate-only', { 'idempotency-key': 'one' })),
  )
  const again = await start('gate-only', { 'idempotency-key': 'one' })
  expect(again.status).toBe(201)
  const started = [...all, again].filter(({ status }) => status === 201).map(({ body }) => body.execution_id)
  expect(new Set(started).size).toBe(1)
  expect(all.every(({ status }) => status === 201 || status === 409)).toBe(true)
  expect(await start('gate-only', { 'idempotency-key': 'two' })).toMatchObject({
    status: 409,
    body: { type: 'urn:lifeboat:plan-busy' },
  })
})

test('the report of a run is made of all its records, up to the last decision', async () => {
  const { body: begun } = await start('gate-only', { 'idempotency-key': 'one' })
  const path = `/api/v1/executions/${begun.execution_id}/report`
  const { status, body: report } = await call('GET', path)
  expect(status).toBe(200)
  expect(report).toMatchObject({
    run: { id: begun.execution_id, plan: { id: 'gate-only' }, mode: 'drill' },
    decisions: [{ what: 'start', source: 'api' }],
    chain: { intact: true },
  })
  const pdf = await fetch(`${practice.apiUrl}${path}.pdf`, {
    headers: { authorization: `Bearer ${practice.apiToken}` },
  })
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
})

test('approve and reject at once: one wins, the other is told who, what and when', async () => {
  const listed = z.object({ executions: z.array(z.object({ execution_id: z.string() })) })
  const found = listed.parse((await call('GET', '/api/v1/executions')).body)
  const id = found.executions[0]?.execution_id
  const decide = (verb: string) =>
    call('POST', `/api/v1/executions/${id}/${verb}`, { task_id: 'gate', attempt: 1, reason: 'Sample reason' })
  const both = await Promise.all([decide('approve'), decide('reject')])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(both.find(({ status }) => status === 409)).toMatchObject({
    body: { type: 'urn:lifeboat:already-decided', refusal: { decision: { by: { id: 'token:practice' } } } },
  })
})

test('a plan with problems is refused with all of them', async () => {
  const broken = {
    recovery_plan_id: 'gate-only',
    tasks: [
      { task_id: 'a', task_type: 'approval', task_successors: ['b', 'nowhere'] },
      { task_id: 'b', task_type: 'aproval', task_successors: ['a'] },
    ],
  }
  const put = await call('PUT', '/api/v1/plans/gate-only', broken)
  expect(put.status).toBe(422)
  const text = JSON.stringify(put.body)
  for (const part of ['nowhere', 'aproval', 'a → b → a']) expect(text).toContain(part)
})

test('the API describes itself, and says how it is', async () => {
  const described = await call('GET', '/api/v1/openapi.json')
  expect(described.body).toMatchObject({ openapi: '3.1.0' })
  expect(JSON.stringify(described.body)).toContain('/api/v1/executions/{id}/abandon')
  expect(await call('GET', '/healthz')).toMatchObject({ status: 200 })
  expect(await call('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } })
})
