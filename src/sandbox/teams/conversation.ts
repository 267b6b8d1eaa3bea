import type { State } from './state.ts'
import { type Channel, findChannel, type TeamsTenant, type TenantPerson } from './tenant.ts'

export type Conversation =
  | { readonly kind: 'channel'; readonly id: string; readonly channel: Channel }
  | {
      readonly kind: 'thread'
      readonly id: string
      readonly channel: Channel
      /** The message that began it. */
      readonly rootId: string
    }
  | { readonly kind: 'personal'; readonly id: string; readonly person: TenantPerson }

export const personalId = ({ name }: TenantPerson): string => `a:1-${name}`

export const threadId = (channelId: string, rootId: string): string => `${channelId};messageid=${rootId}`

/** The team's own, and those that were made since. */
export const channelsOf = ({ team }: TeamsTenant, state: State): readonly Channel[] => [
  ...team.channels,
  ...state.channels(),
]

export function findConversation(tenant: TeamsTenant, state: State, id: string): Conversation | undefined {
  const person = tenant.people.find((candidate) => personalId(candidate) === id)
  if (person) return { kind: 'personal', id, person }
  const [channelId = '', rootId] = id.split(';messageid=')
  const channel = findChannel(channelsOf(tenant, state), channelId)
  if (channel?.id !== channelId) return undefined
  if (rootId === undefined) return { kind: 'channel', id, channel }
  return state.message(rootId)?.conversationId === id ? { kind: 'thread', id, channel, rootId } : undefined
}

/** Every thread there is, and every personal chat in which something was said, in the order of their beginnings. */
export function conversations(tenant: TeamsTenant, state: State): Conversation[] {
  const ids = new Set(state.messages().map(({ conversationId }) => conversationId))
  return [...ids].flatMap((id) => findConversation(tenant, state, id) ?? [])
}
