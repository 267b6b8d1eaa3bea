import { personWith, useReader } from '../model/reader.ts'
import type { ThreadSummary } from '../model/timeline.ts'
import { Ago } from '../text/slack-date.tsx'
import { Avatar } from './avatar.tsx'

const MOST_FACES = 4

/** "3 replies · Last reply 2 minutes ago", under a message that has a thread. */
export function ThreadFooter({ thread, onOpen }: { thread: ThreadSummary; onOpen(): void }) {
  const { state } = useReader()
  return (
    <button type="button" className="thread-footer" onClick={onOpen}>
      {thread.people.slice(0, MOST_FACES).map((id) => (
        <Avatar key={id} person={personWith(state, id)} size="small" />
      ))}
      <span className="thread-count">{repliesText(thread.replies)}</span>
      <span className="thread-last">
        Last reply <Ago seconds={thread.lastSeconds} />
      </span>
      <span className="thread-view" aria-hidden="true">
        View thread
      </span>
    </button>
  )
}

export function repliesText(replies: number): string {
  return replies === 1 ? '1 reply' : `${replies} replies`
}
