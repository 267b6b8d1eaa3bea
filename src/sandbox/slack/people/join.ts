import { withMembers } from '../channels.ts'
import type { JoinRequest } from '../page-api.ts'
import type { Site } from '../site.ts'
import { acting, DONE, type Done, no } from './acting.ts'
import { tellOfJoining } from './events.ts'

/** Somebody goes into a public channel. */
export async function join(site: Site, { as, channel: where }: JoinRequest): Promise<Done> {
  const person = acting(site, as)
  if ('ok' in person) return person
  const channel = site.state.channel(where)
  if (channel?.kind !== 'public') return no(`There is no public channel ${where}.`)
  if (channel.archived) return no(`#${channel.name} is archived.`)
  if (person.role === 'guest') return no('Guests are invited to channels, they do not join them.')
  if (channel.members.includes(as)) return DONE
  const joined = withMembers(channel, [as])
  site.state.putChannel(joined)
  tellOfJoining(site, joined, as)
  return DONE
}
