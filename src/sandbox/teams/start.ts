import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Clock } from '../../ports/clock.ts'
import { createKeeper } from '../keeper.ts'
import { listening } from '../listening.ts'
import { createShelf } from '../slack/files.ts'
import { stoppable } from '../slack/stoppable-clock.ts'
import { readBody, send, sendJson } from '../slack/transport/http.ts'
import { createWaiting } from '../waiting.ts'
import { breaksFirst } from './connector/give.ts'
import { type Call, type Connector, serveConnector } from './connector/serve.ts'
import { type Conversation, conversations } from './conversation.ts'
import { createFaultBoard, type TeamsFaults } from './faults.ts'
import { createDrive, type UploadedFile } from './files/drive.ts'
import { serveUpload, UPLOAD_PATH } from './files/serve-upload.ts'
import { GRAPH_PATH, serveGraph } from './graph/serve.ts'
import { ISSUER } from './identity/delivery-token.ts'
import { ALGORITHM, createKeys, type Keys } from './identity/keys.ts'
import { createLogin } from './identity/login.ts'
import type { Message } from './message.ts'
import { personHere, type TeamsPerson } from './people/person.ts'
import type { Site } from './site.ts'
import { createState } from './state.ts'
import { type MadeChannel, recall } from './state-file.ts'
import type { TeamsTenant } from './tenant.ts'
import { createThrottle } from './throttle.ts'
import { createDeliver } from './transport/deliver.ts'

export interface TeamsOptions {
  readonly clock: Clock
  /** 0 takes a free one. */
  readonly port?: number
  readonly appId: string
  readonly appSecret: string
  readonly tenantId: string
  readonly tenant: TeamsTenant
  /** Where the tenant, and the key that Teams signs with, outlive a restart. */
  readonly stateFile?: string
  /** The bot's. It may be given later. */
  readonly messagingEndpoint?: string
  readonly faults?: TeamsFaults
}

export interface Teams {
  readonly url: string
  /** What activities carry, and where the connector lives: `${serviceUrl}v3/conversations…`. */
  readonly serviceUrl: string
  /** Tokens for the bot are at `${loginUrl}/{tenant}/oauth2/v2.0/token`. */
  readonly loginUrl: string
  /** Microsoft Graph: `${graphUrl}/v1.0/teams/…`. */
  readonly graphUrl: string
  /** Where a bot finds the keys that deliveries are signed with. */
  readonly openIdMetadataUrl: string
  /** Acts for this person, by short name or aadObjectId. */
  person(called: string): TeamsPerson
  setMessagingEndpoint(url: string | undefined): void
  /** From now on these, counted from nothing. */
  setFaults(faults: TeamsFaults): void
  /** What the bot asked of the connector, and what it uploaded, oldest first. */
  calls(): readonly Call[]
  /** Threads and personal chats in which something was said. */
  conversations(): readonly Conversation[]
  /** Oldest first, deleted ones too; of one conversation, or of all. */
  messages(conversationId?: string): readonly Message[]
  message(id: string): Message | undefined
  /** Those that the bot made, archived ones too. */
  channels(): readonly MadeChannel[]
  /** What the bot uploaded into people's OneDrives, in the order in which they accepted it. */
  files(): readonly UploadedFile[]
  /** The first answer other than undefined, now or after anything has changed. */
  until<Found>(look: () => Found | undefined): Promise<Found>
  close(): Promise<void>
}

const CALLS_REMEMBERED = 10_000
const METADATA = '.well-known/openidconfiguration'
const KEYS_PATH = '/v1/.well-known/keys'

export async function startTeams(options: TeamsOptions): Promise<Teams> {
  const { port = 0, stateFile, appId, tenantId, tenant } = options
  const clock = stoppable(options.clock)
  const saved = recall(stateFile)
  const keys = await createKeys(saved.signingKey)
  const server = createServer()
  const url = `http://127.0.0.1:${await listening(server, port)}`

  let endpoint = options.messagingEndpoint
  const calls: Call[] = []
  const closing = new AbortController()
  const notices = createWaiting('Teams was closed before what was waited for came about.')
  const faults = createFaultBoard(options.faults ?? {})
  const changed = () => {
    keeper.touch()
    notices.stir()
  }
  const state = createState(saved, clock, changed)
  const drive = createDrive(saved.uploads, createShelf(stateFile), changed)
  const keeper = createKeeper(stateFile, clock, () => ({
    ...state.saved(),
    uploads: drive.saved(),
    signingKey: keys.kept,
  }))
  keeper.touch()
  const site: Site = {
    clock,
    serviceUrl: `${url}/amer/`,
    tenantId,
    tenant,
    bot: { id: `28:${appId}`, name: tenant.botName },
    state,
    drive,
    notices,
    faults,
    deliver: createDeliver({
      clock,
      keys,
      appId,
      faults,
      closing: closing.signal,
      endpoint: () => endpoint,
    }),
  }
  const connector: Connector = {
    site,
    login: createLogin({ clock, keys, appId, appSecret: options.appSecret, tenantId }),
    throttle: createThrottle(clock),
    record: (call) => {
      calls.push(call)
      if (calls.length > CALLS_REMEMBERED) calls.shift()
      notices.stir()
    },
  }
  server.on('request', (request, response) => {
    serve(connector, keys, request, response, new URL(request.url ?? '/', url)).catch((error: unknown) => {
      const body = { error: { code: 'ServiceError', message: String(error) } }
      if (!response.headersSent) sendJson(response, 500, body)
    })
  })

  return {
    url,
    serviceUrl: site.serviceUrl,
    loginUrl: `${url}/login`,
    graphUrl: `${url}${GRAPH_PATH.replace(/\/$/, '')}`,
    // Adapters keep the keys of an address for a day, and the next Teams on this port has others.
    openIdMetadataUrl: `${url}/v1/${keys.kept.n.slice(0, 16)}/${METADATA}`,
    person: (called) => personHere(site, called),
    setMessagingEndpoint: (next) => {
      endpoint = next
    },
    setFaults: faults.set,
    calls: () => [...calls],
    conversations: () => conversations(tenant, state),
    messages: (id) =>
      state.messages().filter(({ conversationId }) => id === undefined || id === conversationId),
    message: state.message,
    channels: state.channels,
    files: drive.files,
    until: notices.until,
    close: () => {
      keeper.flush()
      clock.stop()
      closing.abort()
      notices.close()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

async function serve(
  connector: Connector,
  keys: Keys,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (url.pathname.startsWith('/amer/')) return serveConnector(connector, request, response, url)
  if (url.pathname.startsWith(GRAPH_PATH)) return serveGraph(connector, request, response, url)
  if (url.pathname.startsWith(UPLOAD_PATH)) return serveUpload(connector, request, response, url)
  if (url.pathname === KEYS_PATH) return sendJson(response, 200, keys.published)
  if (url.pathname.endsWith(`/${METADATA}`))
    return sendJson(response, 200, {
      issuer: ISSUER,
      jwks_uri: `${url.origin}${KEYS_PATH}`,
      id_token_signing_alg_values_supported: [ALGORITHM],
    })
  const tenant = /^\/login\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(url.pathname)?.[1]
  if (tenant === undefined || request.method !== 'POST')
    return send(response, 404, 'text/plain', 'Nothing is here.')
  const form = (await readBody(request)) ?? ''
  if (breaksFirst(connector.site.faults, 'token', response)) return
  const { status, body } = await connector.login.grant(decodeURIComponent(tenant), form)
  // Without its body, which holds the secret.
  connector.record({ route: 'token', method: 'POST', path: url.pathname, body: undefined, status })
  sendJson(response, status, body)
}
