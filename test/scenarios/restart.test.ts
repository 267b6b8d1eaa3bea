import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DescribeJobsCommand, DrsClient } from '@aws-sdk/client-drs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { startAws } from '../../src/sandbox/aws/start.ts'

const ROOT = resolve(import.meta.dirname, '../..')
let folder: string
let life: ChildProcess | undefined

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-restart-'))
})
afterAll(async () => {
  await stop(life, 'SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

interface Life {
  readonly process: ChildProcess
  readonly api: string
  readonly token: string
}

/** `npm start` as people run it: one process with everything, which says where its API is. */
async function start(): Promise<Life> {
  const args = ['--import', 'tsx', 'src/main.ts', '--folder', folder, '--port', '0', '--speed', '90']
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: '/usr/sbin:/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  life = child
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    const [, api, token] = /API is at (\S+) \(token: (\S+)\)/.exec(said) ?? []
    if (api && token) return { process: child, api, token }
  }
  throw new Error(`It ended before it was ready: ${said}`)
}

async function stop(child: ChildProcess | undefined, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

const execution = z.object({
  execution_id: z.string(),
  status: z.string(),
  tasks: z.array(
    z.object({ task_id: z.string(), status: z.string(), references: z.array(z.string()).optional() }),
  ),
})

async function call({ api, token }: Life, path: string, body?: object) {
  const response = await fetch(`${api}/executions${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return execution.parse(await response.json())
}

const taskOf = (run: z.infer<typeof execution>, id: string) => run.tasks.find(({ task_id }) => task_id === id)

/** Looks until it is so: other processes make it so, and say nothing when they have. */
const becomes = <Seen>(look: () => Promise<Seen>): Promise<Seen> =>
  vi.waitFor(look, { timeout: 60_000, interval: 100 })

test('everything is killed at once in the middle of a DRS job; started again, the run goes on to its end', async () => {
  const before = await start()
  const { execution_id: id } = await call(before, '', { recovery_plan_id: 'payments', mode: 'drill' })
  const job = await becomes(async () => {
    const running = taskOf(await call(before, `/${id}`), 'app-recovery')
    expect(running?.references?.[0]).toMatch(/^drsjob-/)
    return running?.references?.[0]
  })
  await stop(before.process, 'SIGKILL')

  const after = await start()
  const decided = await becomes(async () => {
    const run = await call(after, `/${id}`)
    expect(taskOf(run, 'app-recovery')).toMatchObject({ status: 'COMPLETED', references: [job] })
    expect(taskOf(run, 'cache-warmup')).toMatchObject({ status: 'FAILED' })
    return run
  })
  expect(decided.status).toBe('FAILED')
  await call(after, `/${id}/skip`, { task_id: 'cache-warmup', reason: 'Warm enough.' })
  const gate = await becomes(async () => {
    const waiting = (await call(after, `/${id}`)).tasks.find(({ status }) => status === 'PENDING_APPROVAL')
    expect(waiting).toBeDefined()
    return waiting?.task_id ?? ''
  })
  await call(after, `/${id}/approve`, { task_id: gate })
  await becomes(async () => expect((await call(after, `/${id}`)).status).toBe('COMPLETED'))
  await stop(after.process, 'SIGTERM')

  expect(await startedJobs()).toEqual([job])
}, 150_000)

/** The recovery jobs that the practice AWS has on record. */
async function startedJobs(): Promise<(string | undefined)[]> {
  const aws = await startAws({ clock: systemClock, stateFile: join(folder, 'aws.json') })
  const client = new DrsClient({
    region: 'us-west-2',
    endpoint: aws.url,
    credentials: { accessKeyId: 'practice', secretAccessKey: 'practice' },
  })
  const { items = [] } = await client.send(new DescribeJobsCommand({}))
  client.destroy()
  await aws.close()
  return items.map(({ jobID }) => jobID)
}
