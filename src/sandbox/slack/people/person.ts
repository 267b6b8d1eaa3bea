import { allBlocks, elementsOf } from '../blocks/parts.ts'
import { openDirect } from '../channels.ts'
import type { PageMessage, PageView } from '../page-api.ts'
import { pageView, visibleMessages } from '../page-shapes.ts'
import type { Site } from '../site.ts'
import type { Block } from '../workspace.ts'
import { acting, DONE, type Done } from './acting.ts'
import { click } from './click.ts'
import { tellOfHome } from './events.ts'
import { say } from './say.ts'
import { close, submit } from './submit.ts'

/** Somebody of the workspace, acted for by a test instead of by the page. They can do what the page lets them do. */
export interface PersonHere {
  readonly id: string
  /** Text that begins with "/" is a command. Settles once the app has acknowledged it, or has not in time. */
  say(channel: string, text: string, threadTs?: string): Promise<Done>
  /** Without a block id, the first element with this action id is meant. */
  click(on: Clickable, actionId: string, how?: Click): Promise<Done>
  /** Block id → action id → the value, or the whole state of the element. */
  submit(view: { id: string }, values: Record<string, Record<string, unknown>>): Promise<Done>
  close(view: { id: string }): Promise<Done>
  openHome(): Done
  /** What this person sees in a channel, oldest first. */
  messages(channel: string): PageMessage[]
  /** Of these, what nobody else sees. */
  ephemerals(channel: string): PageMessage[]
  /** The open modals; the last is on top. */
  views(): PageView[]
  /** The banners they were shown, oldest first. */
  troubles(): readonly string[]
}

/** A message or an open view, as `messages` and `views` give them. */
export type Clickable = { channel: string; ts: string } | { id: string }

interface Click {
  blockId?: string
  /** The value of the chosen option. */
  selected?: string
  values?: Record<string, Record<string, unknown>>
}

export function personHere(site: Site, id: string): PersonHere {
  const messages = (channel: string) => visibleMessages(site, channel, id)
  return {
    id,
    messages,
    say: (channel, text, threadTs) => say(site, { as: id, channel, text, ...(threadTs && { threadTs }) }),
    click: (on, actionId, { blockId, ...chosen } = {}) => {
      const isView = 'id' in on
      const target = isView
        ? ({ kind: 'view', id: on.id } as const)
        : ({ kind: 'message', ...placeOf(on) } as const)
      const block = blockId ?? blockWith(actionId, blocksOn(site, on))
      return click(site, { as: id, on: target, blockId: block, actionId, ...chosen })
    },
    submit: (view, values) => submit(site, { as: id, view: view.id, values }),
    close: (view) => close(site, { as: id, view: view.id }),
    openHome: () => {
      const person = acting(site, id)
      if ('ok' in person) return person
      const { channel } = openDirect(site.state, id, site.workspace.app.botUserId, site.clock.now())
      tellOfHome(site, person, channel.id)
      return DONE
    },
    ephemerals: (channel) => messages(channel).filter(({ ephemeralTo }) => ephemeralTo !== undefined),
    views: () => site.views.stack(id).map(pageView),
    troubles: () => site.notices.troubles(id),
  }
}

const placeOf = ({ channel, ts }: { channel: string; ts: string }) => ({ channel, ts })

function blocksOn({ state, views }: Site, on: Clickable): readonly Block[] {
  if ('id' in on) return views.find(on.id)?.view.blocks ?? []
  const message = state.message(on.channel, on.ts)
  return message ? allBlocks(message) : []
}

function blockWith(actionId: string, blocks: readonly Block[]): string {
  return elementsOf(blocks).find(({ element }) => element.action_id === actionId)?.blockId ?? ''
}
