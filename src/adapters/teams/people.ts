import type { Clock } from '../../ports/clock.ts'
import { FinalFailure, GoneFailure, UnreachableFailure } from '../../ports/failure.ts'
import { kept } from '../common/kept.ts'
import type { Connector, ConnectorMember } from './connector.ts'
import type { Contacts } from './contacts.ts'

/** Somebody, as Teams knows them. Only a member is let in. */
export interface TeamsPerson {
  /** The object id in Microsoft Entra: it is the same in every conversation, and for every bot. */
  readonly id: string
  readonly name: string
  readonly standing: 'member' | 'guest' | 'of another tenant' | 'gone'
  readonly email?: string
}

export interface PeopleOptions {
  readonly connector: Pick<Connector, 'member' | 'members'>
  readonly contacts: Pick<Contacts, 'whereIs'>
  readonly clock: Clock
  readonly tenantId: string
  /** The channel whose team is looked through for who has never spoken to us. */
  readonly home: string | undefined
}

export interface People {
  /** By object id; an answer serves for a minute at most. Throws TransientFailure while Teams does not say. */
  lookUp(id: string): Promise<TeamsPerson>
  isIn(conversation: string, id: string): Promise<boolean>
  /** Whoever has this address in a conversation. */
  byAddress(conversation: string, email: string): Promise<TeamsPerson | undefined>
  /** Everybody in a conversation, up to a thousand: of a channel, its team's members. */
  everybody(conversation: string): Promise<readonly TeamsPerson[]>
}

/** Nobody looks through more people than these for one decision. */
const MOST = 1_000

export function teamsPeople({ connector, contacts, clock, tenantId, home }: PeopleOptions): People {
  const inConversation = kept(clock, async (key) => {
    const { conversation, id } = JSON.parse(key)
    try {
      return await connector.member(conversation, id)
    } catch (error) {
      // Not in it; or we are not in it any more, so nobody there can be vouched for.
      if (error instanceof GoneFailure || (error instanceof UnreachableFailure && error.where === 'here'))
        return undefined
      throw error
    }
  })
  const member = (conversation: string, id: string) => inConversation(JSON.stringify({ conversation, id }))
  const all = kept(clock, async (conversation) => {
    const members = await connector.members(conversation, MOST)
    return members.flatMap((one) => personOf(one, tenantId) ?? [])
  })
  const has =
    (email: string) =>
    (person: TeamsPerson): boolean =>
      person.email?.toLowerCase() === email
  return {
    async byAddress(conversation, email) {
      // Mostly it is what they sign in with, and that names somebody in a team of any size:
      // https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context#get-single-member-details
      // A name that nobody has may be refused in any way.
      const named = await member(conversation, email).catch((error: unknown) => {
        if (error instanceof FinalFailure && !(error instanceof UnreachableFailure)) return undefined
        throw error
      })
      const person = named && personOf(named, tenantId)
      return person && has(email)(person) ? person : (await all(conversation)).find(has(email))
    },
    async lookUp(id) {
      const spoke = await contacts.whereIs(id)
      const ways = [
        ...(spoke ? [{ conversation: spoke.conversation, as: spoke.member ?? id }] : []),
        ...(home === undefined ? [] : [{ conversation: home, as: id }]),
      ]
      for (const { conversation, as } of ways) {
        const found = await member(conversation, as)
        const person = found && personOf(found, tenantId)
        if (person?.id === id) return person
      }
      return { id, name: id, standing: 'gone' }
    },
    isIn: async (conversation, id) => (await member(conversation, id)) !== undefined,
    everybody: all,
  }
}

/** Undefined for who has no account in Microsoft Entra, e.g. another bot. */
function personOf(member: ConnectorMember, tenantId: string): TeamsPerson | undefined {
  const id = (member.aadObjectId ?? member.objectId)?.toLowerCase()
  if (!id) return undefined
  const standing = standingOf(member, tenantId)
  const email = member.email ?? member.userPrincipalName
  return { id, name: member.name || id, standing, ...(standing === 'member' && email && { email }) }
}

function standingOf(
  { userRole, tenantId: theirs }: ConnectorMember,
  tenantId: string,
): TeamsPerson['standing'] {
  if (theirs && theirs.toLowerCase() !== tenantId.toLowerCase()) return 'of another tenant'
  return userRole === 'user' ? 'member' : 'guest'
}
