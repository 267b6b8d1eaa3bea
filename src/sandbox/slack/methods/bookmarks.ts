import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { isRefused, type Refused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import type { Bookmark, Channel } from '../workspace.ts'
import { type Method, method, ok } from './method.ts'
import { visibleChannel } from './scopes.ts'

const BOOKMARKS_MOST = 100
const LINK = /^https?:\/\//

const add = method({
  scopes: ['bookmarks:write'],
  tier: 'tier2',
  args: z.object({
    channel_id: z.string(),
    title: z.string(),
    type: z.string(),
    link: z.string().optional(),
    emoji: z.string().default(''),
  }),
  run: ({ channel_id, title, type, link = '', emoji }, site) => {
    const channel = visibleChannel(site, channel_id)
    if (channel === undefined) return refuse('channel_not_found')
    if (type !== 'link') return refuse('invalid_bookmark_type')
    if (!LINK.test(link)) return refuse('invalid_link')
    if (channel.bookmarks.length >= BOOKMARKS_MOST) return refuse('too_many_bookmarks')
    const createdSeconds = Math.floor(site.clock.now().getTime() / 1000)
    const id = `Bk0${randomBytes(5).toString('hex').toUpperCase()}`
    const bookmark = { id, title, link, emoji, createdSeconds }
    site.state.putChannel({
      ...channel,
      bookmarks: [...channel.bookmarks, bookmark],
    })
    return ok({ bookmark: bookmarkObject(site, channel, bookmark) })
  },
})

const edit = method({
  scopes: ['bookmarks:write'],
  tier: 'tier2',
  args: z.object({
    channel_id: z.string(),
    bookmark_id: z.string(),
    title: z.string().optional(),
    link: z.string().optional(),
    emoji: z.string().optional(),
  }),
  run: ({ channel_id, bookmark_id, title, link, emoji }, site) => {
    const found = bookmarkAt(site, channel_id, bookmark_id)
    if (isRefused(found)) return found
    if (link !== undefined && !LINK.test(link)) return refuse('invalid_link')
    const { channel, bookmark: before } = found
    const after = {
      ...before,
      ...(title !== undefined && { title }),
      ...(link !== undefined && { link }),
      ...(emoji !== undefined && { emoji }),
    }
    const bookmarks = channel.bookmarks.map((one) => (one === before ? after : one))
    site.state.putChannel({ ...channel, bookmarks })
    return ok({ bookmark: bookmarkObject(site, channel, after) })
  },
})

const remove = method({
  scopes: ['bookmarks:write'],
  tier: 'tier2',
  args: z.object({ channel_id: z.string(), bookmark_id: z.string() }),
  run: ({ channel_id, bookmark_id }, site) => {
    const found = bookmarkAt(site, channel_id, bookmark_id)
    if (isRefused(found)) return found
    const { channel, bookmark } = found
    site.state.putChannel({ ...channel, bookmarks: channel.bookmarks.filter((one) => one !== bookmark) })
    return ok()
  },
})

const list = method({
  scopes: ['bookmarks:read'],
  tier: 'tier3',
  args: z.object({ channel_id: z.string() }),
  run: ({ channel_id }, site) => {
    const channel = visibleChannel(site, channel_id)
    if (channel === undefined) return refuse('channel_not_found')
    return ok({ bookmarks: channel.bookmarks.map((one) => bookmarkObject(site, channel, one)) })
  },
})

export const bookmarks = {
  'bookmarks.add': add,
  'bookmarks.edit': edit,
  'bookmarks.remove': remove,
  'bookmarks.list': list,
} as const satisfies Record<string, Method>

function bookmarkAt(
  site: Site,
  id: string,
  bookmarkId: string,
): { channel: Channel; bookmark: Bookmark } | Refused {
  const channel = visibleChannel(site, id)
  if (channel === undefined) return refuse('channel_not_found')
  const bookmark = channel.bookmarks.find((one) => one.id === bookmarkId)
  return bookmark === undefined ? refuse('not_found') : { channel, bookmark }
}

function bookmarkObject({ workspace }: Site, { id: channel_id }: Channel, bookmark: Bookmark) {
  const { createdSeconds, ...rest } = bookmark
  const dates = { date_created: createdSeconds, date_updated: 0 }
  return { ...rest, channel_id, type: 'link', ...dates, app_id: workspace.app.id }
}
