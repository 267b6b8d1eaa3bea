import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import type { Job } from '../../../src/ports/job-queue.ts'
import { freshRedis } from '../../support/servers.ts'
import { queueAt, until, workerAt } from './redis.ts'

const redis = await freshRedis()
const HANGING = fileURLToPath(new URL('./hanging-worker.ts', import.meta.url))
const job = { execution: '01J0000000', task: 'dns', attempt: 1 }

test('the job of a worker killed with -9 goes to another one within about 15 s', async () => {
  await queueAt(redis.url).put([job])
  const child = spawn(process.execPath, ['--import', 'tsx', HANGING, redis.url])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  const killed = performance.now()
  const seen: Job[] = []
  workerAt(redis.url, async (taken) => {
    seen.push(taken)
    return { kind: 'done' }
  })
  await until(() => seen.length === 1)
  expect(seen).toEqual([job])
  expect(performance.now() - killed).toBeLessThan(20_000)
})

test('a worker whose connections went silent is built anew', async () => {
  const wire = await silentWire(Number(new URL(redis.url).port))
  const clock = manualClock(new Date().toISOString())
  const seen: Job[] = []
  workerAt(
    wire.url,
    async (taken) => {
      seen.push(taken)
      return { kind: 'done' }
    },
    clock,
  )
  const queue = queueAt(redis.url)
  await queue.put([job])
  await until(() => seen.length === 1)

  wire.silence()
  await queue.put([{ ...job, attempt: 2 }])
  const silenced = performance.now()
  clock.advance(40_000)
  await until(() => seen.length === 2)
  // Sooner than the connections would have been cut for their silence.
  expect(performance.now() - silenced).toBeLessThan(10_000)
  expect(wire.silenced()).toBeGreaterThan(0)
})

/** A wire to Redis whose present connections can be made to carry nothing any more, without being cut. */
async function silentWire(port: number) {
  const pairs: [Socket, Socket][] = []
  let silenced = 0
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) socket.on('error', () => {})
    near.pipe(far).pipe(near)
    pairs.push([near, far])
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of pairs.flat()) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('unreachable')
  return {
    url: `redis://127.0.0.1:${address.port}`,
    silenced: () => silenced,
    silence: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far)
        far.destroy() // Redis forgets its blocked client; the worker's side stays open.
        far.unpipe(near)
        silenced += 1
      }
    },
  }
}
