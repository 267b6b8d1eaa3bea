import { z } from 'zod'
import {
  FinalFailure,
  GoneFailure,
  QuotaFailure,
  TransientFailure,
  UnreachableFailure,
} from '../../ports/failure.ts'

const here = (wayOut: string) => ({ means: 'here', wayOut }) as const
const everywhere = (wayOut: string) => ({ means: 'everywhere', wayOut }) as const
const GONE = { means: 'gone' } as const
const NO = { means: 'no' } as const

const ADD_APP = here('Add the app to the team.')

/**
 * What an error code of the Bot Connector means: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability.
 * gone: the message, or the person, is not there any more. here and everywhere: nothing is taken there until people do what is
 * written. no: this one call.
 */
const CODES: Readonly<Record<string, typeof GONE | typeof NO | ReturnType<typeof here | typeof everywhere>>> =
  {
    ActivityNotFoundInConversation: GONE,
    MemberNotFoundInConversation: GONE,
    BotNotInConversationRoster: ADD_APP,
    BotDisabledByAdmin: everywhere('Let a Teams admin allow the app.'),
    ConversationNotFound: here('Set the id of a channel that there is, in a team that has the app.'),
    ConversationBlockedByUser: NO,
    ForbiddenOperationException: ADD_APP,
    InvalidBotApiHost: everywhere("Set TEAMS_SERVICE_URL to the tenant's region."),
    MessageSizeTooBig: NO,
    MessageWritesBlocked: NO,
    NotEnoughPermissions: ADD_APP,
  }

/** Later the same call may work. 412 is a message that was being changed meanwhile. */
const LATER = new Set([408, 412, 500, 502, 503, 504])
const DEFAULT_WAIT_SECONDS = 2

const bodySchema = z.object({ error: z.object({ code: z.string().default('') }) })

/** What the connector's answer means, in the words of the ports. */
export function failureOf(what: string, status: number, retryAfter: string | null, answer: unknown): Error {
  const code = bodySchema.safeParse(answer).data?.error.code ?? ''
  const says = `${code ? `${code} ` : ''}(HTTP ${status})`
  if (status === 429) {
    const seconds = Number(retryAfter) || jittered(DEFAULT_WAIT_SECONDS)
    return new QuotaFailure(`Teams asked to wait ${Math.ceil(seconds)} s before ${what}.`, seconds)
  }
  if (LATER.has(status))
    return new TransientFailure(`Teams could not do ${what}: ${says}.`, jittered(DEFAULT_WAIT_SECONDS))
  const known = CODES[code]
  switch (known?.means) {
    case 'gone':
      return new GoneFailure(`Teams refused ${what}: ${says}.`)
    case 'here':
    case 'everywhere':
      return new UnreachableFailure(`Teams refused ${what}: ${says}. ${known.wayOut}`, known.means)
    default:
      return status === 401
        ? new UnreachableFailure(
            `Teams refused ${what}: ${says}. Set valid TEAMS_APP_ID and TEAMS_APP_SECRET.`,
            'everywhere',
          )
        : new FinalFailure(`Teams refused ${what}: ${says}.`)
  }
}

/** Several processes that were refused together do not come back together. */
const jittered = (seconds: number): number => seconds * (1 + Math.random())
