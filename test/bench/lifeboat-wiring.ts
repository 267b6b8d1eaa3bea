import { z } from 'zod'
import { awsClients } from '../../src/adapters/aws/clients.ts'
import { awsServices } from '../../src/adapters/aws/services.ts'
import { bullWorker } from '../../src/adapters/bullmq/worker.ts'
import { readStream } from '../../src/adapters/dynamodb/stream.ts'
import { createTable } from '../../src/adapters/dynamodb/table.ts'
import { dynamoThreads } from '../../src/adapters/dynamodb/threads.ts'
import { logger } from '../../src/apps/log.ts'
import { neighbours, QUEUE_PREFIX } from '../../src/apps/neighbours.ts'
import { sweeping } from '../../src/apps/sweeping.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { type Execution, executionId } from '../../src/domain/execution.ts'
import { byHand } from '../../src/engine/by-hand.ts'
import { engine } from '../../src/engine/engine.ts'
import type { Working } from '../../src/engine/look.ts'
import { approval } from '../../src/engine/task-types/approval.ts'
import type { TaskType } from '../../src/engine/task-types/task-type.ts'
import { teller } from '../../src/engine/tell.ts'
import { jobsIn, type Waking, wake } from '../../src/engine/wake.ts'
import { crashed, work } from '../../src/engine/work.ts'
import type { Job } from '../../src/ports/job-queue.ts'
import { now } from './messages.ts'

/** What the no-ops themselves saw: by "execution/task", when they were begun and when they were done. */
export type Seen = Map<string, { from: number; to: number }>

const log = logger('error')
const CONCURRENCY = 16

export function settingsFor(
  dynamoUrl: string,
  redisUrl: string,
  slackApiUrl = 'http://127.0.0.1:1/',
): Config {
  const read = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-not-used',
    SLACK_API_URL: slackApiUrl,
    SLACK_SIGNING_SECRET: 'not-used-not-used',
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: 'practice',
    AWS_SECRET_ACCESS_KEY: 'practice',
    AWS_ENDPOINT_URL: dynamoUrl,
    DYNAMODB_TABLE: 'lifeboat-bench',
    REDIS_URL: redisUrl,
    POLICY_FILE: 'not-used',
    POLL_SECONDS: '1',
    PORT: '0',
  })
  if (read.kind !== 'config') throw new Error('The benchmark made settings that do not fit the schema.')
  return read.config
}

/** The part of apps/bot.ts that runs plans: door, stream reader, teller, sweep. Nothing is told: the runs have no place. */
export async function startBotPart(config: Config, kinds: Kinds, saved: (execution: Execution) => void) {
  const around = neighbours(config, log, (execution, record) => {
    queue.put(jobsIn(record))
    saved(execution)
    telling.soon(execution.id)
  })
  const { clock, documents, queue, store, plans, waking } = around
  await createTable(around.dynamo, config.aws.table)
  const threads = dynamoThreads(documents, config.aws.table)
  const telling = teller({
    progressSeconds: 10,
    keep: waking.keep,
    store,
    threads,
    chats: new Map(),
    clock,
    log,
  })
  const door = engine({
    ...waking,
    plans,
    directory: { identify: async (actor) => ({ actor, groups: [], roles: ['admin'] }) },
    policy: { bindings: [], api_tokens: [], approvals: [], humans: [], on_call: [] },
    kinds,
  })
  const stream = readStream({
    streams: around.streams,
    documents,
    table: config.aws.table,
    clock,
    log,
    owner: String(process.pid),
    onExecutions: async (ids) => {
      await Promise.all(
        ids.map(async (id) => {
          await wake(executionId.parse(id), waking)
          telling.soon(executionId.parse(id))
        }),
      )
    },
  })
  const sweeps = sweeping(waking, telling.soon)
  return {
    door,
    store,
    dynamo: around.dynamo,
    async close() {
      await stream.close()
      await sweeps.close()
      await telling.close()
      await around.close()
    },
  }
}

/** apps/worker.ts, with other task types. */
export function startWorkerPart(config: Config, types: Kinds, saved: (execution: Execution) => void) {
  const around = neighbours(config, log, (execution, record) => {
    waking.queue.put(jobsIn(record))
    saved(execution)
  })
  const { clock, queue } = around
  const { region, endpoints } = config.aws
  const clients = awsClients({ region, endpoints, clock })
  let tokens = 0
  const working: Working = {
    keep: around.waking.keep,
    index: around.store,
    types,
    clock,
    log,
    newToken: () => `${process.pid}-${tokens++}`,
    pollSeconds: config.pollSeconds,
    leaseSeconds: config.leaseSeconds,
    world: {
      clock,
      ...awsServices(clients),
    },
  }
  const look = (job: Job) => work(job, working)
  const waking: Waking = { ...around.waking, queue: byHand({ queue, work: look, clock, log }) }
  const worker = bullWorker({
    redisUrl: config.redisUrl,
    prefix: QUEUE_PREFIX,
    clock,
    concurrency: CONCURRENCY,
    work: look,
    onCrashed: (job) => crashed(job, working),
    log,
  })
  const sweeps = sweeping(waking, () => {})
  return {
    dynamo: around.dynamo,
    async close() {
      await Promise.all([sweeps.close(), worker.close()])
      await waking.queue.close()
      await around.close()
    },
  }
}

export type Kinds = ReadonlyMap<string, TaskType>

/** The no-op, written like `wait`: its start gives a reference, its first check says completed. And approvals, as they are. */
export function noopKinds(seen: Seen): Kinds {
  const noop: TaskType = {
    type: 'noop',
    title: () => 'No-op',
    inputs: z.strictObject({}),
    timeoutMinutes: 60,
    quietSeconds: 0,
    describe: () => 'Does nothing.',
    start: async ({ origin }) => {
      seen.set(`${origin.execution}/${origin.task}`, { from: now(), to: Number.NaN })
      return ['nothing']
    },
    find: async () => [['nothing']],
    check: async ({ origin }) => {
      const key = `${origin.execution}/${origin.task}`
      seen.set(key, { from: seen.get(key)?.from ?? Number.NaN, to: now() })
      return { kind: 'completed', summary: 'Done.', lines: [] }
    },
    cancel: async () => 'Nothing runs.',
  }
  return new Map<string, TaskType>([
    ['noop', noop],
    ['approval', approval],
  ])
}
