import type { KnownBlock, View } from '@slack/types'
import type { PageChannel, PageMessage, PagePerson, PageState, PageView } from './page-api.ts'
import type { Site } from './site.ts'
import type { OpenView } from './views.ts'
import type { Block, Channel, Message, Person } from './workspace.ts'

/** The workspace as the page shows it to one person. */
export function pageState({ workspace, state, manifest, views }: Site, me: Person): PageState {
  return {
    workspace: { id: workspace.id, name: workspace.name },
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
    },
    views: views.stack(me.id).map(pageView),
  }
}

export function pagePerson({ role, ...person }: Person): PagePerson {
  return { ...person, isBot: role === 'bot' }
}

export function pageChannel({ id, name, kind, topic, members, archived }: Channel): PageChannel {
  return { id, name, kind: kind === 'direct' ? 'direct' : 'channel', topic, members, archived }
}

export function pageMessage(site: Site, message: Message): PageMessage {
  const { channel, ts, threadTs, user, text, blocks, attachments, edited, ephemeralTo } = message
  return {
    channel,
    ts,
    user,
    text,
    edited: edited !== undefined,
    replyCount: site.state.replyCount(message),
    ...(threadTs && { threadTs }),
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

export function pageView({ id, view }: OpenView, at: number): PageView {
  const { submit, close, ...rest } = view
  const blocks = known([...view.blocks])
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
