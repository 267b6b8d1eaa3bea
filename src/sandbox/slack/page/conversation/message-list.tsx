import { type ReactNode, useState } from 'react'
import { Icon } from '../icon.tsx'
import { useReader } from '../model/reader.ts'
import type { TimelineItem } from '../model/timeline.ts'
import { MessageView } from './message.tsx'
import { useBottom } from './use-bottom.ts'
import { useDismissed } from './use-dismissed.ts'

interface MessageListProps {
  label: string
  newest: TimelineItem | undefined
  /** Draws what there is, with the given way to draw messages. */
  children(draw: (items: TimelineItem[]) => ReactNode): ReactNode
  onReply?: (ts: string) => void
}

/** Messages, oldest on top, newest in sight. */
export function MessageList({ label, newest, children, onReply }: MessageListProps) {
  const { me } = useReader()
  const { isDismissed, dismiss } = useDismissed()
  const newestTs = newest?.message.ts
  const [opened] = useState(newestTs ?? '')
  const { scroller, content, onScroll, missed, toBottom } = useBottom(
    newestTs,
    newest?.message.user === me.id,
  )
  const draw = (items: TimelineItem[]) =>
    items
      .filter(({ message }) => !isDismissed(message.ts))
      .map(({ message, followUp, thread }) => (
        <MessageView
          key={message.ts}
          message={message}
          followUp={followUp}
          arrived={message.ts > opened}
          thread={thread}
          onReply={onReply}
          onDismiss={dismiss}
        />
      ))
  return (
    <div className="messages">
      <div
        ref={scroller}
        className="messages-scroller"
        onScroll={onScroll}
        role="log"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
      >
        <div ref={content}>{children(draw)}</div>
      </div>
      {missed && (
        <button type="button" className="new-messages" onClick={toBottom}>
          New messages <Icon name="down" />
        </button>
      )}
    </div>
  )
}
