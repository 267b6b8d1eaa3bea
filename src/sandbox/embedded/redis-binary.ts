import { execFile } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Say } from './embedded-server.ts'
import { findCommand, USUAL_PATH } from './find-command.ts'

export interface RedisBinaryOptions {
  path?: string | undefined
  say?: Say | undefined
  /** Whether packages may be installed: only root can. */
  isRoot?: boolean | undefined
  policyFile?: string | undefined
}

const UPDATE_MILLISECONDS = 300_000
const INSTALL_MILLISECONDS = 600_000

const WAY_OUT =
  'Lifeboat needs redis-server, and there is none on this machine. Install it ' +
  '(Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis), or start one in Docker ' +
  '(docker run -d -p 127.0.0.1:6379:6379 redis:7 --appendonly yes --maxmemory-policy noeviction) ' +
  'and name it with REDIS_URL=redis://127.0.0.1:6379.'

/** Finds redis-server; as root on Debian or Ubuntu installs it; else throws the sentence that says what to do. */
export async function redisBinary({
  path = USUAL_PATH,
  say = () => {},
  isRoot = process.getuid?.() === 0,
  policyFile = '/usr/sbin/policy-rc.d',
}: RedisBinaryOptions = {}): Promise<string> {
  const found = findCommand('redis-server', path)
  if (found !== undefined) return found
  const aptGet = findCommand('apt-get', path)
  if (aptGet === undefined || !isRoot) throw new Error(WAY_OUT)

  say(
    'Installing redis-server with apt-get: Lifeboat keeps its queue in a Redis of its own, and there is none here.',
  )
  try {
    await withoutStartingServices(policyFile, () => install(aptGet, path))
  } catch (error) {
    throw new Error(`${WAY_OUT} apt-get could not install it: ${lastLine(error)}`, { cause: error })
  }
  const installed = findCommand('redis-server', path)
  if (installed === undefined) throw new Error(WAY_OUT)
  return installed
}

async function install(aptGet: string, path: string): Promise<void> {
  const run = promisify(execFile)
  const env = {
    PATH: `${path}:/usr/sbin:/usr/bin:/sbin:/bin`, // Packages need the system's folders to install.
    LC_ALL: 'C',
    DEBIAN_FRONTEND: 'noninteractive',
    LIFEBOAT_INSTALLS: 'redis-server',
  }
  await run(aptGet, ['-o', 'DPkg::Lock::Timeout=120', 'update'], { env, timeout: UPDATE_MILLISECONDS })
  const words = ['install', '-y', '--no-install-recommends', 'redis-server']
  await run(aptGet, ['-o', 'DPkg::Lock::Timeout=120', ...words], { env, timeout: INSTALL_MILLISECONDS })
}

/**
 * The package would start a Redis of its own on port 6379. Debian asks this file first; one that is there already is
 * the owner's policy and stays. Ours speaks only to our own installation, so that it does no harm if we are killed.
 */
async function withoutStartingServices(policyFile: string, work: () => Promise<void>): Promise<void> {
  if (existsSync(policyFile)) return work()
  writeFileSync(policyFile, '#!/bin/sh\n[ "$LIFEBOAT_INSTALLS" = redis-server ] && exit 101\nexit 0\n', {
    mode: 0o755,
  })
  try {
    await work()
  } finally {
    rmSync(policyFile)
  }
}

const lastLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? ''
