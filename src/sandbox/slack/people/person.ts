import { allBlocks, elementsOf } from '../blocks/parts.ts'
import type { HomeTab, PageChannel, PageFile, PageMessage, PageView, PresenceRequest } from '../page-api.ts'
import { pageChannel, pageViews, visibleMessages } from '../page-shapes.ts'
import type { Site } from '../site.ts'
import type { Block } from '../workspace.ts'
import type { Done } from './acting.ts'
import { click } from './click.ts'
import { openHome } from './home.ts'
import { join } from './join.ts'
import { setPresence } from './presence.ts'
import { react } from './react.ts'
import { say } from './say.ts'
import { shortcut } from './shortcut.ts'
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
  /** Puts a reaction, as in ":eyes:" without the colons; `unreact` takes it away. */
  react(on: Spot, name: string): Promise<Done>
  unreact(on: Spot, name: string): Promise<Done>
  join(channel: string): Promise<Done>
  /** Looks at the app: at its Home if it has one, unless another tab is named. */
  openHome(tab?: HomeTab): Promise<Done>
  /** A global shortcut, or, on a message, one of its menu. */
  shortcut(callbackId: string, on?: Spot): Promise<Done>
  setPresence(presence: PresenceRequest['presence']): Promise<Done>
  /** What this person sees in a channel, oldest first. */
  messages(channel: string): PageMessage[]
  /** Of these, what nobody else sees. */
  ephemerals(channel: string): PageMessage[]
  /** The channels and direct messages they are in. */
  channels(): PageChannel[]
  /** What was uploaded to a channel, oldest first. */
  files(channel: string): PageFile[]
  /** The bytes of such a file. */
  openFile(file: { id: string }): Buffer | undefined
  /** The open modals; the last is on top. */
  views(): PageView[]
  /** What the app published on its Home for them. */
  home(): PageView | undefined
  /** The banners they were shown, oldest first. */
  troubles(): readonly string[]
}

/** A message or an open view, as `messages` and `views` give them. */
export type Clickable = Spot | { id: string }

/** A message. */
interface Spot {
  channel: string
  ts: string
}

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
      const block = blockId ?? blockWith(actionId, blocksOn(site, id, on))
      return click(site, { as: id, on: target, blockId: block, actionId, ...chosen })
    },
    submit: (view, values) => submit(site, { as: id, view: view.id, values }),
    close: (view) => close(site, { as: id, view: view.id }),
    react: (on, name) => react(site, { as: id, ...placeOf(on), name, put: true }),
    unreact: (on, name) => react(site, { as: id, ...placeOf(on), name, put: false }),
    join: (channel) => join(site, { as: id, channel }),
    openHome: (tab = site.manifest.hasHomeTab ? 'home' : 'messages') => openHome(site, { as: id, tab }),
    shortcut: (callbackId, on) => shortcut(site, { as: id, callbackId, ...(on && { on: placeOf(on) }) }),
    setPresence: (presence) => setPresence(site, { as: id, presence }),
    channels: () =>
      site.state
        .channels()
        .filter(({ members }) => members.includes(id))
        .map(pageChannel),
    files: (channel) => messages(channel).flatMap(({ files = [] }) => files),
    openFile: (file) => site.shelf.take(file.id),
    ephemerals: (channel) => messages(channel).filter(({ ephemeralTo }) => ephemeralTo !== undefined),
    views: () => pageViews(site.views, id).views,
    home: () => pageViews(site.views, id).home,
    troubles: () => site.notices.troubles(id),
  }
}

const placeOf = ({ channel, ts }: Spot) => ({ channel, ts })

function blocksOn({ state, views }: Site, person: string, on: Clickable): readonly Block[] {
  if ('id' in on) {
    const home = views.home(person)
    return (home?.id === on.id ? home : views.find(on.id))?.view.blocks ?? []
  }
  const message = state.message(on.channel, on.ts)
  return message ? allBlocks(message) : []
}

function blockWith(actionId: string, blocks: readonly Block[]): string {
  return elementsOf(blocks).find(({ element }) => element.action_id === actionId)?.blockId ?? ''
}
