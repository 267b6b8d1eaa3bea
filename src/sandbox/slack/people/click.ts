import { allBlocks, type Element, elementsOf, isRecord } from '../blocks/parts.ts'
import { messageObject, viewObject } from '../methods/shapes.ts'
import type { ClickRequest } from '../page-api.ts'
import type { Site } from '../site.ts'
import { merged, type Values } from '../views.ts'
import type { Block, Person } from '../workspace.ts'
import { acting, channelName, common, DONE, type Done, type No, no, within } from './acting.ts'
import { stateOf, valuesOf } from './element-state.ts'
import { tidied } from './submit.ts'

/** Somebody presses a button, or chooses from a menu. */
export async function click(site: Site, request: ClickRequest): Promise<Done> {
  const person = acting(site, request.as)
  if ('ok' in person) return person
  const surface =
    request.on.kind === 'view' ? onView(site, person, request) : onMessage(site, person, request)
  if ('ok' in surface) return surface
  const pressed = elementsOf(surface.blocks).find(
    ({ blockId, element }) => blockId === request.blockId && element.action_id === request.actionId,
  )
  if (pressed === undefined) return no('That element is not there any more.')

  const state = stateOf(pressed.element, request.selected)
  const values: Values = { [pressed.blockId]: { [pressed.element.action_id]: state } }
  const content = {
    type: 'block_actions',
    user: { id: person.id, username: person.name, name: person.name, team_id: site.workspace.id },
    ...common(site),
    ...surface.where(merged(tidied(surface.blocks, request.values ?? {}), values)),
    actions: [
      { ...action(pressed.element, state), block_id: pressed.blockId, action_ts: site.state.nextTs() },
    ],
  }
  const outcome = await site.deliver({ kind: 'click', content })
  site.notices.stir()
  if (outcome.kind === 'acknowledged') return DONE
  return no(`${site.manifest.name} did not take the click: it failed with the error ${outcome.error}.`)
}

/** Where the element stands: its neighbours, and that part of the payload. */
interface Surface {
  blocks: readonly Block[]
  where(entered: Values): Record<string, unknown>
}

function onView(site: Site, person: Person, { on }: ClickRequest): Surface | No {
  const home = site.views.home(person.id)
  const open = on.kind !== 'view' ? undefined : home?.id === on.id ? home : site.views.find(on.id)
  if (open?.person !== person.id) return no('That window is closed.')
  const now = () => (open.view.type === 'home' ? site.views.home(person.id) : site.views.find(open.id))
  return {
    blocks: open.view.blocks,
    where: (entered) => {
      site.views.enter(open.id, entered)
      return {
        container: { type: 'view', view_id: open.id },
        view: viewObject(site, now() ?? open),
        // From a home a modal is opened, not pushed.
        trigger_id: site.triggers.issue(person.id, open.view.type === 'home' ? undefined : open.id),
      }
    },
  }
}

function onMessage(site: Site, person: Person, { on }: ClickRequest): Surface | No {
  if (on.kind !== 'message') return no('That message is gone.')
  const channel = within(site, person, on.channel)
  if ('ok' in channel) return channel
  const message = site.state.message(on.channel, on.ts)
  const isSeen = message?.ephemeralTo === undefined || message.ephemeralTo === person.id
  if (message === undefined || !isSeen) return no('That message is gone.')
  const { ts, threadTs, ephemeralTo } = message
  const blocks = allBlocks(message)
  const thread = threadTs === undefined ? {} : { threadTs }
  return {
    blocks,
    where: (entered) => ({
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel.id,
        is_ephemeral: ephemeralTo !== undefined,
        ...(threadTs && { thread_ts: threadTs }),
      },
      channel: { id: channel.id, name: channelName(channel) },
      // Of an ephemeral message Slack only says where it was.
      ...(ephemeralTo === undefined && { message: messageObject(site, message) }),
      state: { values: valuesOf(blocks, entered) },
      trigger_id: site.triggers.issue(person.id),
      response_url: site.responseUrls.issue({
        person: person.id,
        channel: channel.id,
        clickedTs: ts,
        ...thread,
      }),
    }),
  }
}

/** What the app reads of the element itself. */
function action(element: Element, state: Record<string, unknown>): Record<string, unknown> {
  const { type, action_id, text, value, url, style, placeholder } = element
  if (type !== 'button') return { ...state, action_id, ...(isRecord(placeholder) && { placeholder }) }
  const given = Object.entries({ text, value, url, style }).filter(([, held]) => held !== undefined)
  return { type, action_id, ...Object.fromEntries(given) }
}
