import { z } from 'zod'

const text = z.string().trim().min(1)
const port = z.coerce.number().int().min(0).max(65535)
const seconds = z.coerce.number().int().min(1).max(3600)

/** By plain http only on this machine. */
const WEB = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$))[^\s?#@]*$/
const webUrl = text.regex(WEB, 'an https address')
const guid = text.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a GUID')
const publicUrl = webUrl.regex(/^https?:\/\/[^/]+\/?$/, 'an https address without a path')
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Chat platforms: the bot needs the settings of one at least, and all or none of each. */
export const PLATFORMS = { slack: 'Slack', teams: 'Teams' } as const
export type PlatformName = keyof typeof PLATFORMS

export interface Setting {
  readonly schema: z.ZodType
  /** Always, never, or where this platform is used. */
  readonly needed: boolean | PlatformName
  readonly says: string
}

/** Every setting there is. The same table makes the README's list, `--help` and the check at start-up. */
export const SETTINGS = {
  SLACK_BOT_TOKEN: {
    schema: text.startsWith('xoxb-'),
    needed: 'slack',
    says: 'Bot token of the Slack app (xoxb-…)',
  },
  SLACK_SIGNING_SECRET: {
    schema: text.min(16),
    needed: 'slack',
    says: 'Signing secret of the Slack app',
  },
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
  SLACK_CHANNEL: {
    schema: text.regex(/^[CG][A-Z0-9]+$/),
    needed: false,
    says: 'Slack channel id (C…) where runs are told that are started elsewhere: over the API, or in Teams',
  },
  TEAMS_APP_ID: {
    schema: guid,
    needed: 'teams',
    says: 'Application (client) id of the bot in Microsoft Entra',
  },
  TEAMS_APP_SECRET: {
    schema: text.min(16),
    needed: 'teams',
    says: 'Client secret of that application',
  },
  TEAMS_TENANT_ID: {
    schema: guid,
    needed: 'teams',
    says: 'Id of the Microsoft 365 tenant: what comes from another one is refused',
  },
  TEAMS_CHANNEL: {
    schema: text.regex(/^19:[^\s;]+@thread\.(tacv2|skype)$/),
    needed: false,
    says: 'Teams channel id (19:…@thread.tacv2) for war rooms, and for runs that are started elsewhere',
  },
  TEAMS_TEAM_ID: {
    schema: guid,
    needed: false,
    says: 'Group id of the team in which war rooms become channels of their own, over Microsoft Graph; without it they are threads in TEAMS_CHANNEL',
  },
  TEAMS_GRAPH_URL: {
    schema: webUrl,
    needed: false,
    says: 'Microsoft Graph; default https://graph.microsoft.com',
  },
  TEAMS_SERVICE_URL: {
    schema: webUrl,
    needed: false,
    says: "Bot Connector of the tenant's region; default https://smba.trafficmanager.net/teams/. Others than its host are refused",
  },
  TEAMS_LOGIN_URL: {
    schema: webUrl,
    needed: false,
    says: 'Where the bot gets its tokens; default https://login.microsoftonline.com',
  },
  TEAMS_OPENID_URL: {
    schema: webUrl,
    needed: false,
    says: "Keys of the Bot Connector's signatures; default https://login.botframework.com/v1/.well-known/openidconfiguration",
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
  PORT: { schema: port, needed: false, says: 'Port for Slack, Teams and the API; default 3000' },
  PUBLIC_URL: {
    schema: publicUrl,
    needed: false,
    says: 'Where browsers reach this bot (https://…), for sign-in links and pictures in Teams',
  },
  OIDC_ISSUER: {
    schema: webUrl,
    needed: false,
    says: 'OpenID provider where people sign in for gates with step_up, and to link an account that no address is known of',
  },
  OIDC_CLIENT_ID: { schema: text, needed: false, says: 'Client id of Lifeboat at that provider' },
  OIDC_CLIENT_SECRET: { schema: text.min(16), needed: false, says: 'Secret of that client' },
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
  LANGUAGE: {
    schema: z.enum(['en', 'de']),
    needed: false,
    says: 'Language of channels, pictures and reports: en (English) or de (German); what one person alone is told is in theirs, where Slack or Teams tells it; the same for all processes; default en',
  },
  WAR_ROOM: {
    schema: z.enum(['real', 'always', 'asked']),
    needed: false,
    says: 'Which runs get a channel of their own at once: real failovers, all (always) or none before somebody asked; default real',
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
} as const satisfies Record<string, Setting>

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
} as const satisfies Record<string, Setting>
