import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A living process. `started` is only good for comparing: together with the pid it is never given twice. */
export interface RunningProcess {
  command: string
  started: string
}

/** What runs under that pid; nothing when nobody does, or only a zombie that its parent has not collected. */
export const runningProcess = (pid: number): Promise<RunningProcess | undefined> =>
  existsSync('/proc/self/stat') ? readFromProc(pid) : askPs(pid)

/** Linux, where slim images come without `ps`. */
export async function readFromProc(pid: number): Promise<RunningProcess | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    // The second field is the name in brackets and may hold anything, blanks and brackets too: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, started] = [fields[0], fields[19]]
    return state === undefined || started === undefined || isZombie(state)
      ? undefined
      : { command: command.replaceAll('\0', ' '), started }
  } catch {
    return undefined
  }
}

/** macOS and the rest. */
export async function askPs(pid: number): Promise<RunningProcess | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      'ps',
      ['-ww', '-o', 'stat=', '-o', 'lstart=', '-o', 'command=', '-p', String(pid)],
      { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } },
    )
    const [, state, started, command] = /^(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s(.*)/.exec(stdout) ?? []
    return state === undefined || started === undefined || command === undefined || isZombie(state)
      ? undefined
      : { command, started }
  } catch {
    return undefined // ps exits with 1 when there is no such process.
  }
}

const isZombie = (state: string): boolean => state.startsWith('Z')
