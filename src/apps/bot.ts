import { once as happens } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import type { Logger } from 'pino'
import { awsClients } from '../adapters/aws/clients.ts'
import { awsEvents } from '../adapters/aws/events.ts'
import { awsTopic } from '../adapters/aws/topic.ts'
import { once } from '../adapters/bullmq/once.ts'
import { dynamoCalls } from '../adapters/dynamodb/calls.ts'
import { dynamoRooms } from '../adapters/dynamodb/rooms.ts'
import { readStream } from '../adapters/dynamodb/stream.ts'
import { createTable } from '../adapters/dynamodb/table.ts'
import { dynamoThreads } from '../adapters/dynamodb/threads.ts'
import { api } from '../adapters/http/api.ts'
import { tokenDirectory } from '../adapters/http/auth.ts'
import { reportBody } from '../adapters/http/report-shape.ts'
import { outbox } from '../adapters/outbox/outbox.ts'
import { pdfDocuments } from '../adapters/pdf/documents.ts'
import { pictures } from '../adapters/pictures/pictures.ts'
import { slackChat } from '../adapters/slack/chat.ts'
import { slackDirectory } from '../adapters/slack/directory.ts'
import { SLACK_RATES } from '../adapters/slack/rates.ts'
import { slackApp } from '../adapters/slack/receiver.ts'
import { slackRooms } from '../adapters/slack/rooms.ts'
import { slackRoster } from '../adapters/slack/roster.ts'
import { ownTeam } from '../adapters/slack/team.ts'
import type { Config } from '../config.ts'
import { askingOf } from '../conversation/gate-in-words.ts'
import type { AfterAction } from '../domain/after-action.ts'
import { type ExecutionId, executionId } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Policy } from '../domain/permission.ts'
import { attaches } from '../engine/attach.ts'
import { attachmentsOf, reportFiles } from '../engine/attachments.ts'
import { called } from '../engine/calling.ts'
import { desk } from '../engine/desk.ts'
import { engine } from '../engine/engine.ts'
import { invited } from '../engine/invited.ts'
import { notifies } from '../engine/notify.ts'
import { unmetGates } from '../engine/reach.ts'
import { sendReport } from '../engine/reporting.ts'
import { warRooms } from '../engine/room.ts'
import { TASK_TYPES } from '../engine/task-types/index.ts'
import { teller } from '../engine/tell.ts'
import { jobsIn, wake } from '../engine/wake.ts'
import { watch } from '../engine/watch.ts'
import { neighbours, QUEUE_PREFIX } from './neighbours.ts'
import { loadPlans } from './plans-folder.ts'
import { signInPages } from './sign-in-pages.ts'
import { sweeping } from './sweeping.ts'

/** Listens to Slack and the API, reads the table's stream, tells the threads. Any number of them may run. */
export async function startBot(config: Config, policy: Policy, log: Logger) {
  const around = neighbours(config, log, (execution, record) => {
    queue.put(jobsIn(record))
    tellSoon(execution.id)
  })
  const { clock, documents, queue, store, plans, waking } = around
  await createTable(around.dynamo, config.aws.table)
  const { botToken, signingSecret, appToken, appId, apiUrl, channel } = config.slack
  const client = { botToken, apiUrl, clock, log }
  const slack = { ...client, ...optional('teamId', config.slack.teamId ?? (await ownTeam(client))) }
  const outgoing = outbox(clock, SLACK_RATES)
  const threads = dynamoThreads(documents, config.aws.table)
  const calling = { policy, rosters: new Map([['slack', slackRoster(slack)]]), clock, log }
  const painter = pictures()
  const drawing = {
    pictures: painter,
    documents: pdfDocuments,
    history: (id: ExecutionId) => store.changesSince(id, 0),
    json: (report: AfterAction) => `${JSON.stringify(reportBody(report), null, 2)}\n`,
    zone: config.timeZone,
  }
  const talkingSlack = slackChat({ ...slack, outbox: outgoing })
  const chats = new Map([['slack', talkingSlack]])
  const roomStore = dynamoRooms(documents, config.aws.table)
  const rooms = warRooms({
    ...{ keep: waking.keep, store: roomStore, threads, plans, clock, log },
    rooms: new Map([['slack', slackRooms(slack)]]),
    chats,
    invited: (execution, platform) => invited(calling, execution, platform),
    report: (execution) => reportFiles(execution, clock.now(), drawing),
    attach: async (place, file) => chats.get(place.platform)?.attach(place, [file]),
    news: (id) => telling.soon(id),
  })
  const telling = teller({
    keep: waking.keep,
    store,
    threads,
    chats,
    room: rooms,
    clock,
    log,
    progressSeconds: config.progressSeconds,
    called: (execution, task, platform) => called(calling, execution, task, platform),
    asking: (execution, gate, platform) => askingOf(policy, execution, gate, platform),
  })
  const attaching = attaches({
    ...{ keep: waking.keep, threads, chats, clock, log },
    attachments: (execution, now) => attachmentsOf(execution, now, drawing),
  })
  const { aws, eventBus, topicArn } = config
  const clients = awsClients({ ...aws, clock })
  const ways = [
    ...(eventBus ? [{ name: 'bus', notifier: awsEvents(clients, eventBus) }] : []),
    ...(topicArn ? [{ name: 'topic', notifier: awsTopic(clients, topicArn) }] : []),
  ]
  const notifying = ways.map((way) =>
    notifies({ ...way, keep: waking.keep, store, plans, threads, clock, log }),
  )
  const tellers = [telling, rooms, attaching, ...notifying]
  const tellSoon = (id: ExecutionId) => {
    for (const one of tellers) one.soon(id)
    receiver.changed()
  }
  const directory = tokenDirectory(policy, slackDirectory(slack))
  const signIn = signInPages(config, { policy, directory, documents, waking })
  const door = engine({
    ...waking,
    plans,
    directory,
    policy,
    kinds: TASK_TYPES,
    warRoom: config.warRoom,
    ...optional('stepUp', signIn?.stepUp),
  })
  if (!signIn && policy.approvals.some((rule) => rule.step_up))
    log.warn({}, 'gates with step_up can only be rejected: PUBLIC_URL and OIDC_ISSUER are not set')
  await loadPlans(config.plansFolder, { plans, kinds: TASK_TYPES, clock, log })

  const wakeAndTell = async (id: string) => {
    // First, for a run that cannot be woken has news all the same.
    tellSoon(executionId.parse(id))
    await wake(executionId.parse(id), waking)
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
  const trouble = async () =>
    [await queue.trouble(), stream.trouble(), ...telling.trouble()].filter((found) => found !== undefined)

  const seen = once({ redisUrl: config.redisUrl, prefix: QUEUE_PREFIX, clock, log })
  const front = desk({
    door,
    types: TASK_TYPES,
    clock,
    explaining: { policy, directory, plans, rosters: calling.rosters, clock },
    sendReport: (execution, asker) => sendReport(execution, asker, { drawing, chats, clock }),
    unmet: (plan) => unmetGates(plan, { policy, roster: calling.rosters.get('slack') }),
    roomAt: roomStore.at,
    trouble: async () => (await trouble()).join(' ') || undefined,
    store,
    toldIn: channel ? [{ platform: 'slack', channel }] : [],
  })
  const receiver = slackApp({
    ...slack,
    signingSecret,
    ...optional('appToken', appToken),
    ...optional('appId', appId),
    desk: front,
    direct: talkingSlack.direct,
    watch: watch({ door, rooms: roomStore, threads }),
    first: seen.first,
    repaint: (id, card) => telling.repaint(executionId.parse(id), card),
  })
  const app = express().disable('x-powered-by')
  app.use(receiver.router)
  if (signIn) app.use(signIn.routes(door))
  app.use(
    api({
      door,
      desk: front,
      policy,
      calls: dynamoCalls(documents, config.aws.table),
      documents: pdfDocuments,
      clock,
      log,
      ...(channel ? { channel } : {}),
      trouble,
    }),
  )
  const server = createServer(app)
  server.listen(config.port, config.host)
  await happens(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port

  const sweeps = sweeping(waking, tellSoon)
  // What was recorded while nobody could tell it is told now.
  for (const id of await store.recent(20)) tellSoon(id)
  await receiver.start()
  for (const found of await trouble()) log.warn({ trouble: found }, 'bot starts all the same')
  log.info({ port }, 'bot listens')

  return {
    port,
    door,
    async close() {
      server.closeAllConnections()
      server.close()
      await receiver.close()
      await stream.close()
      await sweeps.close()
      await outgoing.close()
      await Promise.all(tellers.map((one) => one.close()))
      await painter.close()
      clients.close()
      await seen.close()
      await around.close()
    },
  }
}
