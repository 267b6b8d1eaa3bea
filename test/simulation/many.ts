import { fork } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { EXECUTIONS_PER_WORLD } from './simulate.ts'
import { NOTHING, sum, type Tally, tally } from './tally.ts'

export interface Many {
  readonly from: number
  readonly executions: number
  readonly processes: number
  /** Hears of what is done so far, every few seconds. */
  readonly progress?: (soFar: Tally) => void
}

/** The worlds of the seeds from `from` on, shared out among processes. Which one has which changes nothing in any of them. */
export async function simulateMany(wish: Many): Promise<Tally> {
  const output = join(import.meta.dirname, '../output')
  await mkdir(output, { recursive: true })
  const folder = await mkdtemp(join(output, 'simulation-'))
  try {
    return await inProcesses(wish, await bundled(folder))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** One plain file: what transforms the sources as they are loaded names every function as it is made, which costs a tenth. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'worlds.js')
  const entryPoints = [join(import.meta.dirname, 'worlds.ts')]
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  return outfile
}

async function inProcesses({ from, executions, processes, progress }: Many, program: string): Promise<Tally> {
  const worlds = Math.ceil(executions / EXECUTIONS_PER_WORLD)
  let all = NOTHING
  const share = (first: number) =>
    new Promise<void>((resolve, reject) => {
      const words = [from + first, from + worlds, processes].map(String)
      // Faults are errors that are made by the million, and nobody reads where.
      const child = fork(program, words, { execArgv: ['--stack-trace-limit=0'] })
      child.on('message', (message) => {
        all = sum(all, tally.parse(message))
        progress?.(all)
      })
      child.on('error', reject)
      child.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`A process of the simulation ended with ${code}.`)),
      )
    })
  await Promise.all(Array.from({ length: Math.min(processes, worlds) }, (_, place) => share(place)))
  return all
}
