import { type ReactNode, useCallback, useMemo } from 'react'
import type { PageChannel, PageMessage } from '../../page-api.ts'
import { Composer } from '../composer/composer.tsx'
import { useDraft } from '../composer/draft.ts'
import { Icon } from '../icon.tsx'
import { titleOf, useReader } from '../model/reader.ts'
import { channelTimeline } from '../model/timeline.ts'
import { useNow } from '../text/now.ts'
import { dayText } from '../text/times.ts'
import { AppTabs } from './app-tabs.tsx'
import { ChannelHeader } from './channel-header.tsx'
import { Home } from './home.tsx'
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
  /** "home" for the app's own page. */
  tab: string | undefined
}

export function ChannelPane(props: ChannelPaneProps) {
  const { channel, messages, troubles, onDismissTroubles, onOpenSidebar, somethingElsewhere } = props
  const { state, me, go } = useReader()
  const draft = useDraft(`${me.id}/${channel.id}`)
  const title = titleOf(state, channel)
  const shown = channel.kind === 'channel' ? `#${title}` : title
  const isApp = channel.kind === 'direct' && (state.app.hasHomeTab || state.app.hasMessagesTab)
  const tab = isApp && props.tab === 'home' && state.app.hasHomeTab ? 'home' : 'messages'
  const closed = channel.archived
    ? `${shown} has been archived.`
    : channel.kind === 'direct' && !state.app.takesDirectMessages
      ? 'Sending messages to this app has been turned off.'
      : undefined
  const days = useMemo(() => channelTimeline(messages, me.timeZone), [messages, me.timeZone])
  const openThread = useCallback(
    (thread: string) => go({ as: me.id, channel: channel.id, thread }),
    [go, me.id, channel.id],
  )
  return (
    <section className="pane channel" aria-label={`Channel ${shown}`}>
      <ChannelHeader
        channel={channel}
        messages={messages}
        onOpenSidebar={onOpenSidebar}
        somethingElsewhere={somethingElsewhere}
      />
      {isApp && <AppTabs channel={channel} tab={tab} />}
      {tab === 'home' ? (
        <Home home={state.home} />
      ) : (
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
      )}
      <TroubleBanner troubles={troubles} onDismiss={onDismissTroubles} />
      {tab === 'messages' &&
        (closed === undefined ? (
          <Composer draft={draft} label={`Message ${shown}`} channel={channel.id} />
        ) : (
          <p className="composer-closed">
            <Icon name="archive" /> {closed}
          </p>
        ))}
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
