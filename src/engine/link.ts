import type { Wanted } from '../domain/link.ts'
import { optional } from '../domain/optional.ts'
import { humanOf, type Policy } from '../domain/permission.ts'
import type { Refusal } from '../domain/refusal.ts'
import { STEP_UP_MINUTES } from '../domain/step-up.ts'
import type { Actor } from '../domain/task.ts'
import type { Directory } from '../ports/directory.ts'
import type { Asker } from '../ports/door.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { LinkStore } from '../ports/link-store.ts'
import type { Member, Roster } from '../ports/roster.ts'
import { type Explaining, rosterFor } from './explain.ts'
import type { SteppingUp } from './step-up.ts'

/** A directory that knows by their links those of whom the platform tells no address. What the platform says goes first. */
export const withLinks = (directory: Directory, links: LinkStore): Directory => ({
  async identify(actor) {
    const identity = await directory.identify(actor)
    if (identity.email !== undefined || actor.kind !== 'person') return identity
    const link = await links.get(actor.id)
    return link ? { ...identity, email: link.human } : identity
  },
})

/**
 * A roster that finds by an address also those whom the platform tells none of: the accounts that the policy or a link gives it to.
 * Each of them comes with the address.
 */
export function withKnown(
  platform: string,
  roster: Roster,
  { links, policy }: { readonly links: LinkStore; readonly policy: Policy },
): Roster {
  const isOurs = (id: string) => id.startsWith(`${platform}:`)

  async function withAddress(member: Member): Promise<Member> {
    const { identity } = member
    if (identity.email !== undefined) return member
    const link = await links.get(identity.actor.id)
    return link ? { ...member, identity: { ...identity, email: link.human } } : member
  }

  return {
    async members(who) {
      const { people, groups, emails } = who
      const named = policy.humans.filter(({ human }) => emails.includes(human)).flatMap(({ ids }) => ids)
      const linked = (await Promise.all(emails.map(links.accountsOf))).flat()
      const meant = [...people, ...named.filter(isOurs)]
      const asked = { ...who, people: [...new Set([...meant, ...linked.filter(isOurs)])] }
      const found = await Promise.all((await roster.members(asked)).map(withAddress))
      // What the platform says of somebody goes before their link.
      return found.filter(
        ({ identity: { actor, email = '', groups: has } }) =>
          !linked.includes(actor.id) ||
          meant.includes(actor.id) ||
          emails.includes(email.toLowerCase()) ||
          groups.some((group) => has.includes(group)),
      )
    },
  }
}

/**
 * Whether the address is that of another account on the same platform, as the platform or the policy says: whoever has one there
 * decides with that, and a link that is passed on gives nobody a second voice. Throws TransientFailure while the platform does not say.
 */
export async function isTaken(
  email: string,
  actor: Actor,
  { policy, rosters }: Pick<Explaining, 'policy' | 'rosters'>,
): Promise<boolean> {
  const [platform = ''] = actor.id.split(':')
  const named = policy.humans.filter(({ human }) => human === email).flatMap(({ ids }) => ids)
  const found = await rosterFor({ actor }, rosters)?.members({ people: [], groups: [], emails: [email] })
  const accounts = [...named, ...(found ?? []).map(({ identity }) => identity.actor.id)]
  return accounts.some((id) => id !== actor.id && id.startsWith(`${platform}:`))
}

interface Linking extends SteppingUp {
  readonly directory: Directory
  readonly policy: Policy
}

/**
 * A refusal of somebody whom no address is known of may be a mistake about who they are: then it comes with a link to sign in by,
 * which links the account and does what they wanted. Everybody else is refused as they are.
 */
export async function linkOwed(
  refusal: Refusal,
  wants: Wanted | undefined,
  { actor, proof }: Asker,
  { stepUp, clock, directory, policy }: Linking,
): Promise<Refusal> {
  if (!stepUp || proof || actor.kind !== 'person' || !isAboutWho(refusal)) return refusal
  try {
    if (humanOf(policy, await directory.identify(actor))?.includes('@')) return refusal
    const until = new Date(clock.now().getTime() + STEP_UP_MINUTES * 60_000).toISOString()
    const link = await stepUp.offer({ links: true, actor, expiresAt: until, ...optional('wants', wants) })
    const { asked } = refusal
    return { why: 'link-needed', asked, link, until, isDoneThen: wants !== undefined, because: refusal }
  } catch (error) {
    if (error instanceof TransientFailure) return refusal
    throw error
  }
}

type AboutWho = Extract<Refusal, { why: 'no-permission' | 'not-asked' | 'step-up-impossible' }>

const isAboutWho = (refusal: Refusal): refusal is AboutWho =>
  refusal.why === 'no-permission' ||
  refusal.why === 'not-asked' ||
  (refusal.why === 'step-up-impossible' && refusal.lacks === 'address')
