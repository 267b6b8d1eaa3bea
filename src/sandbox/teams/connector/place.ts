import { type Conversation, findConversation } from '../conversation.ts'
import type { Site } from '../site.ts'
import { mriOf, type TenantPerson } from '../tenant.ts'
import { type Answer, refuse } from './answer.ts'

export type Place =
  | { readonly kind: 'found'; readonly conversation: Conversation }
  | { readonly kind: 'refused'; readonly answer: Answer }

/** The conversation of this id, where the bot may be active. */
export function placeOf(site: Site, id: string | undefined): Place {
  const conversation = id === undefined ? undefined : findConversation(site.tenant, site.state, id)
  if (!conversation) return refused('ConversationNotFound', `There is no conversation "${id}".`)
  if (isArchived(site, conversation)) return refused('MessageWritesBlocked', 'The channel is archived.')
  if (isActiveIn(site, conversation)) return { kind: 'found', conversation }
  return conversation.kind === 'personal'
    ? refused('MessageWritesBlocked', `${conversation.person.fullName} removed the bot.`)
    : refused('BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
}

/** Whether the bot is there, to hear and to speak. */
export function isActiveIn(site: Site, conversation: Conversation): boolean {
  return conversation.kind === 'personal'
    ? site.state.standing(mriOf(conversation.person)) === 'installed'
    : isInTeam(site)
}

/** What is archived is read, and no more. */
const isArchived = ({ state }: Site, conversation: Conversation): boolean =>
  conversation.kind !== 'personal' &&
  state.channels().some(({ id, archived }) => archived && id === conversation.channel.id)

export function peopleIn({ tenant }: Site, conversation: Conversation): readonly TenantPerson[] {
  return conversation.kind === 'personal' ? [conversation.person] : tenant.people
}

/** By MRI or aadObjectId. */
export function memberOf(site: Site, conversation: Conversation, id: string): TenantPerson | undefined {
  return peopleIn(site, conversation).find((person) => [mriOf(person), person.aadObjectId].includes(id))
}

/** By MRI, aadObjectId or user principal name. */
export const memberNamed = (
  site: Site,
  conversation: Conversation,
  named: string,
): TenantPerson | undefined =>
  memberOf(site, conversation, named) ??
  peopleIn(site, conversation).find(({ email }) => email.toLowerCase() === named.toLowerCase())

export const isInTeam = ({ state, tenant: { team } }: Site): boolean =>
  state.standing(team.id) === 'installed'

const refused = (...why: Parameters<typeof refuse>): Place => ({ kind: 'refused', answer: refuse(...why) })
