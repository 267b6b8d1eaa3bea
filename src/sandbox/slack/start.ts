import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Clock } from '../../ports/clock.ts'
import { createKeeper } from '../keeper.ts'
import { listening } from '../listening.ts'
import { announce } from './announce.ts'
import { createFaultBoard, type Faults } from './faults.ts'
import { servePrivateFile } from './file-routes.ts'
import { createShelf } from './files.ts'
import { readManifest } from './manifest.ts'
import { createNotices } from './notices.ts'
import { type GivePageFiles, servePage } from './page-routes.ts'
import { pageViews } from './page-shapes.ts'
import { type PersonHere, personHere } from './people/person.ts'
import { createRateLimits } from './rate-limits.ts'
import { respond } from './respond.ts'
import { createResponseUrls } from './response-urls.ts'
import type { Site } from './site.ts'
import { createState, type State } from './state.ts'
import { recall } from './state-file.ts'
import { stoppable } from './stoppable-clock.ts'
import { createDeliver } from './transport/delivery.ts'
import { parseJson, readBody, send, sendJson } from './transport/http.ts'
import { createSockets, type Sockets } from './transport/sockets.ts'
import { createTriggers } from './triggers.ts'
import { createUploads, serveUpload } from './uploads.ts'
import { createViews } from './views.ts'
import { type Call, serveWebApi, type WebApi } from './web-api.ts'
import type { Workspace } from './workspace.ts'

export interface SlackOptions {
  readonly clock: Clock
  /** 0 takes a free one. */
  readonly port?: number
  /** Where the workspace outlives a restart. */
  readonly stateFile?: string
  /** Without them there is only the Web API. */
  readonly pageFiles?: GivePageFiles
  /** The app's manifest: its commands, scopes, events and name. */
  readonly manifest: unknown
  readonly signingSecret: string
  readonly botToken: string
  /** With it, the app may use Socket Mode. */
  readonly appToken?: string
  /** The app's request URL. It may be given later. */
  readonly deliverTo?: string
  readonly workspace: Workspace
  readonly faults?: Faults
}

export interface Slack {
  /** The page. The Web API is at `${url}/api/`. */
  readonly url: string
  /** Everything the workspace knows; what is put there, people see at once. */
  readonly state: State
  readonly sockets: Pick<Sockets, 'connections' | 'disconnect' | 'cut'>
  /** Acts for this person. */
  person(id: string): PersonHere
  setRequestUrl(url: string | undefined): void
  /** The page leads there as well: the same bot on another platform. */
  setElsewhere(places: readonly { readonly name: string; readonly url: string }[]): void
  /** From now on these, counted from nothing. */
  setFaults(faults: Faults): void
  /** The calls of the Web API that were received, oldest first. */
  calls(): readonly Call[]
  /** The first answer other than undefined, now or after anything has changed. */
  until<Found>(look: () => Found | undefined): Promise<Found>
  close(): Promise<void>
}

const CALLS_REMEMBERED = 10_000

export async function startSlack(options: SlackOptions): Promise<Slack> {
  const { port = 0, stateFile, workspace, signingSecret } = options
  const manifest = readManifest(options.manifest)
  const clock = stoppable(options.clock)
  const saved = recall(stateFile, workspace, manifest, clock)
  const server = createServer()
  const host = `127.0.0.1:${await listening(server, port)}`
  const url = `http://${host}`

  let requestUrl = options.deliverTo
  let elsewhere: ReturnType<Site['elsewhere']> = []
  const calls: Call[] = []
  const closing = new AbortController()
  const notices = createNotices()
  const faults = createFaultBoard(options.faults ?? {})
  const sockets = createSockets(clock, host, workspace.app.id, notices.stir)
  const deliver = createDeliver({
    clock,
    signingSecret,
    sockets,
    faults,
    requestUrl: () => requestUrl,
    closing: closing.signal,
  })
  const state = createState(saved, clock, (change) => {
    keeper.touch()
    announce(site, change)
  })
  const keeper = createKeeper(stateFile, clock, state.saved)
  const shelf = createShelf(stateFile)
  const views = createViews((person) =>
    notices.tell([person], { kind: 'views', ...pageViews(views, person) }),
  )
  const site: Site = {
    clock,
    url,
    workspace,
    elsewhere: () => elsewhere,
    manifest,
    state,
    views,
    shelf,
    uploads: createUploads(shelf),
    notices,
    faults,
    sockets,
    deliver,
    triggers: createTriggers(clock),
    responseUrls: createResponseUrls(clock, url),
    rates: createRateLimits(clock),
  }
  const api: WebApi = {
    site,
    tokens: { bot: options.botToken, app: options.appToken },
    record: (call) => {
      calls.push(call)
      if (calls.length > CALLS_REMEMBERED) calls.shift()
      notices.stir()
    },
  }
  server.on('upgrade', sockets.accept)
  server.on('request', (request, response) => {
    serve(api, options.pageFiles, request, response).catch((error: unknown) => {
      if (!response.headersSent)
        sendJson(response, 500, { ok: false, error: 'fatal_error', detail: String(error) })
    })
  })

  return {
    url,
    state,
    sockets,
    person: (id) => personHere(site, id),
    setRequestUrl: (next) => {
      requestUrl = next
    },
    setElsewhere: (places) => {
      elsewhere = places
    },
    setFaults: faults.set,
    calls: () => [...calls],
    until: notices.until,
    close: () => {
      keeper.flush()
      clock.stop()
      closing.abort()
      sockets.cut()
      notices.close()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

async function serve(
  api: WebApi,
  files: GivePageFiles | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { site } = api
  const url = new URL(request.url ?? '/', site.url)
  const [, root, name = ''] = url.pathname.split('/')
  if (root === 'api') return serveWebApi(name, request, response, api)
  if (root === 'upload') return serveUpload(site, name, request, response)
  if (root === 'files-pri') return servePrivateFile(api, request, response, url)
  if (root !== 'response') return servePage(site, files, request, response, url)
  const { status, text } = respond(site, name, parseJson((await readBody(request)) ?? ''))
  send(response, status, 'text/plain; charset=utf-8', text)
}
