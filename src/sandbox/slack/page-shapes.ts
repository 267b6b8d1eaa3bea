import type { KnownBlock, View } from '@slack/types'
import type { PageChannel, PageMessage, PagePerson, PageState, PageView } from './page-api.ts'
import type { Site } from './site.ts'
import type { Home, OpenView, Views } from './views.ts'
import type { Block, Channel, Message, Person } from './workspace.ts'

/** The workspace as the page shows it to one person. */
export function pageState({ workspace, state, manifest, views, elsewhere }: Site, me: Person): PageState {
  return {
    workspace: { id: workspace.id, name: workspace.name },
    elsewhere: [...elsewhere()],
    me: pagePerson(me),
    people: state.people().map(pagePerson),
    userGroups: [...state.userGroups()],
    channels: state
      .channels()
      .filter(({ members }) => members.includes(me.id))
      .map(pageChannel),
    app: {
      name: manifest.name,
      botUserId: workspace.app.botUserId,
      commands: manifest.commands.map(({ command, description, usageHint }) => ({
        command,
        description,
        usageHint,
      })),
      shortcuts: manifest.scopes.includes('commands') ? [...manifest.shortcuts] : [],
      hasHomeTab: manifest.hasHomeTab,
      hasMessagesTab: manifest.hasMessagesTab,
      takesDirectMessages: manifest.takesDirectMessages,
    },
    ...pageViews(views, me.id),
  }
}

export function pagePerson({ role, ...person }: Person): PagePerson {
  return { ...person, isBot: role === 'bot' }
}

export function pageChannel({ kind, ...channel }: Channel): PageChannel {
  const { id, name, topic, purpose, members, archived, pins } = channel
  return {
    ...{ id, name, topic, purpose, members, archived, pins },
    kind: kind === 'direct' ? 'direct' : 'channel',
    isPrivate: kind === 'private',
    bookmarks: channel.bookmarks.map(({ id, title, link, emoji }) => ({ id, title, link, emoji })),
  }
}

/** What anybody of the workspace may look into. */
export function publicChannels({ state }: Site): PageChannel[] {
  return state
    .channels()
    .filter(({ kind, archived }) => kind === 'public' && !archived)
    .map(pageChannel)
}

export function pageMessage(site: Site, message: Message): PageMessage {
  const { channel, ts, threadTs, user, text, blocks, attachments, edited, ephemeralTo, reactions } = message
  const files = message.files?.flatMap((id) => site.state.file(id) ?? [])
  return {
    channel,
    ts,
    user,
    text,
    edited: edited !== undefined,
    replyCount: site.state.replyCount(message),
    reactions,
    ...(files && { files: files.map(({ user: _user, createdSeconds: _created, ...file }) => file) }),
    ...(threadTs && { threadTs }),
    ...(message.alsoInChannel && { alsoInChannel: true }),
    ...(ephemeralTo && { ephemeralTo }),
    ...(blocks && { blocks: known(blocks) }),
    ...(attachments && {
      attachments: attachments.map(({ color, blocks: attached }) => ({
        ...(color && { color }),
        ...(attached && { blocks: known(attached) }),
      })),
    }),
  }
}

export function pageViews(views: Views, person: string): { views: PageView[]; home?: PageView } {
  const home = views.home(person)
  return { views: views.stack(person).map(pageView), ...(home && { home: pageView(home) }) }
}

export function pageView({ id, view }: OpenView | Home, at = 0): PageView {
  const blocks = known([...view.blocks])
  if (view.type === 'home') return { id, view: { type: 'home', blocks }, depth: 1 }
  const { submit, close, ...rest } = view
  const shown: View = { ...rest, blocks, ...(submit && { submit }), ...(close && { close }) }
  return { id, view: shown, depth: at + 1 }
}

export function visibleMessages(site: Site, channel: string, person: string): PageMessage[] {
  if (!site.state.channel(channel)?.members.includes(person)) return []
  return site.state
    .messages(channel)
    .filter(({ ephemeralTo }) => ephemeralTo === undefined || ephemeralTo === person)
    .map((message) => pageMessage(site, message))
}

/** The validator has let only known blocks through; their type does not say so. */
const known = (blocks: Block[]) => blocks as unknown as KnownBlock[]
