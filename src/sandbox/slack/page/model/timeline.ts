import type { PageMessage } from '../../page-api.ts'
import { dayOf, secondsOf } from '../text/times.ts'

export interface TimelineDay {
  key: string
  seconds: number
  items: TimelineItem[]
}

export interface TimelineItem {
  message: PageMessage
  /** It stands under the message before it, without repeating who speaks. */
  followUp: boolean
  thread?: ThreadSummary
}

export interface ThreadSummary {
  replies: number
  /** Who replied, in order of appearance. */
  people: string[]
  lastSeconds: number
}

/** A channel's own messages: of replies only those that it shows as well, and their number under the message they belong to. */
export function channelTimeline(messages: readonly PageMessage[], timeZone: string): TimelineDay[] {
  const threads = threadsOf(messages)
  const days: TimelineDay[] = []
  for (const message of messages.filter((one) => isRoot(one) || one.alsoInChannel)) {
    const seconds = secondsOf(message.ts)
    const key = dayOf(seconds, timeZone)
    const thread = threads.get(message.ts)
    const day = days.at(-1)
    if (day?.key === key) day.items.push(item(message, day.items.at(-1), thread))
    else days.push({ key, seconds, items: [item(message, undefined, thread)] })
  }
  return days
}

/** The replies of a thread. */
export function threadTimeline(messages: readonly PageMessage[], root: string): TimelineItem[] {
  const items: TimelineItem[] = []
  for (const message of messages) {
    if (message.threadTs === root && message.ts !== root) items.push(item(message, items.at(-1)))
  }
  return items
}

function isRoot({ ts, threadTs }: PageMessage): boolean {
  return threadTs === undefined || threadTs === ts
}

function threadsOf(messages: readonly PageMessage[]): Map<string, ThreadSummary> {
  const threads = new Map<string, ThreadSummary>()
  for (const message of messages) {
    // A reply that only one person sees does not count, as in Slack.
    if (message.threadTs === undefined || isRoot(message) || message.ephemeralTo !== undefined) continue
    const thread = threads.get(message.threadTs) ?? { replies: 0, people: [], lastSeconds: 0 }
    thread.replies += 1
    thread.lastSeconds = secondsOf(message.ts)
    if (!thread.people.includes(message.user)) thread.people.push(message.user)
    threads.set(message.threadTs, thread)
  }
  return threads
}

const FOLLOW_UP_SECONDS = 5 * 60

function item(message: PageMessage, before: TimelineItem | undefined, thread?: ThreadSummary): TimelineItem {
  const followUp =
    before !== undefined &&
    before.thread === undefined &&
    before.message.user === message.user &&
    before.message.ephemeralTo === message.ephemeralTo &&
    secondsOf(message.ts) - secondsOf(before.message.ts) < FOLLOW_UP_SECONDS
  return { message, followUp, ...(thread && { thread }) }
}
