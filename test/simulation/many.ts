import { fork } from 'node:child_process'
import { join } from 'node:path'
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
export async function simulateMany({ from, executions, processes, progress }: Many): Promise<Tally> {
  const worlds = Math.ceil(executions / EXECUTIONS_PER_WORLD)
  let all = NOTHING
  const share = (first: number) =>
    new Promise<void>((resolve, reject) => {
      const words = [from + first, from + worlds, processes].map(String)
      const child = fork(join(import.meta.dirname, 'worlds.ts'), words, {
        // Faults are errors that are made by the million, and nobody reads where.
        execArgv: ['--import', 'tsx', '--stack-trace-limit=0'],
      })
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
