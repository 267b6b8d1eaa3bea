import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'

/** A child process of ours, from its start to its certain end. */
export interface OwnProcess {
  readonly pid: number
  /** Settles when it is over, and tells how: "exit code 1", "SIGKILL". */
  readonly ended: Promise<string>
  hasEnded(): boolean
  /** Whether it was us who ended it. */
  wasAskedToEnd(): boolean
  /** The end of what it printed: why it would not start. */
  lastWords(): string
  /** Asks it to end and does not wait: all that a dying parent can do. */
  askToEnd(): void
  /** Asks it to end, insists when it does not, and waits until it is gone. */
  end(): Promise<void>
}

const POLITE_MILLISECONDS = 10_000
const LAST_WORDS_CHARACTERS = 2_000

/** Starts `binary` under the name `title`, which is what the process table shows as the head of its command line. */
export async function startProcess(binary: string, words: string[], title: string): Promise<OwnProcess> {
  const child = spawn(binary, words, {
    argv0: title,
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a session of its own, Ctrl-C reaches only the parent, which may still need the server to finish its work.
    detached: true,
  })
  const ended = once(child, 'close').then(() => child.signalCode ?? `exit code ${child.exitCode}`)
  ended.catch(() => {}) // A binary that cannot be run says so to the next line.
  await once(child, 'spawn')
  if (child.pid === undefined) throw new Error(`${binary} was started but has no process id.`)

  return {
    pid: child.pid,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    wasAskedToEnd: () => child.killed,
    lastWords: keepLastWords(child.stdout, child.stderr),
    askToEnd: () => {
      child.kill('SIGTERM')
    },
    end: async () => {
      child.kill('SIGTERM')
      const insist = setTimeout(() => child.kill('SIGKILL'), POLITE_MILLISECONDS)
      await ended
      clearTimeout(insist)
    },
  }
}

/** Reads everything, or the child would stop at a full pipe, and keeps the end. */
function keepLastWords(...streams: Readable[]): () => string {
  let words = ''
  for (const stream of streams) {
    stream.setEncoding('utf8')
    stream.on('data', (more: string) => {
      words = (words + more).slice(-LAST_WORDS_CHARACTERS)
    })
  }
  return () => words.trim()
}
