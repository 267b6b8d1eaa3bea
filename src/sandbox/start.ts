import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readPolicyFile } from '../adapters/files/policy-file.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { PATH as TEAMS_PATH } from '../adapters/teams/receiver.ts'
import { startBot } from '../apps/bot.ts'
import { logger } from '../apps/log.ts'
import { startWorker } from '../apps/worker.ts'
import { readConfig } from '../config.ts'
import type { Clock } from '../ports/clock.ts'
import { parseScenario } from './aws/scenario.ts'
import { startAws } from './aws/start.ts'
import { startDynamoDb } from './embedded/dynamodb.ts'
import { freePort } from './embedded/free-port.ts'
import { PRACTICE_TABLE } from './embedded/practice-table.ts'
import { startRedis } from './embedded/redis.ts'
import { type Identity, startIdentity } from './identity/start.ts'
import { type Playground, startPlayground } from './playground/start.ts'
import { practiceSecrets } from './secrets.ts'
import { pageFiles } from './slack/page-files.ts'
import { sampleWorkspace } from './slack/sample-workspace.ts'
import { startSlack } from './slack/start.ts'
import { sampleTenant } from './teams/sample-tenant.ts'
import { startTeams, type Teams } from './teams/start.ts'

export interface PracticeOptions {
  /** Where everything is kept; a restart on the same folder goes on where it was. */
  readonly folder: string
  /** Of the page; 0 takes a free one. */
  readonly port: number
  readonly searchPath?: string
  readonly say: (line: string) => void
  /** AWS seconds that pass in one real second. */
  readonly speed?: number
  readonly logLevel?: string
  /** Teams as well: in a browser, where the Agents Playground is installed, or as the Bot Connector alone. */
  readonly teams?: 'playground' | 'connector'
  /** Of the Playground, so that it is where it was before; another one when that is taken. */
  readonly teamsPort?: number
  /** War rooms in Teams: channels of their own, or else threads. */
  readonly teamsRooms?: 'channels'
  /** Of channels: LANGUAGE. */
  readonly language?: string
  /** Which runs have a war room at once: WAR_ROOM. */
  readonly warRoom?: string
  /** Forget what was. */
  readonly fresh?: boolean
  /** For everything but the embedded servers, Redis' own delays and the browser; the system's unless told. */
  readonly clock?: Clock
  /** Set up everything but the bot and the worker, for who runs them as processes of their own. */
  readonly withoutApps?: boolean
}

export interface Practice {
  readonly url: string
  readonly apiUrl: string
  readonly apiToken: string
  /** The environment that points a bot or a worker at this practice ground. */
  readonly settings: { readonly [name: string]: string }
  readonly slack: Awaited<ReturnType<typeof startSlack>>
  readonly teams: Teams | undefined
  readonly playground: Playground | undefined
  readonly aws: Awaited<ReturnType<typeof startAws>>
  /** Where people sign in for gates with step_up. */
  readonly identity: Identity
  close(): Promise<void>
}

const TEAMS_APP_ID = '00000000-0000-4000-8000-0000000000b0'
const TEAMS_TENANT_ID = '00000000-0000-4000-8000-0000000000c0'
const TEAMS_INCIDENTS = '19:practice-incidents@thread.tacv2'

const here = import.meta.dirname
const text = (...path: string[]) => readFileSync(join(here, ...path), 'utf8')

/** Starts everything the bot talks to, on this machine and behind its real protocols, and the bot and a worker wired to it. */
export async function startPractice(options: PracticeOptions): Promise<Practice> {
  const { folder, say, clock = systemClock } = options
  if (options.fresh) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const secrets = practiceSecrets(join(folder, 'secrets.json'))
  const closing: (() => Promise<void>)[] = []
  const close = async () => {
    for (const stop of closing.splice(0).reverse()) await stop()
  }
  const opened = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => {
    closing.push(() => one.close())
    return one
  }
  try {
    const path = options.searchPath ? { path: options.searchPath } : {}
    const [dynamo, redis] = await Promise.all([
      startDynamoDb({ folder: join(folder, 'dynamodb'), say, ...path }).then(opened),
      startRedis({ folder: join(folder, 'redis'), say, ...path }).then(opened),
    ])
    const read = parseScenario(text('scenario.yaml'), 'scenario.yaml')
    if ('problem' in read) throw new Error(read.problem)
    const aws = opened(
      await startAws({
        clock,
        stateFile: join(folder, 'aws.json'),
        scenario: read.scenario,
        ...(options.speed ? { speed: options.speed } : {}),
      }),
    )
    const slack = opened(
      await startSlack({
        clock,
        port: options.port,
        stateFile: join(folder, 'slack.json'),
        pageFiles,
        manifest: JSON.parse(text('..', '..', 'manifests', 'slack.json')),
        signingSecret: secrets.signingSecret,
        botToken: secrets.botToken,
        workspace: sampleWorkspace,
      }),
    )
    const teamsApp = { appId: TEAMS_APP_ID, appSecret: secrets.signingSecret, tenantId: TEAMS_TENANT_ID }
    const teams =
      options.teams === 'connector'
        ? opened(
            await startTeams({
              ...{ ...teamsApp, clock, tenant: sampleTenant },
              stateFile: join(folder, 'teams.json'),
            }),
          )
        : undefined
    const client = { clientId: 'lifeboat-practice', clientSecret: secrets.signingSecret }
    const identity = opened(await startIdentity({ ...client, clock, people: sampleWorkspace.people }))
    const settings = {
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      SLACK_TEAM_ID: sampleWorkspace.id,
      SLACK_APP_ID: sampleWorkspace.app.id,
      SLACK_API_URL: `${slack.url}/api/`,
      SLACK_CHANNEL: 'C0INCIDENTS',
      ...(teams && {
        TEAMS_APP_ID: teamsApp.appId,
        TEAMS_APP_SECRET: teamsApp.appSecret,
        TEAMS_TENANT_ID: teamsApp.tenantId,
        TEAMS_CHANNEL: TEAMS_INCIDENTS,
        ...(options.teamsRooms === 'channels' && { TEAMS_TEAM_ID: sampleTenant.team.aadGroupId }),
        TEAMS_GRAPH_URL: teams.graphUrl,
        TEAMS_SERVICE_URL: teams.serviceUrl,
        TEAMS_LOGIN_URL: teams.loginUrl,
        TEAMS_OPENID_URL: teams.openIdMetadataUrl,
      }),
      AWS_REGION: PRACTICE_TABLE.region,
      AWS_ACCESS_KEY_ID: PRACTICE_TABLE.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: PRACTICE_TABLE.credentials.secretAccessKey,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
      AWS_ENDPOINT_URL_DYNAMODB_STREAMS: dynamo.url,
      DYNAMODB_TABLE: PRACTICE_TABLE.name,
      REDIS_URL: redis.url,
      EVENT_BUS_NAME: 'lifeboat',
      SNS_TOPIC_ARN: 'arn:aws:sns:us-west-2:111122223333:lifeboat-notices',
      POLICY_FILE: join(here, 'policy.yaml'),
      PLANS_FOLDER: join(here, 'plans'),
      PORT: '0',
      POLL_SECONDS: '1',
      PROGRESS_SECONDS: '1',
      ...(options.language ? { LANGUAGE: options.language } : {}),
      ...(options.warRoom ? { WAR_ROOM: options.warRoom } : {}),
      LOG_LEVEL: options.logLevel ?? 'warn',
    }
    const practice = {
      url: slack.url,
      apiToken: secrets.apiToken,
      settings,
      slack,
      aws,
      identity,
      teams,
      close,
    }
    if (options.withoutApps) return { ...practice, playground: undefined, apiUrl: '' }
    // Links need an address before the bot listens. Bots that others start have ports, and addresses, of their own.
    const port = await freePort()
    const configured = readConfig({
      ...settings,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      OIDC_ISSUER: identity.issuer,
      OIDC_CLIENT_ID: client.clientId,
      OIDC_CLIENT_SECRET: client.clientSecret,
    })
    if (configured.kind !== 'config')
      throw new Error('The practice ground made settings that do not fit the schema.')
    const playground =
      options.teams === 'playground'
        ? await startPlayground({
            folder: join(folder, 'playground'),
            messagingEndpoint: `http://127.0.0.1:${port}${TEAMS_PATH}`,
            ...{ say, port: options.teamsPort },
          })
        : undefined
    if (playground) {
      opened(playground)
      slack.setElsewhere([{ name: 'Microsoft Teams', url: playground.url }])
    }
    const config = { ...configured.config, ...(playground && { teams: teamsOf(playground) }) }
    const log = logger(config.logLevel)
    const policy = practicePolicy(secrets.apiToken)
    const bot = opened(await startBot(config, policy, log, clock))
    opened(await startWorker(config, log, { clock }))
    slack.setRequestUrl(`http://127.0.0.1:${bot.port}/slack/events`)
    teams?.setMessagingEndpoint(`http://127.0.0.1:${bot.port}${TEAMS_PATH}`)
    return { ...practice, playground, apiUrl: `http://127.0.0.1:${bot.port}` }
  } catch (error) {
    await close()
    throw error
  }
}

/** The Playground signs nothing, so the bot believes what comes from this machine. */
const teamsOf = ({ tenantId, serviceUrl, channels }: Playground) => ({
  ...{ tenantId, serviceUrl, channel: channels.Incidents },
  // Nobody signs in, and nobody signs.
  ...{ loginUrl: serviceUrl, openIdUrl: serviceUrl, graphUrl: serviceUrl },
})

/** The policy file, and one API token that may do everything here. */
function practicePolicy(apiToken: string) {
  const read = readPolicyFile(text('policy.yaml'), 'policy.yaml')
  if (read.kind === 'invalid')
    throw new Error(read.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  const sha256 = createHash('sha256').update(apiToken).digest('hex')
  return { ...read.policy, api_tokens: [{ name: 'practice', sha256, roles: ['admin' as const] }] }
}
