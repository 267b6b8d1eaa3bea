import { readFileSync } from 'node:fs'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { onTestFinished } from 'vitest'
import { type ManualClock, manualClock } from '../../../src/adapters/memory/clock.ts'
import { sampleWorkspace } from '../../../src/sandbox/slack/sample-workspace.ts'
import { type Slack, type SlackOptions, startSlack } from '../../../src/sandbox/slack/start.ts'

export const SIGNING_SECRET = 'practice-signing-secret'
export const BOT_TOKEN = 'xoxb-practice'
export const APP_TOKEN = 'xapp-practice'

export interface Practice {
  slack: Slack
  clock: WatchedClock
  /** The real client, which never tries again by itself. */
  client: WebClient
}

interface Declared extends Record<string, unknown> {
  oauth_config: { scopes: { bot: string[] } }
  settings: Record<string, unknown>
}

/** The app's own manifest. */
export function narrowManifest(): Declared {
  return JSON.parse(readFileSync(new URL('../../../manifests/slack.json', import.meta.url), 'utf8'))
}

/** With every scope and event that the tests reach for, too. */
export function wideManifest(): Declared {
  const { oauth_config, settings, ...rest } = narrowManifest()
  const more = [
    ...['channels:manage', 'channels:join', 'channels:history', 'groups:write', 'groups:history'],
    ...['im:read', 'im:history', 'pins:write', 'bookmarks:write', 'reactions:write', 'app_mentions:read'],
  ]
  return {
    ...rest,
    oauth_config: { scopes: { bot: [...oauth_config.scopes.bot, ...more] } },
    settings: {
      ...settings,
      event_subscriptions: { bot_events: ['app_mention', 'app_home_opened', 'message.im'] },
    },
  }
}

/** A manual clock that says when somebody begins to wait for so long. */
export interface WatchedClock extends ManualClock {
  awaited(milliseconds: number): Promise<void>
}

function watchedClock(start: string): WatchedClock {
  const clock = manualClock(start)
  const waits: number[] = []
  let begun = () => {}
  return {
    ...clock,
    after: (milliseconds, run) => {
      waits.push(milliseconds)
      begun()
      return clock.after(milliseconds, run)
    },
    awaited: (milliseconds) =>
      new Promise((resolve) => {
        begun = () => {
          if (waits.includes(milliseconds)) resolve()
        }
        begun()
      }),
  }
}

/** A workspace for one test. Its clock starts at the real time, because Bolt compares signatures with that. */
export async function practice(options: Partial<SlackOptions> = {}): Promise<Practice> {
  const clock = watchedClock(new Date().toISOString())
  const slack = await startSlack({
    clock,
    manifest: wideManifest(),
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    workspace: sampleWorkspace,
    ...options,
  })
  onTestFinished(() => slack.close())
  return { slack, clock, client: webClient(slack) }
}

export function webClient(slack: Slack, token: string | undefined = BOT_TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${slack.url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: quiet,
  })
}

/** The app under test: a real Bolt app, listening on this machine, to which the workspace delivers. */
export async function boltApp(slack: Slack, prepare: (app: App) => void): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logger: quiet })
  const app = new App({
    token: BOT_TOKEN,
    receiver,
    logger: quiet,
    tokenVerificationEnabled: false,
    botId: sampleWorkspace.app.botId,
    botUserId: sampleWorkspace.app.botUserId,
    clientOptions: { slackApiUrl: `${slack.url}/api/`, retryConfig: { retries: 0 } },
  })
  prepare(app)
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The app has no port.')
  slack.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`)
  onTestFinished(async () => {
    await app.stop()
  })
  return app
}

/** What a promise was refused with: the name of the error, and what Slack said with it. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'data' in error) return { ...Object(error.data) }
    throw error
  }
  throw new Error('It was not refused.')
}

export const quiet = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}
