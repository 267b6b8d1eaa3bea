import type { PageChannel, PageState } from '../../page-api.ts'
import { Avatar } from '../conversation/avatar.tsx'
import { Icon } from '../icon.tsx'
import { personWith, titleOf } from '../model/reader.ts'
import type { UnreadCounts } from '../model/unread.ts'
import { ActingAs } from './acting-as.tsx'

interface SidebarProps {
  state: PageState
  open: string | undefined
  unread: UnreadCounts
  onChannel(channel: string): void
  onPerson(person: string): void
  onBrowse(): void
}

export function Sidebar({ state, open, unread, onChannel, onPerson, onBrowse }: SidebarProps) {
  const shown = state.channels.filter(({ archived, id }) => !archived || id === open)
  const rows = (kind: PageChannel['kind']) =>
    shown
      .filter((channel) => channel.kind === kind)
      .map((channel) => (
        <li key={channel.id}>
          <ChannelRow
            channel={channel}
            state={state}
            isOpen={channel.id === open}
            unread={unread.in(channel)}
            onOpen={() => onChannel(channel.id)}
          />
        </li>
      ))
  const directs = rows('direct')
  return (
    <>
      <header className="sidebar-header">
        <h2>{state.workspace.name}</h2>
      </header>
      <nav className="sidebar-channels" aria-label="Channels and direct messages">
        <h3>Channels</h3>
        <ul>{rows('channel')}</ul>
        <ul>
          <li>
            <button type="button" className="row" onClick={onBrowse}>
              <span className="row-sign">
                <Icon name="plus" />
              </span>
              <span className="row-name">Browse channels</span>
            </button>
          </li>
        </ul>
        {directs.length > 0 && (
          <>
            <h3>Direct messages</h3>
            <ul>{directs}</ul>
          </>
        )}
        {state.elsewhere.length > 0 && (
          <>
            <h3>The same bot elsewhere</h3>
            <ul>
              {state.elsewhere.map(({ name, url }) => (
                <li key={url}>
                  <a className="row" href={url} target="_blank" rel="noreferrer">
                    <span className="row-sign">
                      <Icon name="link" />
                    </span>
                    <span className="row-name">{name}</span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </nav>
      <ActingAs state={state} unread={unread} onPerson={onPerson} />
    </>
  )
}

interface ChannelRowProps {
  channel: PageChannel
  state: PageState
  isOpen: boolean
  unread: { isUnread: boolean; mentions: number }
  onOpen(): void
}

function ChannelRow({ channel, state, isOpen, unread, onOpen }: ChannelRowProps) {
  const title = titleOf(state, channel)
  const other = personWith(state, channel.members.find((member) => member !== state.me.id) ?? '')
  return (
    <button
      type="button"
      className={unread.isUnread ? 'row row-unread' : 'row'}
      title={title}
      aria-current={isOpen ? 'page' : undefined}
      onClick={onOpen}
    >
      {channel.kind === 'direct' && <Avatar person={other} size="small" />}
      {channel.kind === 'channel' && (
        <span className="row-sign">
          {channel.archived ? <Icon name="archive" /> : channel.isPrivate ? <Icon name="lock" /> : '#'}
        </span>
      )}
      <span className="row-name">{title}</span>
      {unread.mentions > 0 && <Badge count={unread.mentions} />}
      {unread.mentions === 0 && unread.isUnread && <span className="dot" role="img" aria-label="unread" />}
    </button>
  )
}

export function Badge({ count }: { count: number }) {
  return (
    <span className="badge" role="img" aria-label={mentionsText(count)}>
      {count}
    </span>
  )
}

export function mentionsText(count: number): string {
  return count === 1 ? '1 mention' : `${count} mentions`
}
