import { type Conversation, personalId } from '../conversation.ts'
import type { Site } from '../site.ts'
import type { Standing } from '../state-file.ts'
import { mriOf, type TenantPerson } from '../tenant.ts'
import { activityOf } from '../transport/activity.ts'
import type { Outcome } from '../transport/deliver.ts'

export type InstallPlace = 'personal' | 'team'

/** The bot comes or goes, and is told so in both ways of Teams. What it answered, in the order of telling. */
export async function install(
  site: Site,
  person: TenantPerson,
  place: InstallPlace,
  standing: Standing,
): Promise<readonly Outcome[]> {
  const { state, bot, tenant } = site
  state.stand(place === 'team' ? tenant.team.id : mriOf(person), standing)
  const conversation = whereTold(site, person, place)
  const came = standing === 'installed'
  const members = { [came ? 'membersAdded' : 'membersRemoved']: [{ ...bot }] }
  const eventType = came ? 'teamMemberAdded' : 'teamMemberRemoved'
  const updated = activityOf(site, person, conversation, {
    type: 'conversationUpdate',
    id: `f:${state.nextId()}`,
    ...members,
    ...(place === 'team' && { channelData: { eventType } }),
  })
  const installed = activityOf(site, person, conversation, {
    type: 'installationUpdate',
    id: `f:${state.nextId()}`,
    action: came ? 'add' : 'remove',
  })
  const outcomes: Outcome[] = []
  // Of leaving a personal chat, Teams tells only in the newer way.
  const telling = came || place === 'team' ? [updated, installed] : [installed]
  for (const activity of telling) outcomes.push(await site.deliver('installation', activity))
  return outcomes
}

/** A team is told of in its General channel. */
function whereTold({ tenant: { team } }: Site, person: TenantPerson, place: InstallPlace): Conversation {
  if (place === 'personal') return { kind: 'personal', id: personalId(person), person }
  return { kind: 'channel', id: team.id, channel: { id: team.id, name: 'General' } }
}
