import { expect, test } from 'vitest'
import type { Job } from '../../../src/ports/job-queue.ts'
import { DURABLE, FORGETFUL, ownRedis } from './own-redis.ts'
import { clientAt, queueAt, until, workerAt } from './redis.ts'

const job = (attempt: number): Job => ({ execution: '01J0000000', task: 'dns', attempt })

/** A worker that remembers what it saw and says done. */
function seeing(url: string) {
  const seen: number[] = []
  workerAt(url, async ({ attempt }) => {
    seen.push(attempt)
    return { kind: 'done' }
  })
  return seen
}

async function timed<Value>(ask: () => Promise<Value>): Promise<{ answer: Value; milliseconds: number }> {
  const from = performance.now()
  const answer = await ask()
  return { answer, milliseconds: performance.now() - from }
}

test('while Redis hangs a put says false within its deadline; what landed late all the same does no harm', async () => {
  const redis = await ownRedis(...DURABLE)
  const queue = queueAt(redis.url)
  expect(await queue.put([job(1)])).toBe(true)
  redis.freeze()
  const put = await timed(() => queue.put([job(2)]))
  expect(put.answer).toBe(false)
  expect(put.milliseconds).toBeGreaterThan(400)
  expect(put.milliseconds).toBeLessThan(1_000)
  expect(await queue.trouble()).toMatch(/^Redis does not answer: no answer within 500 ms/)

  redis.thaw()
  await until(async () => (await queue.put([job(2), job(3)])) === true)
  const seen = seeing(redis.url)
  await until(() => seen.length === 3)
  expect(seen.sort()).toEqual([1, 2, 3])
  expect(await queue.trouble()).toBeUndefined()
})

test('a Redis killed and started again on its port takes jobs again, from the same queue', async () => {
  const redis = await ownRedis(...DURABLE)
  const queue = queueAt(redis.url)
  expect(await queue.put([job(1)])).toBe(true)
  await redis.kill()
  const put = await timed(() => queue.put([job(2)]))
  expect(put.answer).toBe(false)
  expect(put.milliseconds).toBeLessThan(1_000)
  await redis.start()
  await until(() => queue.put([job(2)]))
})

test('a full Redis refuses the put at once, and says that it is full', async () => {
  const redis = await ownRedis(...DURABLE)
  const queue = queueAt(redis.url)
  expect(await queue.put([job(1)])).toBe(true)
  const client = clientAt(redis.url)
  await client.config('SET', 'maxmemory', '1')
  expect(await queue.put([job(2)])).toBe(false)
  expect(await queue.trouble()).toContain('Redis is full (maxmemory is 1 bytes)')
  await client.config('SET', 'maxmemory', '0')
  expect(await queue.put([job(2)])).toBe(true)
  expect(await queue.trouble()).toBeUndefined()
})

test('a Redis that became a read-only replica refuses the put, and takes it again as a primary', async () => {
  const [redis, primary] = [await ownRedis(...DURABLE), await ownRedis(...DURABLE)]
  const queue = queueAt(redis.url)
  expect(await queue.put([job(1)])).toBe(true)
  const client = clientAt(redis.url)
  await client.replicaof('127.0.0.1', new URL(primary.url).port)
  expect(await queue.put([job(2)])).toBe(false)
  await until(async () => (await queue.trouble())?.includes('read-only replica') === true)
  await client.replicaof('NO', 'ONE')
  await until(() => queue.put([job(2)]))
})

test('a Redis without persistence is trouble, and says what to set; a snapshot or an append-only file will do', async () => {
  const redis = await ownRedis(...FORGETFUL)
  const queue = queueAt(redis.url)
  const client = clientAt(redis.url)
  expect(await queue.trouble()).toBe(
    'Redis keeps nothing on disk and forgets every job when it restarts: set "appendonly yes".',
  )
  await client.config('SET', 'save', '60 1')
  expect(await queue.trouble()).toBeUndefined()
  await client.config('SET', 'save', '')
  await client.config('SET', 'appendonly', 'yes')
  expect(await queue.trouble()).toBeUndefined()
})

test('a Redis killed in the middle of the work, and started again empty, gets its jobs anew and the worker takes them', async () => {
  const redis = await ownRedis(...FORGETFUL)
  const queue = queueAt(redis.url)
  const finished = new Set<number>()
  const looks: number[] = []
  const worker = workerAt(redis.url, async ({ attempt }) => {
    looks.push(attempt)
    if (looks.length <= 3) return { kind: 'again', milliseconds: 60_000 }
    finished.add(attempt)
    return { kind: 'done' }
  })
  const unfinished = () => [1, 2, 3].filter((attempt) => !finished.has(attempt)).map(job)
  await queue.put(unfinished())
  await until(() => looks.length === 3)
  await redis.kill()
  expect(await queue.put(unfinished())).toBe(false)
  await redis.start()
  // As each sweep does.
  await until(async () => {
    await queue.put(unfinished())
    return finished.size === 3
  })
  await worker.close()
})
