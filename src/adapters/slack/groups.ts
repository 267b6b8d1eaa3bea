import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import { TransientFailure } from '../../ports/failure.ts'
import { kept } from '../common/kept.ts'
import { orFailure } from './failure.ts'

const groupsSchema = z.array(
  z.object({ id: z.string(), date_delete: z.number().default(0), users: z.array(z.string()).default([]) }),
)
export type SlackGroup = z.infer<typeof groupsSchema>[number]

/** All user groups with their members, in one call: one call per group would soon be refused as too many. Serves a minute. */
export function slackGroups(client: webApi.WebClient, clock: Clock): () => Promise<SlackGroup[]> {
  const all = kept(clock, async () => {
    const answer = await orFailure('usergroups.list', client.usergroups.list({ include_users: true }))
    const groups = groupsSchema.safeParse(answer.usergroups ?? []).data
    if (!groups) throw new TransientFailure('Slack described its user groups in a way that cannot be read.')
    return groups.filter((group) => group.date_delete === 0)
  })
  return () => all('all')
}
