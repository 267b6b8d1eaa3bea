import type { PresenceRequest } from '../page-api.ts'
import type { Site } from '../site.ts'
import { acting, DONE, type Done } from './acting.ts'

/** Somebody says whether they are there. */
export async function setPresence(site: Site, { as, presence }: PresenceRequest): Promise<Done> {
  const person = acting(site, as)
  if ('ok' in person) return person
  const { absence: _before, ...rest } = person
  site.state.putPerson(presence === 'online' ? rest : { ...rest, absence: presence })
  return DONE
}
