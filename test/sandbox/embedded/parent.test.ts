import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startDynamoDb } from '../../../src/sandbox/embedded/dynamodb.ts'
import { startRedis } from '../../../src/sandbox/embedded/redis.ts'
import { isGone, isRunning, testFolder, untilTestEnds } from './workbench.ts'

const PARENT = fileURLToPath(new URL('./parent.ts', import.meta.url))

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s closes the servers, then ends the parent',
  async (signal) => {
    const folder = await testFolder()
    const parent = await startParent(folder)
    parent.child.kill(signal)
    expect(await parent.ended).toEqual([null, signal])
    for (const { pid } of parent.servers) expect(await isGone(pid)).toBe(true)
    expect(await readdir(`${folder}/redis`)).toEqual(['appendonlydir'])
    expect(await readdir(`${folder}/dynamodb`)).toEqual(['dynamodb.sqlite'])
  },
)

test('a parent that exits without a word takes its servers along', async () => {
  const parent = await startParent(await testFolder(), 'exits')
  expect(await parent.ended).toEqual([0, null])
  for (const { pid } of parent.servers) expect(await isGone(pid)).toBe(true)
})

test('a parent that handles SIGTERM itself keeps its servers until it closes them', async () => {
  const parent = await startParent(await testFolder(), 'closes by itself')
  const told = once(parent.child.stdout, 'data')
  parent.child.kill('SIGTERM')
  expect(String(await told)).toBe('{"stillRunning":true}')
  expect(await parent.ended).toEqual([0, null])
  for (const { pid } of parent.servers) expect(await isGone(pid)).toBe(true)
})

test('Ctrl-C reaches the parent alone, because each server leads a process group of its own', async () => {
  const parent = await startParent(await testFolder())
  for (const { pid } of parent.servers) expect(process.kill(-pid, 0)).toBe(true)
})

test('while a parent lives, nobody else gets its folders', async () => {
  const folder = await testFolder()
  const parent = await startParent(folder)
  await expect(startRedis({ folder: `${folder}/redis` })).rejects.toThrow(
    `Cannot start redis-server in ${folder}/redis: process ${parent.child.pid} already runs one there. ` +
      'Stop that process, or choose another folder.',
  )
  await expect(startDynamoDb({ folder: `${folder}/dynamodb` })).rejects.toThrow(
    `process ${parent.child.pid} already runs one there`,
  )
  for (const { pid } of parent.servers) expect(await isRunning(pid)).toBe(true)
})

test('servers that outlived a parent killed with -9 are ended by the next start, which has their data', async () => {
  const folder = await testFolder()
  const parent = await startParent(folder)
  const [oldRedis, oldDynamoDb] = parent.servers
  await connect(oldRedis?.url).set('plan', 'pilot-light')
  parent.child.kill('SIGKILL')
  expect(await parent.ended).toEqual([null, 'SIGKILL'])
  for (const { pid } of parent.servers) expect(await isRunning(pid)).toBe(true)

  const redis = await untilTestEnds(startRedis({ folder: `${folder}/redis` }))
  const dynamoDb = await untilTestEnds(startDynamoDb({ folder: `${folder}/dynamodb` }))
  for (const { pid } of parent.servers) expect(await isRunning(pid)).toBe(false)
  expect(redis.pid).not.toBe(oldRedis?.pid)
  expect(dynamoDb.pid).not.toBe(oldDynamoDb?.pid)
  expect(await connect(redis.url).get('plan')).toBe('pilot-light')
})

function connect(url = ''): Redis {
  const client = new Redis(url, { retryStrategy: () => null })
  client.on('error', () => {}) // The server goes away under one of them.
  onTestFinished(() => client.disconnect())
  return client
}

async function startParent(folder: string, manner = 'waits') {
  const child = spawn(process.execPath, ['--import', 'tsx', PARENT, folder, manner], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const [line] = await once(child.stdout, 'data')
  const servers = z.array(z.object({ pid: z.number(), url: z.string() })).parse(JSON.parse(String(line)))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
    for (const { pid } of servers) if (await isRunning(pid)) process.kill(pid, 'SIGKILL')
  })
  return { child, ended, servers }
}
