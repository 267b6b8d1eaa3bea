import { useEffect } from 'react'
import type { HomeTab, PageChannel } from '../../page-api.ts'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'

/** The two sides of an app: what it shows its visitor, and what the two say to each other. It hears of each look. */
export function AppTabs({ channel, tab }: { channel: PageChannel; tab: HomeTab }) {
  const { state, me, go } = useReader()
  const { hasHomeTab, hasMessagesTab } = state.app
  useEffect(() => {
    void server.openHome({ as: me.id, tab })
  }, [me.id, tab])
  const turnTo = (next: HomeTab) =>
    go({ as: me.id, channel: channel.id, ...(next === 'home' && { tab: 'home' }) })
  const tabs: { name: HomeTab; title: string; isThere: boolean }[] = [
    { name: 'home', title: 'Home', isThere: hasHomeTab },
    { name: 'messages', title: 'Messages', isThere: hasMessagesTab },
  ]
  return (
    <nav className="app-tabs" aria-label={state.app.name}>
      {tabs
        .filter(({ isThere }) => isThere)
        .map(({ name, title }) => (
          <button
            key={name}
            type="button"
            aria-current={name === tab ? 'page' : undefined}
            onClick={() => turnTo(name)}
          >
            {title}
          </button>
        ))}
    </nav>
  )
}
