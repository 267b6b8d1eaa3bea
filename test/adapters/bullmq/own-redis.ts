import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from '../../../src/sandbox/embedded/free-port.ts'
import { redisBinary } from '../../../src/sandbox/embedded/redis-binary.ts'
import { clientAt, until } from './redis.ts'

/** A Redis of the test's own, to be frozen, killed and started again on the same port. It ends with the test. */
export async function ownRedis(...settings: string[]) {
  const binary = await redisBinary({})
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-own-redis-'))
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess

  async function start() {
    const words = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, ...settings]
    server = spawn(binary, words, { stdio: 'ignore' })
    const client = clientAt(url)
    await until(async () => (await client.ping()) === 'PONG')
  }

  async function kill() {
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
  }

  await start()
  onTestFinished(async () => {
    await kill()
    // What it was writing in the background may still come.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  })
  return {
    url,
    start,
    kill,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
  }
}

export const DURABLE = ['--appendonly', 'yes', '--save', '']
export const FORGETFUL = ['--appendonly', 'no', '--save', '']
