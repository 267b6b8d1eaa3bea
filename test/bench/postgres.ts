import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { becomesTrue } from '../../src/sandbox/embedded/becomes-true.ts'
import { freePort } from '../../src/sandbox/embedded/free-port.ts'

const run = promisify(execFile)
const BIN = '/usr/lib/postgresql/15/bin'
const READY_MILLISECONDS = 30_000

/** A PostgreSQL 15 cluster of one's own, with its default settings, as a user who is not root. */
export async function startPostgres(): Promise<{ url: string; close(): Promise<void> }> {
  await install()
  const who = await notRoot()
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-bench-postgres-'))
  if (who) await chown(folder, who.uid, who.gid)
  await chmod(folder, 0o700)
  const data = join(folder, 'data')
  const port = await freePort()
  await run(join(BIN, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C'], {
    ...who,
    cwd: folder,
  })
  const server = spawn(
    join(BIN, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
    ],
    { ...who, cwd: folder, stdio: 'ignore' },
  )
  const close = async () => {
    await end(server)
    await rm(folder, { recursive: true, force: true })
  }
  const answers = () =>
    run(join(BIN, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false,
    )
  if (!(await becomesTrue(answers, READY_MILLISECONDS))) {
    await close()
    throw new Error('its PostgreSQL did not start')
  }
  return { url: `postgresql://bench@127.0.0.1:${port}/bench`, close }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  // Fast shutdown: it does not wait for its clients.
  server.kill('SIGINT')
  await gone
}

async function install(): Promise<void> {
  if (existsSync(join(BIN, 'initdb'))) return
  if (process.getuid?.() !== 0)
    throw new Error('PostgreSQL 15 is not installed, and only root may install it')
  try {
    await run('apt-get', ['update'])
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql-15'])
  } catch {
    throw new Error('PostgreSQL 15 is not installed and could not be')
  }
}

/** PostgreSQL refuses to run as root. */
async function notRoot(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const idOf = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout)
  return { uid: await idOf('-u'), gid: await idOf('-g') }
}
