import { z } from 'zod'

const text = z.string().trim().min(1)
const port = z.coerce.number().int().min(0).max(65535)
const seconds = z.coerce.number().int().min(1).max(3600)

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Every setting there is. The same table makes the README's list, `--help` and the check at start-up. */
export const SETTINGS = {
  SLACK_BOT_TOKEN: {
    schema: text.startsWith('xoxb-'),
    needed: true,
    says: 'Bot token of the Slack app (xoxb-…)',
  },
  SLACK_SIGNING_SECRET: { schema: text.min(16), needed: true, says: 'Signing secret of the Slack app' },
  SLACK_APP_TOKEN: {
    schema: text.startsWith('xapp-'),
    needed: false,
    says: 'App-level token (xapp-…): uses Socket Mode instead of signed HTTP',
  },
  SLACK_TEAM_ID: {
    schema: text.regex(/^T[A-Z0-9]+$/),
    needed: false,
    says: 'Workspace id (T…): what comes from another one is refused; default: the workspace of the bot token',
  },
  SLACK_APP_ID: {
    schema: text.regex(/^A[A-Z0-9]+$/),
    needed: false,
    says: 'App id (A…): what is meant for another app is refused',
  },
  SLACK_API_URL: {
    schema: z.url(),
    needed: false,
    says: "Base of Slack's Web API; default https://slack.com/api/",
  },
  LIFEBOAT_CHANNEL: {
    schema: text,
    needed: false,
    says: 'Channel id where runs started over the API are told',
  },
  AWS_REGION: {
    schema: text.regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
    needed: true,
    says: 'Region of the bot and its table: the recovery Region',
  },
  DYNAMODB_TABLE: { schema: text.regex(/^[\w.-]{3,255}$/), needed: true, says: 'Name of the DynamoDB table' },
  EVENT_BUS_NAME: {
    schema: text.regex(/^(arn:aws[\w-]*:events:[a-z0-9-]+:\d{12}:event-bus\/)?[\w./-]{1,256}$/),
    needed: false,
    says: 'EventBridge bus that every notice is put on; without it none is',
  },
  SNS_TOPIC_ARN: {
    schema: text.regex(/^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/),
    needed: false,
    says: "ARN of the SNS topic for the recipients of a plan's notifications; without it nobody is written to",
  },
  REDIS_URL: {
    schema: text.regex(/^rediss?:\/\//),
    needed: true,
    says: 'Redis for the job queue (redis:// or rediss://)',
  },
  POLICY_FILE: { schema: text, needed: true, says: 'Who may do what (YAML or JSON)' },
  PLANS_FOLDER: { schema: text, needed: false, says: 'Folder of recovery plans, read at start' },
  HOST: { schema: text, needed: false, says: 'Address to listen on; default 127.0.0.1' },
  PORT: { schema: port, needed: false, says: 'Port for Slack and the API; default 3000' },
  POLL_SECONDS: {
    schema: seconds,
    needed: false,
    says: 'Between two looks at running work in AWS; default 10',
  },
  TIME_ZONE: {
    schema: text.refine(isTimeZone, 'must be an IANA name such as Europe/Berlin'),
    needed: false,
    says: 'Zone of the times in pictures and reports (IANA name); default UTC',
  },
  PROGRESS_SECONDS: {
    schema: seconds,
    needed: false,
    says: 'Between two messages that tell of progress alone, in each thread; default 10',
  },
  LEASE_SECONDS: {
    schema: seconds,
    needed: false,
    says: 'How long a start may be without an outcome before AWS is searched for it; default 15',
  },
  LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    needed: false,
    says: 'What is logged: debug, info, warn, error or silent; default info',
  },
} as const satisfies Record<string, { schema: z.ZodType; needed: boolean; says: string }>

/** What the command line takes from the environment; the table in README.md is made of it. */
export const CLI_SETTINGS = {
  LIFEBOAT_URL: {
    schema: text.regex(/^https?:\/\/[^\s@/]+(\/[^\s@]*)?$/, 'an http or https address without a name in it'),
    needed: false,
    says: 'Where the bot listens; default http://127.0.0.1:3000',
  },
  LIFEBOAT_TOKEN: {
    schema: text.regex(/^[\x21-\x7e]{16,512}$/, '16 to 512 characters without spaces'),
    needed: false,
    says: 'Token of the API; or its file by `--token-file`',
  },
  NO_COLOR: { schema: text, needed: false, says: 'Anything at all: no colours' },
} as const satisfies Record<string, { schema: z.ZodType; needed: boolean; says: string }>

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
  readonly slack: {
    botToken: string
    signingSecret: string
    appToken?: string
    teamId?: string
    appId?: string
    apiUrl: string
    channel?: string
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
  readonly topicArn?: string
  readonly policyFile: string
  readonly plansFolder?: string
  readonly host: string
  readonly port: number
  readonly pollSeconds: number
  readonly timeZone: string
  readonly progressSeconds: number
  readonly leaseSeconds: number
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

/** Reads all settings at once and says every one that is missing or malformed. Values of secrets are never repeated. */
export function readConfig(settings: Settings): Configured {
  const given = reader(settings)
  const own = Object.entries(SETTINGS).filter(([, setting]) => setting.needed)
  // A Region alone is what any machine with the AWS CLI has; it does not ask for the real services.
  if (own.every(([name]) => name === 'AWS_REGION' || !given(name))) return { kind: 'none' }

  const problems = problemsOf(settings, Object.entries(SETTINGS))
  if (problems.length > 0) return { kind: 'invalid', problems }

  const string = (name: SettingName, otherwise = '') => given(name) ?? otherwise
  const number = (name: SettingName, otherwise: number) => Number(given(name) ?? otherwise)
  const config: Config = {
    slack: {
      botToken: string('SLACK_BOT_TOKEN'),
      signingSecret: string('SLACK_SIGNING_SECRET'),
      apiUrl: string('SLACK_API_URL', 'https://slack.com/api/'),
      ...maybe('appToken', given('SLACK_APP_TOKEN')),
      ...maybe('teamId', given('SLACK_TEAM_ID')),
      ...maybe('appId', given('SLACK_APP_ID')),
      ...maybe('channel', given('LIFEBOAT_CHANNEL')),
    },
    ...wakingOf(settings),
    ...maybe('eventBus', given('EVENT_BUS_NAME')),
    ...maybe('topicArn', given('SNS_TOPIC_ARN')),
    policyFile: string('POLICY_FILE'),
    ...maybe('plansFolder', given('PLANS_FOLDER')),
    host: string('HOST', '127.0.0.1'),
    port: number('PORT', 3000),
    pollSeconds: number('POLL_SECONDS', 10),
    timeZone: string('TIME_ZONE', 'UTC'),
    progressSeconds: number('PROGRESS_SECONDS', 10),
    leaseSeconds: number('LEASE_SECONDS', 15),
  }
  return { kind: 'config', config: Object.freeze(config) }
}

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
  of: readonly (readonly [string, { schema: z.ZodType; needed: boolean; says: string }])[],
): string[] {
  return of.flatMap(([name, { schema, needed, says }]) => {
    const value = reader(settings)(name)
    if (value === undefined) return needed ? [`${name} is missing: ${says}.`] : []
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
