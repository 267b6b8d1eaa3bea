import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { type Mutant, planted } from './mutant.ts'

export interface WorkingCopy {
  readonly root: string
  /** Plants the bug, does this, and takes the bug out again. A bug that is no TypeScript is not planted, but thrown. */
  withBug<Result>(mutant: Mutant, doing: () => Promise<Result>): Promise<Result>
  remove(): Promise<void>
}

/** The checkout as it stands, uncommitted changes included, in a folder of its own: mutants never touch the real one. */
export async function workingCopy(checkout: string): Promise<WorkingCopy> {
  const root = await mkdtemp(join(tmpdir(), 'lifeboat-mutants-'))
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: checkout,
    encoding: 'utf8',
  })
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(checkout, file)))
  for (const file of files) await cp(join(checkout, file), join(root, file))
  await symlink(join(checkout, 'node_modules'), join(root, 'node_modules'))
  return {
    root,
    async withBug(mutant, doing) {
      const path = join(root, mutant.file)
      const right = await readFile(path, 'utf8')
      const wrong = planted(right, mutant)
      await transform(wrong, { loader: 'ts', sourcefile: mutant.file, logLevel: 'silent' })
      await writeFile(path, wrong)
      try {
        return await doing()
      } finally {
        await writeFile(path, right)
      }
    },
    remove: () => rm(root, { recursive: true, force: true }),
  }
}
