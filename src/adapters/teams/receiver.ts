import express, { type NextFunction, type Request, type Response, Router } from 'express'
import type { Clock } from '../../ports/clock.ts'
import { TransientFailure } from '../../ports/failure.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Heard, Listener } from '../../ports/platform.ts'
import { type Activity, activitySchema, isPrivate } from './activity.ts'
import { type Answer, NotGenuine, type TeamsAdapter } from './adapter.ts'
import { type Hall, personIn, type TeamsLog } from './asked.ts'
import { answerConsent } from './consented.ts'
import { type Contacts, isOf } from './contacts.ts'
import { serveFiles } from './files.ts'
import { greet } from './greeted.ts'
import { answerInvoke, answerSubmit, pressedSchema } from './pressed.ts'
import { answerWords } from './spoken.ts'

export interface ReceiverOptions extends Omit<Hall, keyof Heard | 'later'>, Omit<Heard, 'watch'> {
  readonly adapter: TeamsAdapter
  readonly contacts: Contacts
  readonly tenantId: string
  /** Only what says that it comes from this host is taken: our answers go there. */
  readonly serviceUrl: string
  readonly files: FileStore
  readonly clock: Clock
  readonly log: TeamsLog
}

interface Listening extends Hall, Pick<ReceiverOptions, 'contacts' | 'files' | 'serviceUrl'> {}

export const PATH = '/teams/messages'

/** Teams delivers a message again when an answer takes long. */
const SENT_AGAIN_SECONDS = 900

/** Hears what people do in Teams, and brings it to the desk. */
export function teamsReceiver(options: ReceiverOptions): Listener {
  const { adapter, log } = options
  const router = Router()
  const underWay = new Set<Promise<unknown>>()
  const later = (work: Promise<unknown>): void => {
    const done = work
      .catch((error: unknown) => log.error({ err: error }, 'teams work failed'))
      .finally(() => underWay.delete(done))
    underWay.add(done)
  }
  const hall: Listening = { ...options, later }
  router.post(PATH, express.json({ limit: '1mb' }), async (request, response) => {
    const body: unknown = request.body
    const working = answer(body, request.get('authorization') ?? '')
    later(working)
    const { status, body: said } = await working
    response.status(status)
    if (said === undefined) response.end()
    else response.json(said)
  })
  // What is no JSON, or too much of it: nothing about us is told.
  router.use(PATH, (error: unknown, _request: Request, response: Response, next: NextFunction) => {
    // Not the error itself: it holds what was sent, by whomever.
    const { type, status } = Object(error)
    log.warn({ type, status }, 'teams request refused: it cannot be read')
    if (response.headersSent) next(error)
    else response.status(400).end()
  })
  serveFiles(router, options.files, log)
  return {
    router,
    start: async () => {},
    close: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    changed: () => {},
  }

  async function answer(body: unknown, authorization: string): Promise<Answer> {
    const activity = activitySchema.safeParse(body).data
    if (!activity || typeof body !== 'object' || body === null) return { status: 400 }
    try {
      return await adapter.take(authorization, body, async () => {
        const wrong = strangenessOf(activity, options)
        if (wrong) {
          log.warn({ wrong }, 'teams request refused')
          return { status: 403 }
        }
        const work = () => act(activity, hall)
        return isReadAlone(activity) ? hall.inLanguageOf(activity.locale, work) : work()
      })
    } catch (error) {
      if (error instanceof NotGenuine) {
        log.warn(
          { why: error.message },
          'teams request refused: not signed by the Bot Connector, or not for us',
        )
        return { status: 401 }
      }
      log.error({ err: error }, 'teams request failed')
      return { status: 500 }
    }
  }
}

/** Whether what is said to it is read by one person alone; whatever stands in a channel is in the channel's language. */
const isReadAlone = (activity: Activity): boolean =>
  activity.type === 'invoke' || isPrivate(activity) || pressedSchema.safeParse(activity.value).success

/** What is wrong with where it comes from; undefined for nothing. */
function strangenessOf(
  { conversation, channelData, serviceUrl }: Activity,
  expected: Pick<ReceiverOptions, 'tenantId' | 'serviceUrl'>,
): string | undefined {
  const tenants = [conversation.tenantId, channelData.tenant?.id].filter((id) => id !== undefined)
  const isOurs = (id: string) => id.toLowerCase() === expected.tenantId.toLowerCase()
  if (tenants.length === 0 || !tenants.every(isOurs)) return 'it is from another tenant'
  return isOf(expected.serviceUrl, serviceUrl) ? undefined : 'it names another service URL'
}

async function act(activity: Activity, hall: Listening): Promise<Answer | undefined> {
  const person = personIn(activity)
  // Neither bots nor connectors are heard.
  if (!person) return undefined
  await hall.contacts.heard(activity, person).catch((error: unknown) => {
    if (!(error instanceof TransientFailure)) throw error
    hall.log.warn({ err: error }, 'teams contact not kept')
  })
  if (activity.type === 'invoke') return invoked(activity, hall, person)
  const isNew = await hall.first(`teams:${activity.conversation.id} ${activity.id}`, SENT_AGAIN_SECONDS)
  if (!isNew) return undefined
  if (activity.type === 'installationUpdate' && activity.action?.startsWith('add'))
    await greet(hall, activity, person)
  if (activity.type !== 'message') return undefined
  const pressed = pressedSchema.safeParse(activity.value).data
  if (pressed) await answerSubmit(hall, activity, pressed, person)
  else await answerWords(hall, activity, person)
  return undefined
}

/** A press may come twice: the desk takes each decision once, however often it is asked. */
async function invoked(activity: Activity, hall: Listening, person: string): Promise<Answer> {
  if (activity.name === 'fileConsent/invoke') return answerConsent(hall, activity)
  const value = Object(activity.value)
  const pressed = pressedSchema.safeParse(Object(value.action).data).data
  if (activity.name !== 'adaptiveCard/action' || !pressed) return { status: 501 }
  return answerInvoke(hall, activity, pressed, person)
}
