import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'

/** `unfair`: it ended badly, but no test said so; such a mutant proves nothing. */
export type Verdict =
  | { readonly kind: 'caught'; readonly by: string }
  | { readonly kind: 'survived' }
  | { readonly kind: 'unfair'; readonly why: string }

/** The slowest of the named test files takes a third of it on two busy cores. */
const LONGEST_MILLISECONDS = 180_000

/** Runs these test files in that folder, up to the first test that fails. */
export async function runTests(root: string, files: readonly string[], stop: AbortSignal): Promise<Verdict> {
  const report = join(root, 'mutant-report.json')
  await rm(report, { force: true })
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const ended = await run(
    root,
    [vitest, 'run', ...files, '--bail=1', '--reporter=json', `--outputFile=${report}`],
    stop,
  )
  if (ended.kind === 'late') return { kind: 'unfair', why: ended.why }
  const text = await readFile(report, 'utf8').catch(() => undefined)
  if (text === undefined)
    return { kind: 'unfair', why: `vitest gave no report: ${ended.errors.slice(0, 500)}` }
  const { testResults } = vitestReport.parse(JSON.parse(text))
  for (const { name, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed')
    if (!failed) continue
    const [why = ''] = failed.failureMessages
    if (/^(SyntaxError|ReferenceError)/.test(why)) return { kind: 'unfair', why }
    const late = why.includes('Test timed out') ? ' (by its time-out)' : ''
    return { kind: 'caught', by: `${relative(root, name)} › ${failed.fullName}${late}` }
  }
  const broken = testResults.find(({ status }) => status === 'failed')
  if (broken)
    return { kind: 'unfair', why: `${relative(root, broken.name)}: ${broken.message.split('\n')[0]}` }
  if (ended.code !== 0) return { kind: 'unfair', why: `no test failed, yet vitest ended with ${ended.code}` }
  return { kind: 'survived' }
}

/** Simulates so many worlds there, up to the first broken promise. */
export async function runWorlds(root: string, worlds: number, stop: AbortSignal): Promise<Verdict> {
  const ended = await run(root, ['--import', 'tsx', 'test/mutants/worlds.ts', String(worlds)], stop)
  if (ended.kind === 'late') return { kind: 'unfair', why: ended.why }
  if (ended.code !== 0)
    return { kind: 'unfair', why: `the simulation broke off: ${ended.errors.slice(0, 500)}` }
  if (ended.output.trim() === '') return { kind: 'survived' }
  const { seed, broken } = brokenWorld.parse(JSON.parse(ended.output))
  return { kind: 'caught', by: `simulation, seed ${seed} › ${broken}` }
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z
            .array(z.string())
            .nullish()
            .transform((messages) => messages ?? []),
        }),
      ),
    }),
  ),
})
const brokenWorld = z.object({ seed: z.number(), broken: z.string() })

type Ended =
  | { readonly kind: 'ended'; readonly code: number | null; readonly output: string; readonly errors: string }
  | { readonly kind: 'late'; readonly why: string }

/** Node with these words, in a process group of its own, so that the servers it started end with it. */
function run(root: string, words: readonly string[], stop: AbortSignal): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [output, errors] = ['', '']
    let late: string | undefined
    const end = (why: string) => {
      late = why
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }
    const onStop = () => end('stopped')
    const limit = setTimeout(
      () => end(`not done after ${LONGEST_MILLISECONDS / 1000} s`),
      LONGEST_MILLISECONDS,
    )
    stop.addEventListener('abort', onStop)
    child.stdout.on('data', (bytes) => (output += bytes))
    child.stderr.on('data', (bytes) => (errors += bytes))
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(limit)
      stop.removeEventListener('abort', onStop)
      resolve(late === undefined ? { kind: 'ended', code, output, errors } : { kind: 'late', why: late })
    })
  })
}
