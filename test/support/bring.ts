import { execFileSync } from 'node:child_process'
import { hushSdk } from '../../src/config.ts'
import { findCommand, USUAL_PATH } from '../../src/sandbox/embedded/find-command.ts'
import { redisBinary } from '../../src/sandbox/embedded/redis-binary.ts'

/** vitest's globalSetup: brings what the tests need from the system, once, before the first of them. */
export default async function bring(): Promise<void> {
  // The test processes inherit it.
  hushSdk()
  await redisBinary({ say: (line) => console.log(line) })
  bringCurl()
}

/** The README shows the API with curl, and its test runs what it shows. */
function bringCurl(): void {
  if (findCommand('curl', USUAL_PATH)) return
  const aptGet = findCommand('apt-get', USUAL_PATH)
  if (!aptGet || process.getuid?.() !== 0) {
    throw new Error(
      'The tests need curl, and there is none on this machine. Install it (Debian: sudo apt-get install curl).',
    )
  }
  console.log('Installing curl with apt-get: the tests run the commands of the README.')
  const env = { PATH: USUAL_PATH, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'curl', 'ca-certificates']]) {
    execFileSync(aptGet, ['-o', 'DPkg::Lock::Timeout=120', ...words], {
      env,
      stdio: 'pipe',
      timeout: 300_000,
    })
  }
}
