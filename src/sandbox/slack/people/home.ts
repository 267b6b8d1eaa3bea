import { openDirect } from '../channels.ts'
import type { OpenHomeRequest } from '../page-api.ts'
import type { Site } from '../site.ts'
import { acting, DONE, type Done, no } from './acting.ts'
import { tellOfHome } from './events.ts'

/** Somebody looks at the app's own place: its Home, or the messages between them and the app. */
export async function openHome(site: Site, { as, tab }: OpenHomeRequest): Promise<Done> {
  const person = acting(site, as)
  if ('ok' in person) return person
  const { manifest, state, workspace, clock } = site
  if (tab === 'home' && !manifest.hasHomeTab) return no(`${manifest.name} has no Home.`)
  const { channel } = openDirect(state, as, workspace.app.botUserId, clock.now())
  tellOfHome(site, person, channel.id, tab)
  return DONE
}
