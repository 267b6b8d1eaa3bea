import { memo } from 'react'
import type { PageMessage } from '../../page-api.ts'
import { Icon } from '../icon.tsx'
import { personWith, useReader } from '../model/reader.ts'
import type { ThreadSummary } from '../model/timeline.ts'
import { TimeOfDay } from '../text/slack-date.tsx'
import { secondsOf } from '../text/times.ts'
import { Avatar } from './avatar.tsx'
import { MessageContent } from './message-content.tsx'
import { MessageToolbar } from './message-toolbar.tsx'
import { Reactions } from './reactions.tsx'
import { ThreadFooter } from './thread-footer.tsx'

interface MessageProps {
  message: PageMessage
  followUp: boolean
  /** It came while the reader was looking, so it may move in. */
  arrived: boolean
  thread?: ThreadSummary | undefined
  onReply?: ((ts: string) => void) | undefined
  onDismiss(ts: string): void
}

export const MessageView = memo(function MessageView(props: MessageProps) {
  const { message, followUp, arrived, thread, onReply, onDismiss } = props
  const { state } = useReader()
  const person = personWith(state, message.user)
  const name = person?.realName ?? message.user
  const channel = state.channels.find(({ id }) => id === message.channel)
  const isPrivate = message.ephemeralTo !== undefined
  const classes = [
    'message',
    followUp && 'message-follow-up',
    arrived && 'message-arrived',
    isPrivate && 'message-private',
  ]
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      data-ts={message.ts}
      aria-label={`Message from ${name}`}
    >
      {isPrivate && (
        <p className="message-privacy">
          <Icon name="eye" /> Only visible to you
          <button
            type="button"
            className="icon-button"
            aria-label="Dismiss message"
            title="Dismiss message"
            onClick={() => onDismiss(message.ts)}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
      {channel?.pins.includes(message.ts) && (
        <p className="message-pinned">
          <Icon name="pin" /> Pinned
        </p>
      )}
      {message.alsoInChannel && message.threadTs !== undefined && (
        <FromThread root={message.threadTs} onOpen={onReply} />
      )}
      <div className="message-gutter">
        {followUp ? <TimeOfDay seconds={secondsOf(message.ts)} /> : <Avatar person={person} />}
      </div>
      <div className="message-body">
        {!followUp && (
          <header className="message-header">
            <strong>{name}</strong>
            {person?.isBot && <span className="app-badge">APP</span>}
            <TimeOfDay seconds={secondsOf(message.ts)} />
          </header>
        )}
        <MessageContent message={message} />
        {message.reactions.length > 0 && <Reactions message={message} />}
        {thread && onReply && <ThreadFooter thread={thread} onOpen={() => onReply(message.ts)} />}
      </div>
      {!isPrivate && !channel?.archived && (
        <MessageToolbar
          message={message}
          onReply={onReply && (() => onReply(message.threadTs ?? message.ts))}
        />
      )}
    </article>
  )
})

/** Where the message stands as well: in the channel a way to its thread, in the thread only the word. */
function FromThread({ root, onOpen }: { root: string; onOpen: ((ts: string) => void) | undefined }) {
  if (!onOpen) return <p className="message-pinned">Also sent to the channel</p>
  return (
    <p className="message-pinned">
      Said in a thread
      <button type="button" className="from-thread" onClick={() => onOpen(root)}>
        Open the thread
      </button>
    </p>
  )
}
