import { access, chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startRedis } from '../../../src/sandbox/embedded/redis.ts'
import { redisBinary } from '../../../src/sandbox/embedded/redis-binary.ts'
import { testFolder } from './workbench.ts'

// Notes what it is asked, whether a service may start at that moment, and "installs" by writing the command.
const APT_GET = `#!/bin/sh
cd "$(dirname "$0")" && [ -x apt-get ] || exit 1
echo "$*" >> asked
case "$*" in *install*)
  ./policy-rc.d redis-server start; echo "service may start: $?" >> asked
  env -u LIFEBOAT_INSTALLS ./policy-rc.d other start; echo "others may start: $?" >> asked
  printf '#!/bin/sh\\n' > redis-server; chmod 755 redis-server
esac
`

test('without Redis and apt-get, one sentence names the way out on every system', async () => {
  const path = await testFolder()
  const starting = startRedis({ folder: await testFolder(), path })
  await expect(starting).rejects.toThrow(
    /^Lifeboat needs redis-server, and there is none on this machine\. Install it /,
  )
  for (const wayOut of [
    'sudo apt-get install redis-server',
    'brew install redis',
    'docker run',
    'REDIS_URL=redis://127.0.0.1:6379',
  ])
    await expect(starting).rejects.toThrow(wayOut)
})

test('a person who is not root is told what to do, and nothing is installed', async () => {
  const path = await folderWithAptGet()
  await expect(redisBinary({ path, isRoot: false })).rejects.toThrow('sudo apt-get install redis-server')
  await expect(access(join(path, 'asked'))).rejects.toThrow('ENOENT')
})

test("root gets Debian's package, is told so, and its own service is kept from starting", async () => {
  const path = await folderWithAptGet()
  const policyFile = join(path, 'policy-rc.d')
  const said: string[] = []
  const options = { path, isRoot: true, policyFile, say: (line: string) => said.push(line) }

  expect(await redisBinary(options)).toBe(join(path, 'redis-server'))
  expect(said).toEqual([
    'Installing redis-server with apt-get: Lifeboat keeps its queue in a Redis of its own, and there is none here.',
  ])
  expect((await readFile(join(path, 'asked'), 'utf8')).split('\n')).toEqual([
    '-o DPkg::Lock::Timeout=120 update',
    '-o DPkg::Lock::Timeout=120 install -y --no-install-recommends redis-server',
    'service may start: 101',
    'others may start: 0',
    '',
  ])
  await expect(access(policyFile)).rejects.toThrow('ENOENT')

  expect(await redisBinary(options)).toBe(join(path, 'redis-server'))
  expect(said).toHaveLength(1)
})

test("the owner's own policy about services stays as it is", async () => {
  const path = await folderWithAptGet()
  const policyFile = join(path, 'policy-rc.d')
  await writeExecutable(policyFile, '#!/bin/sh\nexit 101 # the owner\n')
  await redisBinary({ path, isRoot: true, policyFile })
  expect(await readFile(policyFile, 'utf8')).toBe('#!/bin/sh\nexit 101 # the owner\n')
})

test('when apt-get fails its last line is told with the way out, and no policy stays behind', async () => {
  const path = await testFolder()
  const policyFile = join(path, 'policy-rc.d')
  await writeExecutable(join(path, 'apt-get'), '#!/bin/sh\necho "E: no network" >&2\nexit 100\n')
  await expect(redisBinary({ path, isRoot: true, policyFile })).rejects.toThrow(
    /brew install redis.* apt-get could not install it: E: no network$/,
  )
  await expect(access(policyFile)).rejects.toThrow('ENOENT')
})

async function folderWithAptGet(): Promise<string> {
  const folder = await testFolder()
  await writeExecutable(join(folder, 'apt-get'), APT_GET)
  return folder
}

async function writeExecutable(file: string, text: string): Promise<void> {
  await writeFile(file, text)
  await chmod(file, 0o755)
}
