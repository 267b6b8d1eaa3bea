import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { answer, type Order, type Ran } from './messages.ts'
import type { Workload } from './workloads.ts'

export interface Contestant {
  readonly name: string
  /** How it is used, in one sentence. */
  readonly how: string
  /** Why it has no part in a workload. */
  without?(workload: Workload): string | undefined
  /** Throws, with the reason as its message, where it cannot be had on this machine. */
  open(): Promise<Opened>
}

export interface Opened {
  run(order: Order): Promise<Ran>
  close(): Promise<void>
}

const GONE_MILLISECONDS = 30_000
const LAST_WORDS_CHARACTERS = 1_000

/** A program of this folder, or any other, as a contestant: one process, told over its channel. */
export async function openProgram(
  file: string,
  words: readonly string[] = [],
  over: { node?: string; env?: Record<string, string>; cwd?: string } = {},
): Promise<Opened> {
  const child = fork(file, [...words], {
    ...(over.node ? { execPath: over.node, execArgv: [] } : {}),
    ...(over.cwd ? { cwd: over.cwd } : {}),
    env: { PATH: '/usr/bin:/bin', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...over.env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  await hear(child)
  return {
    run: async (order) => {
      const heard = hear(child)
      child.send({ ...order })
      const said = await heard
      if ('ran' in said) return said.ran
      throw new Error('it answered an order with something else than a result')
    },
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      const insist = setTimeout(() => child.kill('SIGKILL'), GONE_MILLISECONDS)
      if (child.connected) child.disconnect()
      await gone
      clearTimeout(insist)
    },
  }
}

async function hear(child: ChildProcess) {
  const ended = new AbortController()
  let lastWords = ''
  child.stderr?.on('data', (more) => {
    lastWords = (lastWords + more).slice(-LAST_WORDS_CHARACTERS)
  })
  const [said] = await Promise.race([
    once(child, 'message', { signal: ended.signal }),
    once(child, 'exit', { signal: ended.signal }).then(([code, signal]) => {
      throw new Error(`its process ended (${code ?? signal}): ${lastWords}`)
    }),
  ]).finally(() => {
    ended.abort()
    child.stderr?.removeAllListeners('data').resume()
  })
  const heard = answer.parse(said)
  if ('failed' in heard) throw new Error(heard.failed)
  return heard
}

export const program = (name: string): string => join(import.meta.dirname, name)
