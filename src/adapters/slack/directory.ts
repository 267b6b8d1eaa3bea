import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import { TransientFailure } from '../../ports/failure.ts'
import { type ClientOptions, slackClient } from './client.ts'
import { slackGroups } from './groups.ts'
import { type SlackLog, slackLogger } from './log.ts'
import { slackPeople } from './people.ts'

export interface DirectoryOptions extends ClientOptions {
  readonly clock: Clock
  readonly log: SlackLog
  readonly teamId?: string
}

/** Who somebody is in Slack. Where Slack does not say, nobody is anybody: it fails, and nothing is allowed. */
export function slackDirectory({ clock, log, teamId, ...options }: DirectoryOptions): Directory {
  const client = slackClient(options, slackLogger(log), 1)
  const lookUp = slackPeople(client, clock, teamId)
  const allGroups = slackGroups(client, clock)

  return {
    identify: async (actor) => {
      const user = /^slack:([UW][A-Z0-9]+)$/.exec(actor.id)?.[1]
      if (!user) throw new TransientFailure(`Slack knows nobody by the id "${actor.id}": nothing is allowed.`)
      try {
        const { standing, email } = await lookUp(user)
        if (standing !== 'member') return { actor, groups: [] }
        const groups = (await allGroups()).filter(({ users }) => users.includes(user))
        return { actor, groups: groups.map(({ id }) => `slack:${id}`), ...(email && { email }) }
      } catch (error) {
        if (error instanceof TransientFailure) throw error
        throw new TransientFailure(`Slack did not say who ${actor.id} is: nothing is allowed.`, undefined, {
          cause: error,
        })
      }
    },
  }
}
