import type { ReactNode } from 'react'
import type { PageChannel, PageMessage } from '../../page-api.ts'
import { Popover, usePopover } from '../controls/popover.tsx'
import { Icon } from '../icon.tsx'
import { personWith, titleOf, useReader } from '../model/reader.ts'
import { emojiNamed } from '../text/emoji.ts'
import { plain } from '../text/mrkdwn.ts'
import { WebLink } from '../text/web-link.tsx'
import { Avatar } from './avatar.tsx'

interface HeaderProps {
  channel: PageChannel
  messages: readonly PageMessage[]
  onOpenSidebar(): void
  somethingElsewhere: boolean
}

/** What a channel is: its name, topic, pinned messages and people, and the links it keeps at hand. */
export function ChannelHeader({ channel, messages, onOpenSidebar, somethingElsewhere }: HeaderProps) {
  const { state } = useReader()
  const isShared = channel.kind === 'channel'
  const about = plain(channel.topic || channel.purpose)
  return (
    <>
      <header className="pane-header">
        <button
          type="button"
          className="icon-button sidebar-toggle"
          aria-label="Open the sidebar"
          onClick={onOpenSidebar}
        >
          <Icon name="menu" />
          {somethingElsewhere && <span className="dot" />}
        </button>
        <h1>
          {isShared && <span className="hash">{channel.isPrivate ? <Icon name="lock" /> : '#'}</span>}
          {titleOf(state, channel)}
        </h1>
        {channel.archived && <span className="archived-badge">archived</span>}
        <p className="topic" title={about}>
          {about}
        </p>
        <Pinned channel={channel} messages={messages} />
        {isShared && <Members ids={channel.members} />}
      </header>
      {channel.bookmarks.length > 0 && <Bookmarks channel={channel} />}
    </>
  )
}

function Bookmarks({ channel }: { channel: PageChannel }) {
  return (
    <nav className="bookmarks" aria-label="Bookmarks">
      {channel.bookmarks.map(({ id, title, link, emoji }) => (
        <WebLink key={id} url={link}>
          {emojiNamed(emoji.replaceAll(':', '')) ?? <Icon name="link" />} {title}
        </WebLink>
      ))}
    </nav>
  )
}

function Pinned({ channel, messages }: Pick<HeaderProps, 'channel' | 'messages'>) {
  const { state, me, go } = useReader()
  const { trigger, popover, close } = usePopover()
  const pinned = messages.filter(({ ts }) => channel.pins.includes(ts)).toReversed()
  if (pinned.length === 0) return null
  const show = ({ ts, threadTs }: PageMessage) => {
    close()
    if (threadTs !== undefined) go({ as: me.id, channel: channel.id, thread: threadTs })
    else document.querySelector(`[data-ts="${ts}"]`)?.scrollIntoView({ block: 'center' })
  }
  return (
    <>
      <button type="button" className="header-button" aria-label={`${pinned.length} pinned`} {...trigger}>
        <Icon name="pin" /> {pinned.length}
        <span className="header-button-word"> Pinned</span>
      </button>
      <Popover popover={popover} role="group" label="Pinned messages">
        {pinned.map((message) => (
          <button key={message.ts} type="button" className="menu-item" onClick={() => show(message)}>
            <small>{personWith(state, message.user)?.realName}</small>
            <span className="pinned-text">{plain(message.text) || 'A message without words'}</span>
          </button>
        ))}
      </Popover>
    </>
  )
}

const MOST_FACES = 3

function Members({ ids }: { ids: string[] }): ReactNode {
  const { state } = useReader()
  const people = ids.flatMap((id) => personWith(state, id) ?? [])
  const names = people.map(({ realName }) => realName).join(', ')
  return (
    <div className="members" role="img" aria-label={`${ids.length} members: ${names}`} title={names}>
      {people.slice(0, MOST_FACES).map((person) => (
        <Avatar key={person.id} person={person} size="small" />
      ))}
      <span>{ids.length}</span>
    </div>
  )
}
