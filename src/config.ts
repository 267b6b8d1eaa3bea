import { z } from 'zod'
import { CLI_SETTINGS, PLATFORMS, type PlatformName, SETTINGS, type Setting } from './settings.ts'

export { CLI_SETTINGS, PLATFORMS, SETTINGS, type Setting }

export interface CliConfig {
  readonly url: string
  readonly token?: string
  readonly isColourful: boolean
  /** The terminal can move its cursor. */
  readonly isClever: boolean
  readonly columns?: number
}

export type SettingName = keyof typeof SETTINGS
export type Settings = { readonly [name: string]: string | undefined }

export interface Config {
  readonly slack?: {
    botToken: string
    signingSecret: string
    appToken?: string
    teamId?: string
    appId?: string
    apiUrl: string
    channel?: string
  }
  readonly teams?: {
    /** Absent: the bot is anonymous and everybody is believed, which is only taken on this machine. */
    app?: { id: string; secret: string }
    tenantId: string
    serviceUrl: string
    loginUrl: string
    openIdUrl: string
    channel?: string
    /** Where war rooms are channels of their own: the team's group. */
    team?: string
    graphUrl: string
  }
  readonly aws: {
    region: string
    table: string
    /** The SDK's own AWS_ENDPOINT_URL_<SERVICE>, by that suffix in lower case; `all` is AWS_ENDPOINT_URL. */
    endpoints: { readonly [service: string]: string }
    credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  }
  readonly redisUrl: string
  readonly eventBus?: string
  /** Where browsers, and Teams, reach us: without a slash at its end. */
  readonly publicUrl?: string
  /** Where people sign in anew; absent: nowhere. */
  readonly signIn?: { publicUrl: string; issuer: string; clientId: string; clientSecret: string }
  readonly topicArn?: string
  readonly policyFile: string
  readonly plansFolder?: string
  readonly host: string
  readonly port: number
  readonly pollSeconds: number
  readonly timeZone: string
  readonly language: 'en' | 'de'
  readonly progressSeconds: number
  readonly leaseSeconds: number
  readonly warRoom: 'real' | 'always' | 'asked'
  readonly logLevel: string
}

export type Configured<Part = Config> =
  | { readonly kind: 'config'; readonly config: Part }
  /** Nothing is set: run the practice ground. */
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

/** The environment of this process. Nothing else reads it. */
export const environment = (): Settings => process.env

/** The SDK's own switch, to be set before its first client is made: that Node 20 grows old is no news to an operator. */
export const hushSdk = () => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
}

/** They make sense together only, and with an address to come back to. */
const SIGN_IN = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

/** Reads all settings at once and says every one that is missing or malformed. Values of secrets are never repeated. */
export function readConfig(settings: Settings): Configured {
  const given = reader(settings)
  const own = Object.entries(SETTINGS).filter(([, setting]) => setting.needed !== false)
  // A Region alone is what any machine with the AWS CLI has; it does not ask for the real services.
  if (own.every(([name]) => name === 'AWS_REGION' || !given(name))) return { kind: 'none' }

  const used = platformsIn(given)
  const problems = problemsOf(settings, Object.entries(SETTINGS), used)
  if (used.length === 0)
    problems.unshift(
      'No chat platform is set: set the settings of Slack (SLACK_…), of Teams (TEAMS_…), or of both.',
    )
  const signsIn = SIGN_IN.some((name) => given(name))
  const lacks = (['PUBLIC_URL', ...SIGN_IN] as const).filter((name) => !given(name))
  if (signsIn && lacks.length > 0)
    problems.push(
      `${lacks.join(', ')}: missing. Set PUBLIC_URL and all of ${SIGN_IN.join(', ')}, or none of these.`,
    )
  if (problems.length > 0) return { kind: 'invalid', problems }

  const string = (name: SettingName, otherwise = '') => given(name) ?? otherwise
  const number = (name: SettingName, otherwise: number) => Number(given(name) ?? otherwise)
  const config: Config = {
    ...(used.includes('slack') && {
      slack: {
        botToken: string('SLACK_BOT_TOKEN'),
        signingSecret: string('SLACK_SIGNING_SECRET'),
        apiUrl: string('SLACK_API_URL', 'https://slack.com/api/'),
        ...maybe('appToken', given('SLACK_APP_TOKEN')),
        ...maybe('teamId', given('SLACK_TEAM_ID')),
        ...maybe('appId', given('SLACK_APP_ID')),
        ...maybe('channel', given('SLACK_CHANNEL')),
      },
    }),
    ...(used.includes('teams') && {
      teams: {
        app: { id: string('TEAMS_APP_ID'), secret: string('TEAMS_APP_SECRET') },
        tenantId: string('TEAMS_TENANT_ID'),
        serviceUrl: string('TEAMS_SERVICE_URL', 'https://smba.trafficmanager.net/teams/'),
        loginUrl: string('TEAMS_LOGIN_URL', 'https://login.microsoftonline.com'),
        openIdUrl: string('TEAMS_OPENID_URL', BOT_CONNECTOR_KEYS),
        ...maybe('channel', given('TEAMS_CHANNEL')),
        ...maybe('team', given('TEAMS_TEAM_ID')),
        graphUrl: string('TEAMS_GRAPH_URL', 'https://graph.microsoft.com'),
      },
    }),
    ...wakingOf(settings),
    ...maybe('publicUrl', given('PUBLIC_URL')?.replace(/\/$/, '')),
    ...(signsIn && {
      signIn: {
        publicUrl: string('PUBLIC_URL').replace(/\/$/, ''),
        issuer: string('OIDC_ISSUER'),
        clientId: string('OIDC_CLIENT_ID'),
        clientSecret: string('OIDC_CLIENT_SECRET'),
      },
    }),
    ...maybe('eventBus', given('EVENT_BUS_NAME')),
    ...maybe('topicArn', given('SNS_TOPIC_ARN')),
    policyFile: string('POLICY_FILE'),
    ...maybe('plansFolder', given('PLANS_FOLDER')),
    host: string('HOST', '127.0.0.1'),
    port: number('PORT', 3000),
    pollSeconds: number('POLL_SECONDS', 10),
    timeZone: string('TIME_ZONE', 'UTC'),
    language: SETTINGS.LANGUAGE.schema.parse(string('LANGUAGE', 'en')),
    progressSeconds: number('PROGRESS_SECONDS', 10),
    leaseSeconds: number('LEASE_SECONDS', 15),
    warRoom: SETTINGS.WAR_ROOM.schema.parse(string('WAR_ROOM', 'real')),
  }
  return { kind: 'config', config: Object.freeze(config) }
}

const BOT_CONNECTOR_KEYS = 'https://login.botframework.com/v1/.well-known/openidconfiguration'

/** A platform is used where one of the settings that it needs is there. */
const platformsIn = (given: (name: string) => string | undefined): PlatformName[] =>
  (['slack', 'teams'] as const).filter((platform) =>
    Object.entries(SETTINGS).some(([name, { needed }]) => needed === platform && given(name)),
  )

/** What a process needs that only wakes executions: it talks to nobody, so it needs no word of Slack or of the policy. */
export type WakingConfig = Pick<Config, 'aws' | 'redisUrl' | 'logLevel'>

/** Reads that part alone, with the same strictness. */
export function readWakingConfig(settings: Settings): Exclude<Configured<WakingConfig>, { kind: 'none' }> {
  const { AWS_REGION, DYNAMODB_TABLE, REDIS_URL, LOG_LEVEL } = SETTINGS
  const problems = problemsOf(settings, Object.entries({ AWS_REGION, DYNAMODB_TABLE, REDIS_URL, LOG_LEVEL }))
  if (problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'config', config: Object.freeze(wakingOf(settings)) }
}

/** Reads what the command line needs. A token is checked where it is used: `--help` needs none. */
export function readCliConfig(settings: Settings): Exclude<Configured<CliConfig>, { kind: 'none' }> {
  const problems = problemsOf(settings, Object.entries(CLI_SETTINGS))
  if (problems.length > 0) return { kind: 'invalid', problems }
  const given = reader(settings)
  const isClever = given('TERM') !== 'dumb'
  const columns = z.coerce.number().int().min(1).max(1_000).safeParse(given('COLUMNS')).data
  const config: CliConfig = {
    url: given('LIFEBOAT_URL') ?? 'http://127.0.0.1:3000',
    ...maybe('token', given('LIFEBOAT_TOKEN')),
    isColourful: isClever && !given('NO_COLOR'),
    isClever,
    ...(columns ? { columns } : {}),
  }
  return { kind: 'config', config: Object.freeze(config) }
}

function wakingOf(settings: Settings): WakingConfig {
  const given = reader(settings)
  const [accessKeyId, secretAccessKey] = [given('AWS_ACCESS_KEY_ID'), given('AWS_SECRET_ACCESS_KEY')]
  const keys = accessKeyId &&
    secretAccessKey && { accessKeyId, secretAccessKey, ...maybe('sessionToken', given('AWS_SESSION_TOKEN')) }
  return {
    aws: {
      region: given('AWS_REGION') ?? '',
      table: given('DYNAMODB_TABLE') ?? '',
      endpoints: endpoints(settings),
      ...(keys && { credentials: keys }),
    },
    redisUrl: given('REDIS_URL') ?? '',
    logLevel: given('LOG_LEVEL') ?? 'info',
  }
}

/** An empty value is a missing one. */
const reader = (settings: Settings) => (name: string) => settings[name]?.trim() || undefined

function maybe<Name extends string>(key: Name, value: string | undefined): Partial<Record<Name, string>> {
  const held: Partial<Record<string, string>> = value === undefined ? {} : { [key]: value }
  return held
}

function problemsOf(
  settings: Settings,
  of: readonly (readonly [string, Setting])[],
  used: readonly PlatformName[] = [],
): string[] {
  return of.flatMap(([name, { schema, needed, says }]) => {
    const value = reader(settings)(name)
    const isNeeded = typeof needed === 'string' ? used.includes(needed) : needed
    if (value === undefined) return isNeeded ? [`${name} is missing: ${says}.`] : []
    const parsed = schema.safeParse(value)
    return parsed.success
      ? []
      : [`${name} is malformed (${parsed.error.issues[0]?.message ?? 'invalid'}): ${says}.`]
  })
}

/** Where the SDK's name of a service in AWS_ENDPOINT_URL_… is not simply our own in capitals. */
const SERVICES: { readonly [name: string]: string } = {
  '': 'all',
  ROUTE_53: 'route53',
  SECRETS_MANAGER: 'secretsmanager',
}

function endpoints(settings: Settings): { [service: string]: string } {
  const found = Object.entries(settings).flatMap(([name, value]) => {
    const service = /^AWS_ENDPOINT_URL(?:_(.+))?$/.exec(name)
    return service && value ? [[SERVICES[service[1] ?? ''] ?? service[1]?.toLowerCase(), value]] : []
  })
  return Object.fromEntries(found)
}
