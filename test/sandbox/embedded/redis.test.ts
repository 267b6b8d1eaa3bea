import { readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { becomesTrue } from '../../../src/sandbox/embedded/becomes-true.ts'
import { freePort } from '../../../src/sandbox/embedded/free-port.ts'
import { startRedis } from '../../../src/sandbox/embedded/redis.ts'
import { isGone, testFolder, untilTestEnds } from './workbench.ts'

test('a key outlives an orderly restart', async () => {
  const folder = await testFolder()
  const first = await untilTestEnds(startRedis({ folder }))
  await connect(first.url).set('plan', 'pilot-light')
  await first.close()
  expect(await isGone(first.pid)).toBe(true)

  const second = await untilTestEnds(startRedis({ folder }))
  expect(await connect(second.url).get('plan')).toBe('pilot-light')
})

test('a key that was written to the file outlives kill -9, and the person is told of the death', async () => {
  const folder = await testFolder()
  const said: string[] = []
  const first = await untilTestEnds(startRedis({ folder, say: (line) => said.push(line) }))
  const client = connect(first.url)
  await client.set('plan', 'pilot-light')
  const isWritten = async () => (await client.info('persistence')).includes('aof_buffer_length:0')
  expect(await becomesTrue(isWritten, 10_000)).toBe(true)

  process.kill(first.pid, 'SIGKILL')
  expect(await becomesTrue(() => said.length > 0, 10_000)).toBe(true)
  expect(said).toEqual([`redis-server (process ${first.pid}) ended by itself: SIGKILL.`])
  await first.close()

  const second = await untilTestEnds(startRedis({ folder }))
  expect(await connect(second.url).get('plan')).toBe('pilot-light')
})

test('it listens on loopback only, never evicts, and writes down every change', async () => {
  const server = await untilTestEnds(startRedis({ folder: await testFolder() }))
  const client = connect(server.url)
  const settings = ['bind', 'protected-mode', 'maxmemory-policy', 'appendonly', 'appendfsync', 'save']
  const found = await Promise.all(settings.map((name) => client.config('GET', name)))
  expect(found).toEqual([
    ['bind', '127.0.0.1'],
    ['protected-mode', 'yes'],
    ['maxmemory-policy', 'noeviction'],
    ['appendonly', 'yes'],
    ['appendfsync', 'everysec'],
    ['save', ''],
  ])
})

test('closing twice is closing once, and leaves only data in the folder', async () => {
  const folder = await testFolder()
  const server = await startRedis({ folder })
  await Promise.all([server.close(), server.close()])
  expect(await readdir(folder)).toEqual(['appendonlydir'])
})

test('a Redis that is there already is never taken for our own', async () => {
  const stranger = await untilTestEnds(startRedis({ folder: await testFolder(), port: await freePort() }))
  const port = Number(new URL(stranger.url).port)
  const folder = await testFolder()
  await expect(startRedis({ folder, port })).rejects.toThrow(
    /^redis-server did not start on port \d+: it ended before it answered\..*already in use/is,
  )
  expect(await readdir(folder)).not.toContain('redis-server.parent.json')
})

test('a port held by something that never answers is refused as well', async () => {
  const port = await freePort()
  const holder = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void holder.close())
  await expect(startRedis({ folder: await testFolder(), port })).rejects.toThrow(/already in use/i)
})

test('data that cannot be read back are named as the reason', async () => {
  const folder = await testFolder()
  await (await startRedis({ folder })).close()
  await writeFile(join(folder, 'appendonlydir', 'appendonly.aof.manifest'), 'nonsense')
  await expect(startRedis({ folder })).rejects.toThrow(
    /did not start on port \d+: it ended before it answered\..*manifest/s,
  )
})

function connect(url: string): Redis {
  const client = new Redis(url, { retryStrategy: () => null })
  client.on('error', () => {}) // Some tests kill the server under it.
  onTestFinished(() => client.disconnect())
  return client
}
