import { z } from 'zod'
import { isRefused, refuse } from '../message-content.ts'
import type { Message } from '../workspace.ts'
import { flag, type Method, method, ok, paged, pageOf, text } from './method.ts'
import { anyScopeFor, conversation } from './scopes.ts'
import { messageObject } from './shapes.ts'

const HISTORY = anyScopeFor('history')
const span = {
  oldest: text.optional(),
  latest: text.optional(),
  inclusive: flag,
  include_all_metadata: flag,
  ...paged,
}

const history = method({
  scopes: HISTORY,
  tier: 'tier3',
  args: z.object({ channel: z.string(), ...span }),
  run: ({ channel: id, ...asked }, site) => {
    const found = conversation(site, id, 'history')
    if (isRefused(found)) return found
    if (!found.channel.members.includes(site.workspace.app.botUserId)) return refuse('not_in_channel')
    const messages = within(site.state.messages(id), asked)
    if (isRefused(messages)) return messages
    const seen = messages.filter(({ threadTs, alsoInChannel }) => threadTs === undefined || alsoInChannel)
    const paging = pageOf(seen.reverse(), asked)
    if (isRefused(paging)) return paging
    const { page, response_metadata } = paging
    return ok({
      messages: page.map((message) => messageObject(site, message, asked.include_all_metadata)),
      has_more: response_metadata.next_cursor !== '',
      pin_count: found.channel.pins.length,
      response_metadata,
    })
  },
})

const replies = method({
  scopes: HISTORY,
  tier: 'tier3',
  args: z.object({ channel: z.string(), ts: text, ...span }),
  run: ({ channel: id, ts, ...asked }, site) => {
    const found = conversation(site, id, 'history')
    if (isRefused(found)) return found
    const named = site.state.message(id, ts)
    if (named === undefined || named.ephemeralTo) return refuse('thread_not_found')
    const root = named.threadTs ?? ts
    const messages = within(site.state.messages(id), asked)
    if (isRefused(messages)) return messages
    const paging = pageOf(
      messages.filter((message) => message.ts === root || message.threadTs === root),
      asked,
    )
    if (isRefused(paging)) return paging
    const { page, response_metadata } = paging
    return ok({
      messages: page.map((message) => messageObject(site, message, asked.include_all_metadata)),
      has_more: response_metadata.next_cursor !== '',
      response_metadata,
    })
  },
})

export const conversationHistory = {
  'conversations.history': history,
  'conversations.replies': replies,
} as const satisfies Record<string, Method>

interface Span {
  oldest?: string | undefined
  latest?: string | undefined
  inclusive: boolean
}

/** What everybody sees, in the span that was asked for. */
function within(messages: readonly Message[], { oldest = '0', latest, inclusive }: Span) {
  if (!isTimestamp(oldest)) return refuse('invalid_ts_oldest')
  if (latest !== undefined && !isTimestamp(latest)) return refuse('invalid_ts_latest')
  // A double tells microseconds apart for two centuries to come.
  const [from, to] = [Number(oldest), Number(latest ?? Infinity)]
  return messages
    .filter(({ ephemeralTo }) => ephemeralTo === undefined)
    .filter(({ ts }) => Number(ts) > from || (inclusive && Number(ts) === from))
    .filter(({ ts }) => Number(ts) < to || (inclusive && Number(ts) === to))
}

const isTimestamp = (text: string) => /^\d+(\.\d+)?$/.test(text)
