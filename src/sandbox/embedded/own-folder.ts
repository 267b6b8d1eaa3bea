import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { becomesTrue } from './becomes-true.ts'
import { runningProcess } from './process-table.ts'

/*
 * Promises:
 * 1. While the process that holds a folder lives, nobody else gets it.
 * 2. A server that outlived its parent is ended, and gone, before the folder is given out.
 * 3. A process is ended only if its command line begins with the title that we give to the server of this folder.
 */

export interface OwnFolder {
  path: string
  /** How the server of this folder must be called in the process table. */
  title: string
  /** Remembers the server, so that a later start finds it if this process is killed. */
  remember(serverPid: number): void
  release(): void
}

const POLITE_MILLISECONDS = 5_000
const KILLED_MILLISECONDS = 5_000

const Parent = z.object({ pid: z.number().int().positive(), started: z.string() })
const Server = z.object({ pid: z.number().int().positive() })

/** Takes the folder for one server called `name`, or throws a sentence that says who has it. */
export async function holdFolder(folder: string, name: string): Promise<OwnFolder> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = realpathSync(resolve(folder))
  const parentFile = join(path, `${name}.parent.json`)
  const serverFile = join(path, `${name}.process.json`)
  const title = `${name}[${path}]`
  const release = () => {
    rmSync(serverFile, { force: true })
    rmSync(parentFile, { force: true })
  }

  await lock(parentFile, `${name} in ${path}`)
  try {
    await endLeftover(serverFile, title)
  } catch (error) {
    rmSync(parentFile, { force: true })
    throw error
  }
  return {
    path,
    title,
    remember: (pid) => writeFileSync(serverFile, JSON.stringify({ pid })),
    release,
  }
}

async function lock(file: string, what: string): Promise<void> {
  const holder = read(file, Parent)
  // The start time is compared too: after a crash, and in every container, another process may bear the same pid.
  if (holder && (await runningProcess(holder.pid))?.started === holder.started)
    throw new Error(
      `Cannot start ${what}: process ${holder.pid} already runs one there. Stop that process, or choose another folder.`,
    )
  rmSync(file, { force: true })

  const own = await runningProcess(process.pid)
  if (!own)
    throw new Error(`Cannot start ${what}: this system has neither /proc nor ps to look processes up in.`)
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid, started: own.started }), { flag: 'wx' })
  } catch (error) {
    if (!isCoded(error, 'EEXIST')) throw error
    throw new Error(`Cannot start ${what}: another process took the folder just now. Choose another folder.`)
  }
}

async function endLeftover(file: string, title: string): Promise<void> {
  const leftover = read(file, Server)
  if (!leftover) return
  const isGone = async () => !(await runningProcess(leftover.pid))?.command.startsWith(title)
  if (await isGone()) return

  send('SIGTERM', leftover.pid)
  if (await becomesTrue(isGone, POLITE_MILLISECONDS)) return
  send('SIGKILL', leftover.pid)
  if (await becomesTrue(isGone, KILLED_MILLISECONDS)) return
  throw new Error(
    `Cannot start ${title}: process ${leftover.pid}, left from an earlier run, does not end. End it.`,
  )
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!isCoded(error, 'ESRCH')) throw error // It ended meanwhile: all the better.
  }
}

const isCoded = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/** A file that is missing or torn by a crash names nobody. */
function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
