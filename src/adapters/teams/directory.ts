import type { Named } from '../../domain/gate-rules.ts'
import type { Identity } from '../../domain/permission.ts'
import type { Directory } from '../../ports/directory.ts'
import { FinalFailure, TransientFailure, UnreachableFailure } from '../../ports/failure.ts'
import type { Member, Roster } from '../../ports/roster.ts'
import { objectIdOf, teamsId } from './ids.ts'
import type { People, TeamsPerson } from './people.ts'

export interface DirectoryOptions {
  readonly people: People
  /** All that the policy names: those of Teams are conversations, whose members are meant. */
  readonly groups: readonly string[]
  /** The channel whose team is looked through for addresses. */
  readonly home: string | undefined
}

/** The conversations among the policy's groups. */
const conversationsIn = (groups: readonly string[]): string[] =>
  groups.flatMap((id) => /^teams:(19:.+)$/.exec(id)?.[1] ?? [])

/** Who somebody is in Teams. Where Teams does not say, nobody is anybody: it fails, and nothing is allowed. */
export function teamsDirectory(options: DirectoryOptions): Directory {
  const { people } = options
  return {
    identify: async (actor) => {
      const id = objectIdOf(actor.id)
      if (!id) throw new TransientFailure(`Teams knows nobody by the id "${actor.id}": nothing is allowed.`)
      try {
        return { ...(await identityOf(await people.lookUp(id), options)), actor }
      } catch (error) {
        if (error instanceof TransientFailure) throw error
        throw new TransientFailure(`Teams did not say who ${actor.id} is: nothing is allowed.`, undefined, {
          cause: error,
        })
      }
    },
  }
}

/** Who is behind a policy's groups, people and addresses in Teams. Who is at hand, Teams does not tell a bot. */
export function teamsRoster(options: DirectoryOptions): Roster {
  const { people, home } = options
  /** Where we are not ourselves, nobody can be vouched for. */
  const unlessOutside =
    <Nobody>(nobody: Nobody) =>
    (error: unknown): Nobody => {
      if (error instanceof UnreachableFailure && error.where === 'here') return nobody
      throw error
    }
  const inGroup = (group: string): Promise<readonly TeamsPerson[]> =>
    people.everybody(group).catch(unlessOutside([]))
  const inHome = (channel: string, email: string): Promise<TeamsPerson | undefined> =>
    people.byAddress(channel, email).catch(unlessOutside(undefined))

  async function meant({ people: named, groups, emails }: Named): Promise<readonly TeamsPerson[]> {
    const byId = await Promise.all(named.flatMap((id) => objectIdOf(id) ?? []).map(people.lookUp))
    const inGroups = await Promise.all(conversationsIn(groups).map(inGroup))
    const addressed = home === undefined ? [] : await Promise.all(emails.map((email) => inHome(home, email)))
    return [...byId, ...inGroups.flat(), ...addressed.flatMap((person) => person ?? [])]
  }
  return {
    members: async (who) => {
      try {
        const found = new Map((await meant(who)).map((person) => [person.id, person]))
        const members = [...found.values()].filter(({ standing }) => standing === 'member')
        return await Promise.all(
          members.map(
            async (person): Promise<Member> => ({
              identity: await identityOf(person, options),
              state: 'unknown',
            }),
          ),
        )
      } catch (error) {
        if (!(error instanceof FinalFailure)) throw error
        throw new TransientFailure('Teams did not say who is meant.', undefined, { cause: error })
      }
    },
  }
}

async function identityOf(person: TeamsPerson, { people, groups }: DirectoryOptions): Promise<Identity> {
  const { id, name, standing, email } = person
  const actor = { kind: 'person' as const, id: teamsId(id), name }
  if (standing !== 'member') return { actor, groups: [] }
  const named = conversationsIn(groups)
  const isIn = await Promise.all(named.map((group) => people.isIn(group, id)))
  return { actor, groups: named.filter((_, at) => isIn[at]).map(teamsId), ...(email && { email }) }
}
