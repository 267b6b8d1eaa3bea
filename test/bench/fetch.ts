import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const LIMIT_MILLISECONDS = 300_000

/**
 * The alternative's packages, in a folder of their own outside the repository, and our program for it next to them. What was
 * fetched once stays there.
 */
export async function fetched(
  name: string,
  dependencies: { readonly [name: string]: string },
  program: string,
): Promise<string> {
  const folder = join(tmpdir(), 'lifeboat-bench', name)
  await mkdir(folder, { recursive: true })
  const wanted = JSON.stringify({ private: true, type: 'module', dependencies }, null, 2)
  const file = join(folder, 'package.json')
  const isThere =
    existsSync(join(folder, 'node_modules')) && (await readFile(file, 'utf8').catch(() => '')) === wanted
  if (!isThere) {
    await writeFile(file, wanted)
    try {
      await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
        cwd: folder,
        timeout: LIMIT_MILLISECONDS,
      })
    } catch (error) {
      await writeFile(file, '')
      const why = error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error)
      throw new Error(`its packages could not be fetched: ${why}`)
    }
  }
  await cp(join(import.meta.dirname, program), join(folder, program))
  return folder
}
