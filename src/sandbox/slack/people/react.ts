import type { ReactRequest } from '../page-api.ts'
import { hasReacted, REACTION_NAME, withoutReaction, withReaction } from '../reactions.ts'
import type { Site } from '../site.ts'
import { acting, DONE, type Done, no, within } from './acting.ts'
import { tellOfReaction } from './events.ts'

/** Somebody puts a reaction on a message, or takes theirs away. */
export async function react(site: Site, { as, channel: where, ts, name, put }: ReactRequest): Promise<Done> {
  const person = acting(site, as)
  if ('ok' in person) return person
  const channel = within(site, person, where)
  if ('ok' in channel) return channel
  if (channel.archived) return no(`#${channel.name} is archived.`)
  const message = site.state.message(where, ts)
  if (message === undefined || message.ephemeralTo) return no('That message is gone.')
  if (!REACTION_NAME.test(name)) return no(`There is no emoji "${name}".`)
  if (hasReacted(message, name, as) === put) return DONE
  const after = put ? withReaction(message, name, as) : withoutReaction(message, name, as)
  site.state.replace(after)
  tellOfReaction(site, person, after, name, put ? 'reaction_added' : 'reaction_removed')
  return DONE
}
