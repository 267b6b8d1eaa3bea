import { z } from 'zod'
import { postAsApp, rewriteAsApp } from './app-posts.ts'
import { groundOf } from './files.ts'
import { isEmpty, isRefused, readContent } from './message-content.ts'
import type { Site } from './site.ts'

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional()

const bodySchema = z.object({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  metadata: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: flag,
  delete_original: flag,
  thread_ts: z.string().optional(),
})

/** POST to a response URL: what the app says, and how Slack takes it. */
export function respond(site: Site, id: string, given: unknown): { status: number; text: string } {
  const origin = site.responseUrls.use(id)
  if ('refused' in origin) return { status: 404, text: origin.refused }
  const body = bodySchema.safeParse(given)
  if (!body.success) return { status: 400, text: 'invalid_payload' }
  const { response_type, replace_original, delete_original, thread_ts, ...said } = body.data
  const { person, channel, clickedTs } = origin
  const clicked = clickedTs === undefined ? undefined : site.state.message(channel, clickedTs)
  if (delete_original) {
    if (clicked) site.state.remove(clicked)
    return clicked ? OK : { status: 404, text: 'message_not_found' }
  }

  const content = readContent(said, groundOf(site))
  if (isRefused(content)) return { status: 400, text: content.error }
  if (isEmpty(content)) return { status: 400, text: 'no_text' }
  // What was clicked on is replaced unless the app says otherwise. A command left no message that could be.
  if (clicked && replace_original !== false) {
    const { blocks: _blocks, attachments: _attachments, ...emptied } = clicked
    rewriteAsApp(site, { ...emptied, text: '' }, content)
    return OK
  }
  if (site.state.channel(channel)?.archived) return { status: 400, text: 'channel_is_archived' }
  const onlyTo = response_type === 'ephemeral' ? { ephemeralTo: person } : {}
  const threadTs = thread_ts ?? origin.threadTs
  postAsApp(site, content, { channel, ...onlyTo, ...(threadTs && { threadTs }) })
  return OK
}

const OK = { status: 200, text: 'ok' }
