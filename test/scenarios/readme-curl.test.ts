import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { USUAL_PATH } from '../../src/sandbox/embedded/find-command.ts'
import { startPractice } from '../../src/sandbox/start.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const section = readme.split('\n## ').find((part) => part.startsWith('The same with curl')) ?? ''
const [variables = '', ...commands] = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(
  ([, block = '']) => block,
)
const run = z.object({
  mode: z.string(),
  status: z.string(),
  tasks: z.array(z.object({ task_id: z.string(), status: z.string(), attempt: z.int() })),
})

test('what README.md tells one to paste starts a failover, retries, approves and reads its end', async () => {
  expect(variables).toMatch(/^API=\S+\nTOKEN=\S+\n$/)
  expect(commands.length).toBeGreaterThan(0)
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-curl-'))
  const practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
  try {
    const { stdout, stderr } = await promisify(execFile)(
      'bash',
      ['--norc', '-u', '-c', commands.join('\n')],
      {
        env: { PATH: USUAL_PATH, API: `${practice.apiUrl}/api/v1`, TOKEN: practice.apiToken },
        timeout: 45_000,
      },
    )
    expect(stderr).toBe('')
    const [retried, approved, end = ''] = stdout.split('\n')
    expect([retried, approved]).toEqual(['IN_PROGRESS', 'IN_PROGRESS'])
    const ended = run.parse(JSON.parse(end))
    expect(ended).toMatchObject({ mode: 'recovery', status: 'COMPLETED' })
    const retriedTasks = ended.tasks.filter(({ attempt }) => attempt > 1)
    expect(retriedTasks.map(({ task_id }) => task_id)).toEqual(['cache-warmup'])
  } finally {
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
