import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { readPolicyFile } from './adapters/files/policy-file.ts'
import { audit, type OpenTable } from './apps/audit.ts'
import { startBot } from './apps/bot.ts'
import { logger } from './apps/log.ts'
import { startWorker } from './apps/worker.ts'
import { type Config, environment, hushSdk, readConfig, SETTINGS } from './config.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

const HELP = `Lifeboat: disaster recovery on AWS, run from chat.

  npm start                     with no settings: the practice ground on this machine (nothing real happens)
  npm start -- --fresh          the same, forgetting what was
  npm start -- --port 4343      where its page listens (default 4343, or a free port when that one is taken)
  npm start -- bot | worker     with settings: only the bot (Slack, API) or only a worker; both without the word
  npm start -- audit verify     whether all that was recorded is as it was written (audit --help tells more)

Settings (environment variables; * needed for the real services, + for one chat platform at least):
${Object.entries(SETTINGS)
  .map(
    ([name, { needed, says }]) =>
      `  ${needed === true ? '*' : needed ? '+' : ' '} ${name.padEnd(22)} ${says}`,
  )
  .join('\n')}
    AWS_ENDPOINT_URL[_SERVICE] and AWS credentials as in every AWS SDK.`

async function main(): Promise<void> {
  const [word, ...words] = process.argv.slice(2)
  if (word === 'audit') {
    hushSdk()
    const note = (line: string) => void process.stderr.write(`${line}\n`)
    process.exitCode = await audit(words, { settings: environment(), openPractice, say, note })
    return
  }
  const { values, positionals } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      fresh: { type: 'boolean' },
      port: { type: 'string' },
      folder: { type: 'string' },
      speed: { type: 'string' },
    },
    allowPositionals: true,
  })
  if (values.help) return say(HELP)
  hushSdk()
  const [part = 'all'] = positionals
  if (!['all', 'bot', 'worker'].includes(part))
    throw new Error(`There is no part "${part}": say bot or worker, or nothing.`)
  const configured = readConfig(environment())
  if (configured.kind === 'invalid') {
    throw new Error(
      `The configuration is not complete:\n${configured.problems.map((one) => `  ${one}`).join('\n')}`,
    )
  }
  if (configured.kind === 'config') return untilStopped(await startReal(configured.config, part))
  // Loaded only here: the practice ground is no part of a bot in production.
  const { startPractice } = await import('./sandbox/start.ts')
  const { freePort } = await import('./sandbox/embedded/free-port.ts')
  const practice = await startPractice({
    folder: resolve(values.folder ?? '.lifeboat'),
    port: Number(values.port ?? (await freePort(4343))),
    say,
    teams: 'playground',
    ...(values.fresh ? { fresh: true } : {}),
    ...(values.speed ? { speed: Number(values.speed) } : {}),
  })
  say(`
  Lifeboat's practice ground is ready. Nothing real happens here.

    Slack     ${practice.url}/?as=U0OPERATOR&channel=C0PAYMENTS
              Type /dr failover payments. You are Olive Operator, who may start and decide; switch to Avery Approver to approve.
    Teams     ${practice.playground ? `${practice.playground.url}\n              In the channel Incidents, mention @Lifeboat and write: drill payments. You are Olive Operator there too.` : "not here: it takes Microsoft's Agents Playground, which npm install adds with the development packages."}

  The API is at ${practice.apiUrl}/api/v1 (token: ${practice.apiToken}).
  Ctrl-C stops everything; the next start goes on where it was.
`)
  untilStopped(practice)
}

/** The practice ground's table, and nothing else of it. */
async function openPractice(folder: string): Promise<OpenTable> {
  const home = join(resolve(folder), 'dynamodb')
  if (!existsSync(home))
    throw new Error(`There is no practice ground in ${folder}. Set DYNAMODB_TABLE, or name its --folder.`)
  const { startDynamoDb } = await import('./sandbox/embedded/dynamodb.ts')
  const { url, close } = await startDynamoDb({ folder: home }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`A practice ground that is running must be stopped first (Ctrl-C). ${why}`)
  })
  const { PRACTICE_TABLE } = await import('./sandbox/embedded/practice-table.ts')
  const { name, region, credentials } = PRACTICE_TABLE
  return { client: new DynamoDBClient({ endpoint: url, region, credentials }), table: name, close }
}

async function startReal(config: Config, part: string): Promise<{ close(): Promise<void> }> {
  const log = logger(config.logLevel)
  const read = readPolicyFile(readFileSync(config.policyFile, 'utf8'), config.policyFile)
  if (read.kind === 'invalid') {
    throw new Error(
      `The policy is refused:\n${read.problems.map((one) => `  ${one.path}: ${one.message}`).join('\n')}`,
    )
  }
  const started: { close(): Promise<void> }[] = []
  if (part !== 'worker') started.push(await startBot(config, read.policy, log))
  if (part !== 'bot') started.push(await startWorker(config, log))
  return {
    async close() {
      for (const one of started.reverse()) await one.close()
    },
  }
}

function untilStopped(running: { close(): Promise<void> }): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
