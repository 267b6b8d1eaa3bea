import { useCallback, useEffect, useMemo, useState } from 'react'
import type { PageChannel, PageState } from '../page-api.ts'
import { ChannelPane } from './conversation/channel-pane.tsx'
import { ThreadPane } from './conversation/thread-pane.tsx'
import { ConfirmProvider } from './dialogs/confirm.tsx'
import { Views } from './dialogs/views.tsx'
import { usePhone } from './media.ts'
import { usePlace } from './model/place.ts'
import { type Reader, ReaderContext, titleOf } from './model/reader.ts'
import { useUnread } from './model/unread.ts'
import { useWorkspace } from './model/use-workspace.ts'
import { Ribbon } from './ribbon.tsx'
import { Browse } from './sidebar/browse.tsx'
import { Sidebar } from './sidebar/sidebar.tsx'

const NOTHING: readonly never[] = []

export function App() {
  const { place, go } = usePlace()
  const anybody = useCallback(() => go({}, 'replace'), [go])
  const { world, connection, troubles, report, dismissTroubles } = useWorkspace(place.as, anybody)
  const isPhone = usePhone()
  const [isBrowsing, setBrowsing] = useState(false)
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const state = world?.state
  const channel = state && openChannel(state, place.channel)
  // A person who cannot see the channel stands elsewhere, where the thread is not.
  const thread = channel?.id === place.channel ? place.thread : undefined
  // Who looks at the app's Home does not read what it said.
  const isAtHome = channel?.kind === 'direct' && place.tab === 'home' && state?.app.hasHomeTab
  const unread = useUnread(world, isAtHome ? undefined : channel?.id)
  const reader = useMemo<Reader | undefined>(
    () => state && { state, me: state.me, go, report },
    [state, go, report],
  )

  useEffect(() => {
    if (state && place.as === undefined) go({ ...place, as: state.me.id }, 'replace')
  }, [state, place, go])
  useEffect(() => {
    if (state && channel) document.title = `${titleOf(state, channel)} – ${state.workspace.name}`
  }, [state, channel])

  if (reader === undefined || state === undefined || world === undefined || channel === undefined) {
    return <Opening isLost={connection === 'lost'} />
  }
  const as = state.me.id
  const messages = world.messages[channel.id] ?? NOTHING
  const elsewhere = state.channels.some((other) => unread.in(other).isUnread)
  const closeDrawer = () => setDrawerOpen(false)
  const turnTo = (id: string) => {
    go({ as, channel: id })
    closeDrawer()
  }
  return (
    <ReaderContext value={reader}>
      <ConfirmProvider>
        <div className={isDrawerOpen ? 'frame drawer-open' : 'frame'}>
          <Ribbon connection={connection} />
          <div className="sidebar" inert={isPhone && !isDrawerOpen}>
            <Sidebar
              state={state}
              open={channel.id}
              unread={unread}
              onChannel={turnTo}
              onBrowse={() => setBrowsing(true)}
              onPerson={(id) => {
                go({ ...place, as: id })
                closeDrawer()
              }}
            />
          </div>
          <button
            type="button"
            className="drawer-shade"
            aria-label="Close the sidebar"
            onClick={closeDrawer}
          />
          <main
            className={thread === undefined ? 'panes' : 'panes with-thread'}
            inert={isPhone && isDrawerOpen}
          >
            <ChannelPane
              channel={channel}
              messages={messages}
              troubles={troubles}
              onDismissTroubles={dismissTroubles}
              onOpenSidebar={() => setDrawerOpen(true)}
              somethingElsewhere={elsewhere}
              tab={place.tab}
            />
            {thread !== undefined && (
              <ThreadPane
                key={thread}
                channel={channel}
                thread={thread}
                messages={messages}
                onClose={() => go({ as, channel: channel.id })}
              />
            )}
          </main>
        </div>
        {isBrowsing && <Browse onChannel={turnTo} onClose={() => setBrowsing(false)} />}
        <Views views={state.views} />
      </ConfirmProvider>
    </ReaderContext>
  )
}

/** The channel asked for if this person may see it, else the first they are in. */
function openChannel({ channels, me }: PageState, asked: string | undefined): PageChannel | undefined {
  return (
    channels.find(({ id }) => id === asked) ??
    channels.find(
      ({ kind, archived, members }) => kind === 'channel' && !archived && members.includes(me.id),
    ) ??
    channels[0]
  )
}

function Opening({ isLost }: { isLost: boolean }) {
  return (
    <p className="opening" role="status">
      {isLost ? 'The practice workspace does not answer. Trying again…' : 'Opening the practice workspace…'}
    </p>
  )
}
