import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { run } from '../../src/cli/run.ts'
import type { Settings } from '../../src/config.ts'
import { USUAL_PATH } from '../../src/sandbox/embedded/find-command.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const section = readme.split('\n## ').find((part) => part.startsWith('The same in a terminal')) ?? ''
const [variables = '', commands = ''] = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(
  ([, block = '']) => block,
)
const [asFunction = ''] = commands.split('\n')

let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-cli-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const environment = () => ({
  PATH: `${resolve(process.execPath, '..')}:${USUAL_PATH}`,
  LIFEBOAT_URL: practice.apiUrl,
  LIFEBOAT_TOKEN: practice.apiToken,
})

interface Ran {
  exit: number | null
  out: string
  errors: string
}

/** The real process, without a terminal. */
function lifeboat(words: string[], settings: Settings = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', ...words],
      { cwd: ROOT, env: { ...environment(), ...settings } },
      (_, out, errors) => resolve({ exit: child.exitCode, out, errors }),
    )
    child.stdin?.end()
  })
}

/** The same in this process. */
async function quick(words: string[], settings: Settings = {}): Promise<Ran> {
  let [out, errors] = ['', '']
  const heard = new PassThrough().on('data', (part) => {
    errors += part
  })
  const output = {
    write(part: string) {
      out += part
    },
  }
  const around = { input: new PassThrough(), output, errors: heard, version: '0', readFile }
  const exit = await run(words, { ...around, settings: { ...environment(), ...settings } })
  return { exit, out, errors }
}

const readFile = (path: string) => readFileSync(path, 'utf8')

/** Bash, in the checkout; `prints` waits for words that it prints. */
function bash(script: string) {
  const child = spawn('bash', ['--norc', '-u', '-c', script], { cwd: ROOT, env: environment() })
  child.stdin.end()
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      text += part
    })
  }
  const ended = new Promise<number | null>((resolve) => void child.on('exit', resolve))
  const prints = async (words: RegExp): Promise<string> => {
    for (;;) {
      const found = words.exec(text)?.[0]
      if (found) return found
      if (child.exitCode !== null) throw new Error(`It ended without ${words}:\n${text}`)
      await Promise.race([ended, new Promise((resolve) => void child.stdout.once('data', resolve))])
    }
  }
  return { ended, prints, text: () => text }
}

const messages = (channel: string) => JSON.stringify(practice.slack.person('U0VIEWER').messages(channel))

test('what README.md tells one to paste runs a failover; the commands on its cards decide', async () => {
  expect(variables).toMatch(/^export LIFEBOAT_URL=\S+\nexport LIFEBOAT_TOKEN=\S+\n$/)
  const pasted = bash(commands)
  const retry = await pasted.prints(/lifeboat retry cache-warmup run:\w+/)
  const retried = bash(`${asFunction}\n${retry}`)
  expect(await retried.ended).toBe(0)
  expect(retried.text()).toContain('REAL · Payments')
  const approve = await pasted.prints(/lifeboat approve approve-dns-cutover run:\w+/)
  const approved = bash(`${asFunction}\n${approve} "it looks well"`)
  expect(await approved.ended).toBe(0)
  expect(await pasted.ended).toBe(0)
  const story = pasted.text()
  for (const part of [
    'Moves the payments application from us-east-1 to us-west-2.',
    'payments-cache-1 did not answer',
    'Warm the caches retried by practice – attempt 2',
    'approved by practice · “it looks well”',
    'REAL · Payments has ended',
    '✅ Completed after',
  ]) {
    expect(story).toContain(part)
  }
  // Whoever stands in the channel for runs from elsewhere has seen the same.
  await practice.slack.until(() =>
    messages('C0INCIDENTS').includes('Payments has ended') ? true : undefined,
  )
}, 45_000)

test('a thread that is asked for after the end shows how it ended', async () => {
  const { exit, out } = await quick(['thread'])
  expect(out).toContain('✅ Completed after')
  expect(exit).toBe(0)
})

test('the exit status tells done, refused, not understood, unanswered and unreachable apart', async () => {
  const wrong = join(folder, 'wrong-token')
  writeFileSync(wrong, 'not-a-token-of-anybody\n')
  const all = await Promise.all([
    lifeboat(['status']),
    lifeboat(['failover', 'paymets']),
    quick(['retry', 'cache-warmup', '--answer', 'reason=again']),
    quick(['failover', 'payments', '--answer', 'plan-name=Storefront', '--answer', 'region=us-west-2']),
    lifeboat(['frobnicate']),
    quick(['status', '--faster']),
    quick(['drill', 'payments', '--answer', 'speed=high']),
    lifeboat(['failover', 'payments']),
    quick(['drill', 'payments']),
    lifeboat(['status'], { LIFEBOAT_URL: 'http://127.0.0.1:9' }),
    quick(['status', '--token-file', wrong]),
    quick(['status'], { LIFEBOAT_URL: practice.url }),
    quick(['status'], { LIFEBOAT_TOKEN: '' }),
    quick(['status'], { LIFEBOAT_TOKEN: 'two words of a token' }),
  ])
  expect(
    all.map(({ exit, out, errors }) => [exit, (out || errors).split('\n').slice(0, 2).join(' ')]),
  ).toEqual([
    [0, 'Nothing is running that you may see. `plans` lists what can be started. '],
    [1, 'Not done There is no plan “paymets” that you may see. Did you mean “payments”? `plans`'],
    [1, 'Not done Nothing is running that you may see. `plans` lists what can be started.'],
    [1, 'You typed “Storefront”. To start the REAL failover, type “Payments”. '],
    [2, expect.stringContaining('I do not know “frobnicate”')],
    [2, expect.stringContaining("Unknown option '--faster'")],
    [2, 'There is no field "speed" here, there is reason. Nothing was done. '],
    [3, '🔴 REAL · Payments This moves production for real.'],
    [3, '🟡 DRILL · Payments A rehearsal: production stays where it is.'],
    [4, expect.stringContaining('Lifeboat does not answer at http://127.0.0.1:9')],
    [4, expect.stringContaining('does not know this token')],
    [4, expect.stringContaining('is no Lifeboat')],
    [4, expect.stringContaining('There is no token. Set LIFEBOAT_TOKEN')],
    [4, expect.stringContaining('LIFEBOAT_TOKEN is malformed')],
  ])
  const said = all.map(({ out, errors }) => out + errors).join('\n')
  for (const secret of [practice.apiToken, 'not-a-token-of-anybody', 'two words'])
    expect(said).not.toContain(secret)
  expect(said).not.toMatch(/\n\s+at /)
}, 45_000)

test('help and version need no bot, and JSON is the answer as it came', async () => {
  const [help, version, json] = await Promise.all([
    lifeboat(['--help'], { LIFEBOAT_TOKEN: '', LIFEBOAT_URL: 'http://127.0.0.1:9' }),
    quick(['--version'], { LIFEBOAT_TOKEN: '' }),
    quick(['plan', 'payments', '--json']),
  ])
  expect([help.exit, version.exit, json.exit]).toEqual([0, 0, 0])
  for (const word of ['failover <plan>', 'watch [run]', '--answer', 'LIFEBOAT_URL'])
    expect(help.out).toContain(word)
  expect(version.out).toBe('0\n')
  expect(JSON.parse(json.out)).toMatchObject({ kind: 'whisper', card: { tone: 'neutral' } })
})

/** The command line with somebody at the keyboard, who waits for words to appear and then types. */
async function attended(
  words: string[],
  typed: [waitsFor: string, types: string][],
  settings: Settings = {},
) {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const left = [...typed]
  let text = ''
  let unread = ''
  const write = (part: unknown) => {
    text += part
    unread += part
    const [waitsFor, types] = left[0] ?? []
    if (waitsFor === undefined || !unread.includes(waitsFor)) return
    unread = ''
    left.shift()
    input.write(`${types}\n`)
  }
  const errors = Object.assign(new PassThrough().on('data', write), { isTTY: true, columns: 80 })
  const output = { isTTY: true, columns: 80, write }
  const around = { input, output, errors, version: '0', readFile }
  const exit = await run(words, { ...around, settings: { ...environment(), NO_COLOR: '1', ...settings } })
  return { exit, text, left }
}

test('somebody at the keyboard is asked until the answer is right, and a drill asks for a yes', async () => {
  const failover = await attended(
    ['failover', 'ledger'],
    [
      ['Type the plan’s name to start a REAL failover:', 'payments'],
      ['Type the Region that it recovers to:', 'us-east-1'],
      ['Reason (Enter for none):', ''],
      ['Type the plan’s name to start a REAL failover:', 'Ledger'],
      ['Type the Region that it recovers to:', 'US-West-2'],
      ['Reason (Enter for none):', 'a sample reason'],
    ],
  )
  expect(failover).toMatchObject({ exit: 0, left: [] })
  expect(failover.text).toContain('To start the REAL failover, type “Ledger”.')
  expect(failover.text).toContain(
    'You typed “us-east-1”. The REAL failover recovers to “us-west-2”: type that.',
  )
  expect(failover.text).toContain('“a sample reason”')
  const drill = await attended(
    ['drill', 'payments'],
    [
      ['Reason (Enter for none):', ''],
      ['Start drill? Type yes:', 'no'],
    ],
  )
  expect(drill.exit).toBe(130)
  expect(drill.text).toContain('Nothing was done.')
})

test('who watches presses a button by its number and types commands; the headline is painted below the news', async () => {
  const watched = await attended(
    ['watch'],
    [
      ['[1] Retry', '99'],
      ['There is no button 99.', '1'],
      ['attempt 2', 'cancel "enough of it"'],
    ],
    { TERM: 'xterm' },
  )
  expect(watched).toMatchObject({ exit: 1, left: [] })
  expect(watched.text).toContain('Cancelled by practice · “enough of it”')
  expect(watched.text).toContain('REAL · Ledger has ended')
  expect(watched.text).toContain('A\u001B[0J')
})

const start = z.object({ form: z.object({ memory: z.string() }) })

async function call(path: string, body: object) {
  const response = await fetch(`${practice.apiUrl}/api/v1/desk/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${practice.apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  return answer
}

test('a start form that is sent twice is one run, and a token chooses neither its channel nor a strange id', async () => {
  const { form } = start.parse(await call('command', { text: 'drill storefront' }))
  const places = [{ platform: 'slack', channel: 'C0PAYMENTS' }]
  const memory = JSON.stringify({ ...JSON.parse(form.memory), places })
  const before = messages('C0PAYMENTS')
  const both = await Promise.all([1, 2].map(() => call('submit', { memory, values: { reason: '' } })))
  const again = await call('submit', { memory, values: { reason: '' } })
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(form.memory))
  expect([...both, again]).toEqual([1, 2, 3].map(() => ({ kind: 'silent', run: id })))
  await practice.slack.until(() => (messages('C0INCIDENTS').includes('Storefront') ? true : undefined))
  expect(messages('C0PAYMENTS')).toBe(before)
  const forged = JSON.stringify({ ...JSON.parse(form.memory), id: 'a/../b' })
  expect(await call('submit', { memory: forged, values: {} })).toMatchObject({ no: 'refused' })
})
