import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { holdFolder } from '../../../src/sandbox/embedded/own-folder.ts'
import { startProcess } from '../../../src/sandbox/embedded/own-process.ts'
import { runningProcess } from '../../../src/sandbox/embedded/process-table.ts'
import { isGone, isRunning, testFolder } from './workbench.ts'

const IGNORES_SIGTERM = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6); console.log("deaf")'

test('a process that merely bears the pid of our server is left alone', async () => {
  const folder = await testFolder()
  // Its command line names the folder, but does not begin with our title.
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', `redis-server[${folder}]`])
  onTestFinished(() => void stranger.kill('SIGKILL'))
  await once(stranger, 'spawn')
  await writeFile(`${folder}/redis-server.process.json`, JSON.stringify({ pid: stranger.pid }))

  const held = await holdFolder(folder, 'redis-server')
  expect(await isRunning(stranger.pid ?? 0)).toBe(true)
  held.release()
})

test('a leftover that does not listen to SIGTERM is killed before the folder is given out', async () => {
  const folder = await testFolder()
  const deaf = await startProcess(process.execPath, ['-e', IGNORES_SIGTERM], `redis-server[${folder}]`)
  onTestFinished(() => deaf.end())
  await expect.poll(() => deaf.lastWords(), { timeout: 10_000 }).toBe('deaf')
  await writeFile(`${folder}/redis-server.process.json`, JSON.stringify({ pid: deaf.pid }))

  const held = await holdFolder(folder, 'redis-server')
  expect(await deaf.ended).toBe('SIGKILL')
  held.release()
})

test('the server of a folder with a longer name is left alone', async () => {
  const folder = await testFolder()
  const words = ['-e', 'setInterval(() => {}, 1e6)']
  const neighbour = await startProcess(process.execPath, words, `redis-server[${folder}-2]`)
  onTestFinished(() => neighbour.end())
  await writeFile(`${folder}/redis-server.process.json`, JSON.stringify({ pid: neighbour.pid }))

  const held = await holdFolder(folder, 'redis-server')
  expect(await isRunning(neighbour.pid)).toBe(true)
  held.release()
})

test('the lock of a dead process holds nobody up, even if its pid lives again', async () => {
  const folder = await testFolder()
  for (const lock of [JSON.stringify({ pid: process.pid, started: 'long ago' }), '{"pid":', '']) {
    await writeFile(`${folder}/redis-server.parent.json`, lock)
    const held = await holdFolder(folder, 'redis-server')
    held.release()
  }
  const ended = spawn(process.execPath, ['-e', ''])
  const started = (await runningProcess(ended.pid ?? 0))?.started
  expect(await isGone(ended.pid ?? 0)).toBe(true)
  await writeFile(`${folder}/redis-server.parent.json`, JSON.stringify({ pid: ended.pid, started }))
  const held = await holdFolder(folder, 'redis-server')
  expect(held.title).toBe(`redis-server[${folder}]`)
  held.release()
})

test('the same process gets a folder only once at a time, and two kinds of servers do not disturb each other', async () => {
  const folder = await testFolder()
  const held = await holdFolder(folder, 'redis-server')
  await expect(holdFolder(folder, 'redis-server')).rejects.toThrow(
    `process ${process.pid} already runs one there`,
  )
  const other = await holdFolder(folder, 'dynoxide')
  other.release()
  held.release()
  const again = await holdFolder(folder, 'redis-server')
  again.release()
})
