import { type Conversation, findConversation } from '../conversation.ts'
import type { Site } from '../site.ts'
import { mriOf } from '../tenant.ts'
import { type Answer, refuse } from './answer.ts'

export type Place =
  | { readonly kind: 'found'; readonly conversation: Conversation }
  | { readonly kind: 'refused'; readonly answer: Answer }

/** The conversation of this id, where the bot may be active. */
export function placeOf(site: Site, id: string | undefined): Place {
  const conversation = id === undefined ? undefined : findConversation(site.tenant, site.state, id)
  if (!conversation) return refused('ConversationNotFound', `There is no conversation "${id}".`)
  if (conversation.kind === 'personal') {
    const { person } = conversation
    return site.state.standing(mriOf(person)) === 'installed'
      ? { kind: 'found', conversation }
      : refused('MessageWritesBlocked', `${person.fullName} removed the bot.`)
  }
  return isInTeam(site)
    ? { kind: 'found', conversation }
    : refused('BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
}

export const isInTeam = ({ state, tenant: { team } }: Site): boolean =>
  state.standing(team.id) === 'installed'

const refused = (...why: Parameters<typeof refuse>): Place => ({ kind: 'refused', answer: refuse(...why) })
