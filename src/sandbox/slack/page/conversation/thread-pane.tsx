import { useEffect } from 'react'
import type { PageChannel, PageMessage } from '../../page-api.ts'
import { Composer } from '../composer/composer.tsx'
import { useDraft } from '../composer/draft.ts'
import { Icon } from '../icon.tsx'
import { titleOf, useReader } from '../model/reader.ts'
import { threadTimeline } from '../model/timeline.ts'
import { MessageView } from './message.tsx'
import { MessageList } from './message-list.tsx'
import { repliesText } from './thread-footer.tsx'

interface ThreadPaneProps {
  channel: PageChannel
  thread: string
  messages: readonly PageMessage[]
  onClose(): void
}

export function ThreadPane({ channel, thread, messages, onClose }: ThreadPaneProps) {
  const { state, me } = useReader()
  const draft = useDraft(`${me.id}/${channel.id}/${thread}`)
  const root = messages.find(({ ts }) => ts === thread)
  const items = threadTimeline(messages, thread)
  const title = titleOf(state, channel)
  const { field } = draft
  useEffect(() => {
    const before = document.activeElement
    // Whoever opened the thread wants to reply, unless that makes a keyboard jump up, or the page itself was opened here.
    if (before instanceof HTMLButtonElement && matchMedia('(hover: hover)').matches) field.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [field])
  return (
    <aside className="pane thread" aria-label="Thread">
      <header className="pane-header">
        <h2>Thread</h2>
        <p className="topic">{channel.kind === 'channel' ? `#${title}` : title}</p>
        <button type="button" className="icon-button" aria-label="Close the thread" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <MessageList key={`${me.id}/${thread}`} label="Thread messages" newest={items.at(-1)}>
        {(draw) => (
          <>
            {root ? (
              <MessageView message={root} followUp={false} arrived={false} onDismiss={onClose} />
            ) : (
              <p className="thread-gone">This message is no longer here.</p>
            )}
            {items.length > 0 && (
              <div className="thread-divider">
                <span>{repliesText(items.length)}</span>
              </div>
            )}
            {draw(items)}
          </>
        )}
      </MessageList>
      {!channel.archived && (
        <Composer draft={draft} label="Reply in thread" channel={channel.id} threadTs={thread} />
      )}
    </aside>
  )
}
