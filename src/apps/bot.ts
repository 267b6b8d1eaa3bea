import { once as happens } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import type { Logger } from 'pino'
import { once } from '../adapters/bullmq/once.ts'
import { dynamoCalls } from '../adapters/dynamodb/calls.ts'
import { readStream } from '../adapters/dynamodb/stream.ts'
import { createTable } from '../adapters/dynamodb/table.ts'
import { dynamoThreads } from '../adapters/dynamodb/threads.ts'
import { api } from '../adapters/http/api.ts'
import { tokenDirectory } from '../adapters/http/auth.ts'
import { slackChat } from '../adapters/slack/chat.ts'
import { slackDirectory } from '../adapters/slack/directory.ts'
import { slackApp } from '../adapters/slack/receiver.ts'
import type { Config } from '../config.ts'
import { executionId } from '../domain/execution.ts'
import type { Policy } from '../domain/permission.ts'
import { desk } from '../engine/desk.ts'
import { engine } from '../engine/engine.ts'
import { TASK_TYPES } from '../engine/task-types/index.ts'
import { teller } from '../engine/tell.ts'
import { sweep, wake } from '../engine/wake.ts'
import { neighbours, QUEUE_PREFIX } from './neighbours.ts'
import { loadPlans } from './plans-folder.ts'

/** Between two sweeps: how late a step may be when doorbell and stream are both lost. */
const SWEEP_MILLISECONDS = 5000

/** Listens to Slack and the API, reads the table's stream, tells the threads. Any number of them may run. */
export async function startBot(config: Config, policy: Policy, log: Logger) {
  const around = neighbours(config, log, (execution) => telling.soon(execution.id))
  const { clock, documents, queue, store, plans, waking } = around
  await createTable(around.dynamo, config.aws.table)
  const { botToken, signingSecret, appToken, apiUrl, channel } = config.slack
  const slack = { botToken, apiUrl, clock, log }
  const telling = teller({
    keep: waking.keep,
    store,
    threads: dynamoThreads(documents, config.aws.table),
    chats: new Map([['slack', slackChat(slack)]]),
    clock,
    log,
  })
  const directory = tokenDirectory(policy, slackDirectory(slack))
  const door = engine({ ...waking, store, plans, directory, policy, kinds: TASK_TYPES })
  await loadPlans(config.plansFolder, { plans, kinds: TASK_TYPES, clock, log })

  const seen = once({ redisUrl: config.redisUrl, prefix: QUEUE_PREFIX, clock, log })
  const front = desk({ door, types: TASK_TYPES, clock, trouble: () => queue.trouble() })
  const receiver = slackApp({
    ...slack,
    signingSecret,
    ...(appToken ? { appToken } : {}),
    desk: front,
    first: seen.first,
  })
  const app = express().disable('x-powered-by')
  app.use(receiver.router)
  app.use(
    api({
      door,
      policy,
      calls: dynamoCalls(documents, config.aws.table),
      clock,
      log,
      ...(channel ? { channel } : {}),
      trouble: async () => {
        const found = await queue.trouble()
        return found ? [found] : []
      },
    }),
  )
  const server = createServer(app)
  server.listen(config.port, config.host)
  await happens(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port

  const wakeAndTell = async (id: string) => {
    await wake(executionId.parse(id), waking)
    telling.soon(executionId.parse(id))
  }
  const stream = readStream({
    streams: around.streams,
    documents,
    table: config.aws.table,
    clock,
    log,
    owner: `${process.pid}-${clock.now().getTime()}`,
    onExecutions: async (ids) => {
      await Promise.all(ids.map(wakeAndTell))
    },
  })
  let sweeping = Promise.resolve()
  let forget = () => {}
  const sweepLater = () => {
    forget = clock.after(SWEEP_MILLISECONDS, () => {
      sweeping = sweep(waking)
        .catch((error: unknown) => log.error({ error }, 'sweep failed'))
        .finally(sweepLater)
    })
  }
  sweepLater()
  // What was recorded while nobody could tell it is told now.
  for (const id of await store.recent(20)) telling.soon(id)
  await receiver.start()
  log.info({ port }, 'bot listens')

  return {
    port,
    door,
    async close() {
      forget()
      server.closeAllConnections()
      server.close()
      await receiver.close()
      await stream.close()
      await sweeping
      await telling.close()
      await seen.close()
      await around.close()
    },
  }
}
