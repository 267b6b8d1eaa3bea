import { beforeEach, expect, test } from 'vitest'
import { once } from '../../../src/adapters/bullmq/once.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { freshRedis } from '../../support/servers.ts'
import { jobQueueContract } from '../job-queue.contract.ts'
import { clientAt, log, queueAt, until, workerAt } from './redis.ts'

const redis = await freshRedis()
const job = { execution: '01J0000000', task: 'dns', attempt: 1 }
const nobody = 'redis://127.0.0.1:1'

beforeEach(() => clientAt(redis.url).flushall())

jobQueueContract(async () => ({
  queue: queueAt(redis.url),
  work: (on) => workerAt(redis.url, on),
  until,
  lose: async () => void (await clientAt(redis.url).flushall()),
}))

test('without Redis a put says false within the deadline, and the trouble has a name', async () => {
  const queue = queueAt(nobody)
  const started = performance.now()
  expect(await queue.put([job])).toBe(false)
  expect(await queue.trouble()).toMatch(/^Redis does not answer/)
  expect(performance.now() - started).toBeLessThan(1_500)
})

test('a Redis that stops answering in mid-life makes a put say false', async () => {
  const own = await freshRedis()
  const queue = queueAt(own.url)
  expect(await queue.put([job])).toBe(true)
  await own.close()
  expect(await queue.put([{ ...job, attempt: 2 }])).toBe(false)
})

test('a Redis that may evict jobs is trouble, and says what to set', async () => {
  const queue = queueAt(redis.url)
  const client = clientAt(redis.url)
  expect(await queue.trouble()).toBeUndefined()
  await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
  expect(await queue.trouble()).toContain('"allkeys-lru"')
  await client.config('SET', 'maxmemory-policy', 'noeviction')
})

test('a job that is not one of ours is dropped, and the next one is worked on', async () => {
  const queue = queueAt(redis.url)
  const seen: unknown[] = []
  await queue.put([{ execution: '', task: 'nonsense', attempt: 1 }, job])
  workerAt(redis.url, async (taken) => {
    seen.push(taken)
    return { kind: 'done' }
  })
  await until(() => seen.length > 0)
  expect(seen).toEqual([job])
})

test('of two processes that ask for the same key one is first, also when Redis is away for one that asks twice', async () => {
  const [one, another, lonely] = [redis.url, redis.url, nobody].map((redisUrl) =>
    once({ redisUrl, prefix: 'test', clock: systemClock, log }),
  )
  if (!one || !another || !lonely) throw new Error('unreachable')
  const asked = await Promise.all([one.first('signature', 60), another.first('signature', 60)])
  expect(asked.filter(Boolean)).toHaveLength(1)
  expect([await lonely.first('signature', 60), await lonely.first('signature', 60)]).toEqual([true, false])
  await Promise.all([one, another, lonely].map((each) => each.close()))
})
