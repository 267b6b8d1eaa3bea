import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../src/sandbox/embedded/free-port.ts'
import { type Ground, ROOT } from './ground.ts'

const READY = { bot: 'bot listens', worker: 'worker takes jobs' } as const
export type Part = keyof typeof READY

/** A bot or a worker under a supervisor, as in production: whatever ends it, it is started again. */
export interface Member {
  readonly part: Part
  /** Of a bot's API. */
  readonly url: string
  /** Ready, and not stopped. */
  isUp(): boolean
  kill(): void
  /** SIGSTOP; calling the answer lets it go on. */
  freeze(): () => void
  /** Ends it politely and for good; what went wrong with that, if anything did. */
  end(): Promise<string | undefined>
  /** Of every life it has had. */
  readonly pids: readonly number[]
}

const BETWEEN_LIVES_MILLISECONDS = 200
/** A look may hold up a polite end for ten seconds. */
const GOODBYE_MILLISECONDS = 30_000

export async function hire(part: Part, number: number, ground: Ground): Promise<Member> {
  const name = `${part}-${number}`
  const port = await freePort()
  const log = createWriteStream(join(ground.folder, `${name}.log`))
  const pids: number[] = []
  let [isReady, isFrozen, isClosing] = [false, false, false]
  let again: NodeJS.Timeout | undefined
  let child = life()
  // Whoever ends the round early leaves nobody behind.
  const killLast = () => void child.kill('SIGKILL')
  process.once('exit', killLast)

  function life(): ChildProcess {
    const born = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', part], {
      cwd: ROOT,
      env: { ...ground.settings, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (born.pid) pids.push(born.pid)
    for (const stream of [born.stdout, born.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log.write(text)
        if (text.includes(READY[part])) isReady = true
      })
    }
    born.once('exit', (code, signal) => {
      log.write(`--- ${name} ended: ${signal ?? `exit code ${code}`}\n`)
      isReady = false
      isFrozen = false
      if (!isClosing) {
        again = setTimeout(() => {
          child = life()
        }, BETWEEN_LIVES_MILLISECONDS)
      }
    })
    return born
  }

  return {
    part,
    url: `http://127.0.0.1:${port}`,
    pids,
    isUp: () => isReady && !isFrozen,
    kill: () => {
      isReady = false
      child.kill('SIGKILL')
    },
    freeze: () => {
      const frozen = child
      isFrozen = true
      frozen.kill('SIGSTOP')
      return () => {
        frozen.kill('SIGCONT')
        isFrozen = false
      }
    },
    async end() {
      isClosing = true
      clearTimeout(again)
      process.off('exit', killLast)
      const hasEnded = child.exitCode !== null || child.signalCode !== null
      const gone = hasEnded ? undefined : once(child, 'exit')
      child.kill('SIGTERM')
      const insist = setTimeout(() => child.kill('SIGKILL'), GOODBYE_MILLISECONDS)
      await gone
      clearTimeout(insist)
      await new Promise((resolve) => log.end(resolve))
      return child.signalCode === 'SIGKILL' && !hasEnded
        ? `${name} did not end when it was asked to`
        : undefined
    },
  }
}
