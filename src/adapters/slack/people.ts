import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import { optional } from '../../domain/optional.ts'
import type { Clock } from '../../ports/clock.ts'
import { TransientFailure } from '../../ports/failure.ts'
import { kept } from '../common/kept.ts'
import { orFailure } from './failure.ts'

/** Somebody, as Slack knows them. Only a member is let in. */
export interface SlackPerson {
  readonly name: string
  readonly standing: 'member' | 'guest' | 'bot' | 'deactivated' | 'of another workspace'
  readonly email?: string
  /** E.g. "de-DE", as they have set it in Slack. */
  readonly locale?: string
}

const userSchema = z.object({
  name: z.string().default(''),
  team_id: z.string().optional(),
  real_name: z.string().optional(),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_email_confirmed: z.boolean().default(true),
  locale: z.string().optional(),
  profile: z.object({ email: z.string().optional() }).default({}),
})

export type LookUp = (userId: string) => Promise<SlackPerson>

/** Looks people up; an answer serves for a minute at most. */
export function slackPeople(client: webApi.WebClient, clock: Clock, teamId?: string): LookUp {
  return kept(clock, async (userId) => {
    const answer = await orFailure(
      `users.info of ${userId}`,
      client.users.info({ user: userId, include_locale: true }),
    )
    const user = userSchema.safeParse(answer.user).data
    if (!user) throw new TransientFailure(`Slack described ${userId} in a way that cannot be read.`)
    const standing = standingOf(user, teamId)
    const { email } = user.profile
    return {
      name: user.real_name || user.name || userId,
      standing,
      ...optional('locale', user.locale),
      ...(email && user.is_email_confirmed && standing === 'member' && { email }),
    }
  })
}

/** A dialog must open within seconds: so long the first answer to somebody waits for their language. */
const LOCALE_MS = 300

/** In which language somebody reads, remembered from their first look-up on; undefined where that takes too long. */
export function localesOf(lookUp: LookUp, clock: Clock): (userId: string) => Promise<string | undefined> {
  const known = new Map<string, string | undefined>()
  return (userId) =>
    new Promise((resolve) => {
      if (known.has(userId)) {
        resolve(known.get(userId))
        return
      }
      const forget = clock.after(LOCALE_MS, () => resolve(undefined))
      const found = (locale: string | undefined) => {
        forget()
        resolve(locale)
      }
      lookUp(userId).then(
        ({ locale }) => {
          known.set(userId, locale)
          found(locale)
        },
        // Whoever needs to know who it is asks again, and says what is wrong.
        () => found(undefined),
      )
    })
}

function standingOf(user: z.infer<typeof userSchema>, teamId: string | undefined): SlackPerson['standing'] {
  if (user.deleted) return 'deactivated'
  if (user.is_bot) return 'bot'
  if (user.is_stranger || (teamId && user.team_id && user.team_id !== teamId)) return 'of another workspace'
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member'
}
