import { type ReactNode, useCallback, useMemo } from 'react'
import type { PageChannel, PageMessage } from '../../page-api.ts'
import { Composer } from '../composer/composer.tsx'
import { useDraft } from '../composer/draft.ts'
import { Icon } from '../icon.tsx'
import { personWith, titleOf, useReader } from '../model/reader.ts'
import { channelTimeline } from '../model/timeline.ts'
import { plain } from '../text/mrkdwn.ts'
import { useNow } from '../text/now.ts'
import { dayText } from '../text/times.ts'
import { Avatar } from './avatar.tsx'
import { MessageList } from './message-list.tsx'
import { TroubleBanner } from './trouble-banner.tsx'
import { Welcome } from './welcome.tsx'

interface ChannelPaneProps {
  channel: PageChannel
  messages: readonly PageMessage[]
  troubles: readonly string[]
  onDismissTroubles(): void
  onOpenSidebar(): void
  somethingElsewhere: boolean
}

export function ChannelPane(props: ChannelPaneProps) {
  const { channel, messages, troubles, onDismissTroubles, onOpenSidebar, somethingElsewhere } = props
  const { state, me, go } = useReader()
  const draft = useDraft(`${me.id}/${channel.id}`)
  const title = titleOf(state, channel)
  const shown = channel.kind === 'channel' ? `#${title}` : title
  const days = useMemo(() => channelTimeline(messages, me.timeZone), [messages, me.timeZone])
  const openThread = useCallback(
    (thread: string) => go({ as: me.id, channel: channel.id, thread }),
    [go, me.id, channel.id],
  )
  return (
    <section className="pane channel" aria-label={`Channel ${shown}`}>
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
          {channel.kind === 'channel' && <span className="hash">#</span>}
          {title}
        </h1>
        <p className="topic" title={plain(channel.topic)}>
          {plain(channel.topic)}
        </p>
        {channel.kind === 'channel' && <Members ids={channel.members} />}
      </header>
      <MessageList
        key={`${me.id}/${channel.id}`}
        label={`Messages in ${shown}`}
        newest={days.at(-1)?.items.at(-1)}
        onReply={openThread}
      >
        {(draw) => (
          <>
            <Welcome channel={channel} title={title} onTry={draft.fill} />
            {days.map(({ key, seconds, items }) => (
              <Day key={key} seconds={seconds}>
                {draw(items)}
              </Day>
            ))}
          </>
        )}
      </MessageList>
      <TroubleBanner troubles={troubles} onDismiss={onDismissTroubles} />
      {channel.archived ? (
        <p className="composer-closed">
          <Icon name="archive" /> {shown} has been archived.
        </p>
      ) : (
        <Composer draft={draft} label={`Message ${shown}`} channel={channel.id} />
      )}
    </section>
  )
}

function Day({ seconds, children }: { seconds: number; children: ReactNode }) {
  const { me } = useReader()
  const now = useNow()
  const text = dayText(seconds, me.timeZone, now)
  return (
    <section className="day" aria-label={text}>
      <p className="day-name">
        <span>{text}</span>
      </p>
      {children}
    </section>
  )
}

const MOST_FACES = 3

function Members({ ids }: { ids: string[] }) {
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
