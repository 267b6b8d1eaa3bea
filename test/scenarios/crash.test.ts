import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../src/sandbox/embedded/free-port.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

const CHANNEL = 'C0PAYMENTS'
const ROOT = resolve(import.meta.dirname, '../..')
const children: ChildProcess[] = []
let folder: string
let practice: Practice
let port: number

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-crash-'))
  port = await freePort()
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 90, withoutApps: true })
  practice.slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`)
})
afterAll(async () => {
  await Promise.all(children.map((child) => kill(child)))
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A process of its own, running for real; resolves when its log says that it is ready. */
async function run(part: 'bot' | 'worker', ready: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', part], {
    cwd: ROOT,
    env: {
      ...practice.settings,
      PORT: String(port),
      LOG_LEVEL: 'info',
      LEASE_SECONDS: '2',
      PATH: '/usr/bin:/bin',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let log = ''
  for await (const chunk of child.stdout ?? []) {
    log += String(chunk)
    if (log.includes(ready)) break
  }
  expect(log).toContain(ready)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const headlineSays = (part: string) =>
  practice.slack.until(() => {
    const [headline] = practice.slack.person('U0VIEWER').messages(CHANNEL)
    return headline && JSON.stringify(headline).includes(part) ? headline : undefined
  })

const starts = () => practice.aws.calls().filter(({ operation }) => operation === 'StartRecovery')

test('kill -9 of the worker in the middle of a DRS job, then of the bot: the run goes on, one StartRecovery', async () => {
  const bot = await run('bot', 'bot listens')
  const worker = await run('worker', 'worker takes jobs')
  const olive = practice.slack.person('U0OPERATOR')
  await olive.say(CHANNEL, '/dr drill payments')
  const form = await practice.slack.until(() =>
    olive.views().find(({ view }) => view.type === 'modal' && view.title.text === 'Start drill'),
  )
  await olive.submit(form, {})
  await headlineSays('Recover the servers')
  await practice.slack.until(() =>
    olive.messages(CHANNEL).some((message) => JSON.stringify(message).includes('drsjob-')) ? true : undefined,
  )
  expect(starts()).toHaveLength(1)
  await kill(worker)
  await kill(bot)

  await run('bot', 'bot listens')
  await run('worker', 'worker takes jobs')
  await practice.slack.until(() =>
    olive.messages(CHANNEL).some((message) => JSON.stringify(message).includes('Launched 6 servers'))
      ? true
      : undefined,
  )
  expect(starts()).toHaveLength(1)
}, 110_000)
