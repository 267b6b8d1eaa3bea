import type { Site } from '../site.ts'
import type { Channel, Person } from '../workspace.ts'

/** What somebody asked of the workspace was done, or why not, in words for them. */
export type Done = { ok: true } | { ok: false; error: string; errors?: Record<string, string> }

export type No = Extract<Done, { ok: false }>

export const DONE: Done = { ok: true }

export function no(error: string): No {
  return { ok: false, error }
}

/** Somebody who can do something here. */
export function acting({ state }: Site, id: string): Person | No {
  const person = state.person(id)
  if (person === undefined || person.role === 'bot') return no(`Nobody here has the id ${id}.`)
  return person.deactivated ? no(`${person.realName}'s account is deactivated.`) : person
}

/** A conversation that this person is in. */
export function within({ state }: Site, person: Person, id: string): Channel | No {
  const channel = state.channel(id)
  if (channel === undefined) return no(`There is no channel ${id}.`)
  return channel.members.includes(person.id) ? channel : no(`You are not in #${channel.name}.`)
}

export function channelName({ kind, name }: Channel): string {
  return kind === 'direct' ? 'directmessage' : name
}

/** Part of everything the app is sent. */
export function common({ workspace }: Site): Record<string, unknown> {
  return {
    // Apps are told to check the signature and not this word, which is the same for ever.
    token: 'practice-verification-token',
    api_app_id: workspace.app.id,
    is_enterprise_install: false,
    enterprise: null,
    team: { id: workspace.id, domain: workspace.domain },
  }
}
