/** Somebody who works in Teams. */
export interface TenantPerson {
  /** What tests and pages call this person: "olive". */
  readonly name: string
  readonly fullName: string
  readonly aadObjectId: string
  readonly email: string
  /** An IANA zone. */
  readonly timeZone: string
  readonly locale: string
  readonly role: 'user' | 'guest'
}

export interface Channel {
  readonly id: string
  readonly name: string
}

export interface TeamsTenant {
  /** What people call the bot when they mention it. */
  readonly botName: string
  readonly people: readonly TenantPerson[]
  /** Everybody is in it. Its first channel is General, which bears the id of the team. */
  readonly team: {
    readonly id: string
    readonly name: string
    readonly aadGroupId: string
    readonly channels: readonly Channel[]
  }
}

/** How a bot knows this person. In Teams it differs from bot to bot; only aadObjectId is the person's own. */
export const mriOf = ({ name }: TenantPerson): string => `29:1-${name}`

/** By short name, aadObjectId or MRI. */
export function findPerson({ people }: TeamsTenant, called: string): TenantPerson | undefined {
  return people.find((person) => [person.name, person.aadObjectId, mriOf(person)].includes(called))
}

/** By id or name. */
export function findChannel(channels: readonly Channel[], called: string): Channel | undefined {
  return channels.find(({ id, name }) => id === called || name === called)
}
