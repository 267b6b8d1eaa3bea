import { z } from 'zod'
import { postAsApp } from '../app-posts.ts'
import { groundOf } from '../files.ts'
import { decoded, isRefused, type Refused, readContent, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import { FILE_BYTES, finished, type Promised } from '../uploads.ts'
import type { Channel, Message } from '../workspace.ts'
import { rootOf } from './chat.ts'
import { fileObject } from './file-shape.ts'
import { invalidArgumentsSaying, type Method, method, ok, text } from './method.ts'
import { visibleChannel } from './scopes.ts'

const ALT_CHARACTERS = 1_000

const getUploadUrl = method({
  scopes: ['files:write'],
  tier: 'tier4',
  args: z.object({ filename: z.string().min(1), length: text, alt_txt: z.string().default('') }),
  run: ({ filename: name, length: given, alt_txt: altText }, site) => {
    const length = Number(given)
    if (!Number.isInteger(length) || length < 0)
      return invalidArgumentsSaying('must provide an integer [json-pointer:/length]')
    if (length === 0) return refuse('missing_argument')
    if (length > FILE_BYTES) return refuse('file_upload_size_restricted')
    if (altText.length > ALT_CHARACTERS) return refuse('alt_txt_too_large')
    const { id, ticket } = site.uploads.begin({ name, length, altText })
    return ok({ upload_url: `${site.url}/upload/${ticket}`, file_id: id })
  },
})

const filesSchema = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1)

const completeUpload = method({
  scopes: ['files:write'],
  tier: 'tier4',
  args: z.object({
    files: z.unknown(),
    channel_id: z.string().optional(),
    channels: z.string().optional(),
    thread_ts: text.optional(),
    initial_comment: text.optional(),
    blocks: z.unknown().optional(),
  }),
  run: ({ files: given, channel_id, channels, thread_ts, initial_comment, blocks }, site) => {
    const asked = filesSchema.safeParse(decoded(given))
    if (!asked.success) return invalidArgumentsSaying('must provide an array of files [json-pointer:/files]')
    const uploads: { id: string; title: string | undefined; promised: Promised }[] = []
    for (const { id, title } of asked.data) {
      const promised = site.uploads.received(id)
      if (promised === undefined) return refuse('file_not_found')
      uploads.push({ id, title, promised })
    }
    const places: { channel: Channel; root: Message | undefined }[] = []
    for (const id of [channel_id ?? channels?.split(',') ?? []].flat()) {
      const place = placeAt(site, id, thread_ts)
      if (isRefused(place)) return place
      places.push(place)
    }
    const said = readContent(
      initial_comment === undefined ? { text: '', blocks } : { text: initial_comment },
      groundOf(site),
    )
    if (isRefused(said)) return said

    const files = uploads.map(({ id, title, promised }) => finished(site, id, promised, title))
    // Slack shares them a moment later, so its answer does not say where.
    const answer = ok({ files: files.map((file) => fileObject(site, file)) })
    for (const { channel, root } of places) {
      const thread = root ? { threadTs: root.ts } : {}
      postAsApp(site, said, { channel: channel.id, files: files.map(({ id }) => id), ...thread })
    }
    return answer
  },
})

const info = method({
  scopes: ['files:read'],
  tier: 'tier4',
  args: z.object({ file: z.string() }),
  run: ({ file: id }, site) => {
    const file = site.state.file(id)
    return file ? ok({ file: fileObject(site, file), comments: [] }) : refuse('file_not_found')
  },
})

export const files = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
} as const satisfies Record<string, Method>

/** Where files may be shared: only where the app is, whatever else it may post. */
function placeAt(
  site: Site,
  id: string,
  ts: string | undefined,
): { channel: Channel; root: Message | undefined } | Refused {
  const channel = visibleChannel(site, id)
  if (channel === undefined) return refuse('channel_not_found')
  if (!channel.members.includes(site.workspace.app.botUserId)) return refuse('not_in_channel')
  if (channel.archived) return refuse('posting_to_channel_denied')
  const root = ts === undefined ? undefined : rootOf(site, channel, ts)
  return ts !== undefined && root === undefined ? refuse('thread_not_found') : { channel, root }
}
