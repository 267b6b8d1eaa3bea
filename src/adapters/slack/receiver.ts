import { App, ExpressReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt'
import { Router } from 'express'
import { z } from 'zod'
import type { Chat, MessageReference } from '../../ports/chat.ts'
import type { Desk } from '../../ports/door.ts'
import type { Heard } from '../../ports/platform.ts'
import type { Watch } from '../../ports/watch.ts'
import { broken } from './broken.ts'
import { type ClientOptions, clientSettings, slackClient } from './client.ts'
import { type GuardOptions, guard } from './guard.ts'
import { slackHomes } from './homes.ts'
import { slackLogger } from './log.ts'
import { localesOf, slackPeople } from './people.ts'
import { listen } from './platform.ts'
import { ownUser } from './team.ts'
import { turns } from './turns.ts'

export interface SlackOptions extends ClientOptions, GuardOptions {
  /** With it, Slack is heard over a WebSocket, and the router stays empty. */
  readonly appToken?: string
  /** With these, what comes from another workspace or for another app is refused. */
  readonly teamId?: string
  readonly appId?: string
  readonly desk: Desk
  /** A message to one person alone, by platform id. */
  readonly direct: Chat['direct']
  /** Hears of what goes on in channels; without it, nobody does. */
  readonly watch?: Watch
  /** Does the work in the language of a locale such as "de-AT". */
  readonly inLanguageOf: Heard['inLanguageOf']
  readonly inOwnLanguage: Heard['inOwnLanguage']
  /** Called when a pressed card was locked and the answer was no: it must be painted as it stands by now. */
  readonly repaint: (execution: string, card: MessageReference) => void
}

export interface SlackApp {
  /** POST /slack/events, for an Express app to use. It must stand before anything that reads bodies. */
  readonly router: Router
  /** Connects, in Socket Mode; over HTTP there is nothing to start. */
  start(): Promise<void>
  close(): Promise<void>
  /** Some run was changed: people who looked at their Home lately will see it. Called as often as one likes. */
  changed(): void
}

/**
 * Clicks worked on side by side: the more there are, the longer the next one waits for its acknowledgement, and Slack takes that
 * within three seconds only.
 */
const CLICKS_AT_ONCE = 4

/** Hears what people do in Slack, and brings it to the desk. */
export function slackApp(options: SlackOptions): SlackApp {
  const { botToken, apiUrl, log, clock, desk, watch, teamId, repaint } = options
  const router = Router()
  const logger = slackLogger(log)
  const socket = options.appToken ? overSocket(options.appToken, apiUrl, logger) : undefined
  const receiver: Receiver = socket ?? overHttp(options, router, logger)
  const app = new App({
    // Given a token, Bolt asks Slack who it is before it acknowledges anything, each time.
    authorize: async () => ({ botToken }),
    receiver,
    logger,
    clientOptions: clientSettings(apiUrl, 2),
  })
  app.use(async ({ body, next, ...rest }) => {
    if (isOurs(body, options)) return next()
    log.warn({}, 'slack request refused: it is about another workspace or app')
    if ('ack' in rest && typeof rest.ack === 'function') await rest.ack()
  })
  app.error(async (error) => log.error({ err: error }, 'slack request failed'))
  const client = slackClient(options, logger, 1)
  const clicks = turns(CLICKS_AT_ONCE)
  const lookUp = slackPeople(client, clock, teamId)
  const localeOf = localesOf(lookUp, clock)
  const answering = async <Result>(userId: string, work: () => Promise<Result>): Promise<Result> =>
    options.inLanguageOf(await localeOf(userId), work)
  const parts = { desk, log, clock, client, lookUp, answering, inOwnLanguage: options.inOwnLanguage }
  const homes = slackHomes(parts)
  listen(app, {
    ...{
      ...parts,
      ownId: ownUser(client),
      turns: clicks,
      first: options.first,
      direct: options.direct,
      homes,
      repaint,
    },
    ...(watch && { watch }),
  })

  return {
    router,
    start: async () => {
      await socket?.start()
    },
    close: async () => {
      await socket?.stop()
      // What was acknowledged is done.
      await clicks.done()
      await homes.close()
    },
    changed: homes.changed,
  }
}

function overHttp(options: GuardOptions, router: Router, logger: ReturnType<typeof slackLogger>) {
  router.post('/slack/events', ...guard(options))
  const { signingSecret, log } = options
  // The guard has checked the signature already.
  const receiver = new ExpressReceiver({ signingSecret, signatureVerification: false, router, logger })
  // After Bolt's own route, so that what breaks there ends here too.
  router.use(broken(log))
  return receiver
}

function overSocket(appToken: string, apiUrl: string, logger: ReturnType<typeof slackLogger>) {
  // An object of its own: the Socket Mode client writes its retries into it. Capped waits, or it is back long after Slack is.
  const clientOptions = {
    slackApiUrl: apiUrl,
    retryConfig: { forever: true, minTimeout: 500, maxTimeout: 5_000 },
  }
  return new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions } })
}

const originSchema = z.object({
  team_id: z.string().optional(),
  team: z.object({ id: z.string() }).nullish(),
  user: z.object({ team_id: z.string().optional() }).optional(),
  api_app_id: z.string().optional(),
})

function isOurs(body: unknown, { teamId, appId }: Pick<SlackOptions, 'teamId' | 'appId'>): boolean {
  const origin = originSchema.safeParse(body).data
  if (!origin) return false
  const teams = [origin.team_id, origin.team?.id, origin.user?.team_id].filter((team) => team !== undefined)
  if (teamId && (teams.length === 0 || teams.some((team) => team !== teamId))) return false
  return !appId || origin.api_app_id === appId
}
