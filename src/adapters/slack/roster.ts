import { z } from 'zod'
import type { Named } from '../../domain/gate-rules.ts'
import { optional } from '../../domain/optional.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { Member, Roster } from '../../ports/roster.ts'
import { kept } from '../common/kept.ts'
import { slackClient } from './client.ts'
import type { DirectoryOptions } from './directory.ts'
import { orFailure } from './failure.ts'
import { slackGroups } from './groups.ts'
import { slackLogger } from './log.ts'
import { slackPeople } from './people.ts'

/** Nobody looks through more people than these for one decision. */
const LOOKED_UP = 50

const presenceSchema = z.object({ presence: z.enum(['active', 'away']) })

/** Who is behind a policy's groups, people and addresses in Slack. */
export function slackRoster({ clock, log, teamId, ...options }: DirectoryOptions): Roster {
  const client = slackClient(options, slackLogger(log), 1)
  const lookUp = slackPeople(client, clock, teamId)
  const groups = slackGroups(client, clock)
  const presence = kept(clock, async (user) => {
    const answer = await orFailure(`users.getPresence of ${user}`, client.users.getPresence({ user }))
    return presenceSchema.safeParse(answer).data?.presence ?? 'away'
  })
  const byEmail = kept(clock, async (email) => {
    try {
      const answer = await orFailure('users.lookupByEmail', client.users.lookupByEmail({ email }))
      return answer.user?.id
    } catch (error) {
      // An address that nobody here has.
      if (error instanceof FinalFailure) return undefined
      throw error
    }
  })

  async function usersOf({ people, groups: named, emails }: Named): Promise<string[]> {
    const slack = (ids: readonly string[]) =>
      ids.flatMap((id) => (id.startsWith('slack:') ? [id.slice('slack:'.length)] : []))
    const wanted = slack(named)
    const inGroups =
      wanted.length === 0
        ? []
        : (await groups()).filter(({ id }) => wanted.includes(id)).flatMap(({ users }) => users)
    const addressed = await Promise.all(emails.map(byEmail))
    return [...new Set([...slack(people), ...inGroups, ...addressed.flatMap((user) => user ?? [])])]
  }

  async function memberOf(user: string): Promise<Member[]> {
    const { name, standing, email, locale } = await lookUp(user)
    if (standing !== 'member') return []
    const inGroups = (await groups())
      .filter(({ users }) => users.includes(user))
      .map(({ id }) => `slack:${id}`)
    const actor = { kind: 'person' as const, id: `slack:${user}`, name }
    const state = await presence(user)
    const identity = { actor, groups: inGroups, ...(email && { email }) }
    return [{ identity, state, ...optional('locale', locale) }]
  }

  return {
    members: async (who) => {
      const users = (await usersOf(who)).slice(0, LOOKED_UP)
      return (await Promise.all(users.map(memberOf))).flat()
    },
  }
}
