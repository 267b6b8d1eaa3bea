import { once as happens } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import type { Logger } from 'pino'
import { awsClients } from '../adapters/aws/clients.ts'
import { awsEvents } from '../adapters/aws/events.ts'
import { awsTopic } from '../adapters/aws/topic.ts'
import { once } from '../adapters/bullmq/once.ts'
import { dynamoCalls } from '../adapters/dynamodb/calls.ts'
import { dynamoContacts } from '../adapters/dynamodb/contacts.ts'
import { dynamoFiles } from '../adapters/dynamodb/files.ts'
import { dynamoLinks } from '../adapters/dynamodb/links.ts'
import { dynamoMutes } from '../adapters/dynamodb/mutes.ts'
import { dynamoRooms } from '../adapters/dynamodb/rooms.ts'
import { readStream } from '../adapters/dynamodb/stream.ts'
import { createTable } from '../adapters/dynamodb/table.ts'
import { dynamoThreads } from '../adapters/dynamodb/threads.ts'
import { api } from '../adapters/http/api.ts'
import { tokenDirectory } from '../adapters/http/auth.ts'
import { reportBody } from '../adapters/http/report-shape.ts'
import { pdfDocuments } from '../adapters/pdf/documents.ts'
import { pictures } from '../adapters/pictures/pictures.ts'
import { systemClock } from '../adapters/system/clock.ts'
import type { Config } from '../config.ts'
import { askingOf } from '../conversation/gate-in-words.ts'
import type { AfterAction } from '../domain/after-action.ts'
import type { ChangeRecord } from '../domain/change.ts'
import { type Execution, type ExecutionId, executionId } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Policy } from '../domain/permission.ts'
import { attaches } from '../engine/attach.ts'
import { attachmentsOf, reportFiles } from '../engine/attachments.ts'
import { called } from '../engine/calling.ts'
import { desk } from '../engine/desk.ts'
import { engine } from '../engine/engine.ts'
import { invited } from '../engine/invited.ts'
import { withKnown, withLinks } from '../engine/link.ts'
import { notifies } from '../engine/notify.ts'
import { unmetGates } from '../engine/reach.ts'
import { sendReport } from '../engine/reporting.ts'
import { warRooms } from '../engine/room.ts'
import { TASK_TYPES } from '../engine/task-types/index.ts'
import { teller } from '../engine/tell.ts'
import { jobsIn, wake } from '../engine/wake.ts'
import { watch } from '../engine/watch.ts'
import type { MessageReference } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { inLanguageOf, inOwnLanguage, speak } from './language.ts'
import { neighbours, QUEUE_PREFIX } from './neighbours.ts'
import { loadPlans } from './plans-folder.ts'
import { directoryOf, platformsOf } from './platforms.ts'
import { signInPages } from './sign-in-pages.ts'
import { sweeping } from './sweeping.ts'

/** Listens to the chat platforms and the API, reads the table's stream, tells the threads. Any number of them may run. */
export async function startBot(config: Config, policy: Policy, log: Logger, clock: Clock = systemClock) {
  refuseStrangers(config)
  speak(config.language)
  const rung = (execution: Execution, record: ChangeRecord) => {
    queue.put(jobsIn(record))
    tellSoon(execution.id)
  }
  const around = neighbours(config, log, rung, clock)
  const { documents, queue, store, plans, waking } = around
  await createTable(around.dynamo, config.aws.table)
  const platforms = await platformsOf(config, {
    ...{ clock, log, policy },
    contacts: dynamoContacts(documents, config.aws.table),
    files: dynamoFiles(documents, config.aws.table, clock),
    publicUrl: config.publicUrl,
  })
  const threads = dynamoThreads(documents, config.aws.table)
  const links = dynamoLinks(documents, config.aws.table)
  const rosters = new Map(
    platforms.map(({ name, roster }) => [name, withKnown(name, roster, { links, policy })]),
  )
  const mutes = dynamoMutes(documents, config.aws.table)
  const calling = { policy, rosters, clock, log, mutes }
  const painter = pictures()
  const drawing = {
    pictures: painter,
    documents: pdfDocuments,
    history: (id: ExecutionId) => store.changesSince(id, 0),
    json: (report: AfterAction) => `${JSON.stringify(reportBody(report), null, 2)}\n`,
    zone: config.timeZone,
  }
  const chats = new Map(platforms.map(({ name, chat }) => [name, chat]))
  const roomStore = dynamoRooms(documents, config.aws.table)
  const rooms = warRooms({
    ...{ keep: waking.keep, store: roomStore, threads, plans, clock, log },
    rooms: new Map(platforms.flatMap(({ name, rooms }) => (rooms ? [[name, rooms]] : []))),
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
    inLanguageOf,
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
  const tellSoon = (id: ExecutionId) =>
    inOwnLanguage(() => {
      for (const one of tellers) one.soon(id)
      for (const listener of listeners) listener.changed()
    })
  const directory = tokenDirectory(policy, withLinks(directoryOf(platforms), links))
  const signIn = signInPages(config, { policy, directory, documents, waking, links, rosters })
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
  const toldIn = platforms.flatMap(({ home }) => home ?? [])
  const front = desk({
    door,
    types: TASK_TYPES,
    clock,
    explaining: { policy, directory, plans, rosters, clock, ...optional('stepUp', signIn?.stepUp) },
    sendReport: (execution, asker, form) => sendReport(execution, asker, { drawing, chats, clock }, form),
    unmet: (plan) => unmetGates(plan, { policy, roster: [...rosters.values()][0] }),
    roomAt: roomStore.at,
    trouble: async () => (await trouble()).join(' ') || undefined,
    store,
    toldIn,
    mutes,
    region: config.aws.region,
  })
  const heard = {
    desk: front,
    watch: watch({ door, rooms: roomStore, threads }),
    roomAt: roomStore.at,
    first: seen.first,
    inLanguageOf,
    inOwnLanguage,
    repaint: (id: string, card: MessageReference) =>
      inOwnLanguage(() => telling.repaint(executionId.parse(id), card)),
  }
  const listeners = platforms.map((platform) => platform.listen(heard))
  const app = express().disable('x-powered-by')
  for (const { router } of listeners) app.use(router)
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
      toldIn,
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
  await Promise.all(listeners.map((listener) => listener.start()))
  for (const found of await trouble()) log.warn({ trouble: found }, 'bot starts all the same')
  log.info({ port }, 'bot listens')

  return {
    port,
    door,
    async close() {
      server.closeAllConnections()
      server.close()
      await Promise.all(listeners.map((listener) => listener.close()))
      await stream.close()
      await sweeps.close()
      await Promise.all(platforms.map((platform) => platform.close()))
      await Promise.all(tellers.map((one) => one.close()))
      await painter.close()
      clients.close()
      await seen.close()
      await around.close()
    },
  }
}

/** Without an app in Microsoft Entra nobody's word is checked, so nobody else may reach us: the practice ground's Teams is like that. */
function refuseStrangers({ teams, host }: Config): void {
  const isOpen = teams && !teams.app
  if (isOpen && !['127.0.0.1', '::1', 'localhost'].includes(host))
    throw new Error(
      `Teams without an app id believes everybody: it listens on this machine alone, not on ${host}. Set TEAMS_APP_ID and TEAMS_APP_SECRET, or HOST to 127.0.0.1.`,
    )
}
