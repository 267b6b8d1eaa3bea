import { kindOf, privateUrl } from '../files.ts'
import type { Site } from '../site.ts'
import type { Channel, Message, StoredFile } from '../workspace.ts'

/** How the Web API and the deliveries write a file down. */
export function fileObject(site: Site, file: StoredFile): Record<string, unknown> {
  const { id, name, title, altText, mediaType, size, user, createdSeconds } = file
  const { filetype, prettyType } = kindOf(name)
  const shares = sharesOf(site, id)
  const idsOf = (kind: Channel['kind']) => [
    ...new Set(shares.filter(({ channel }) => channel.kind === kind).map(({ channel }) => channel.id)),
  ]
  return {
    id,
    created: createdSeconds,
    timestamp: createdSeconds,
    name,
    title,
    mimetype: mediaType,
    filetype,
    pretty_type: prettyType,
    user,
    size,
    mode: 'hosted',
    is_external: false,
    is_public: idsOf('public').length > 0,
    public_url_shared: false,
    url_private: privateUrl(site, file),
    url_private_download: privateUrl(site, file, 'download/'),
    permalink: `${site.url}/page/file?id=${id}`,
    ...(altText && { alt_txt: altText }),
    channels: idsOf('public'),
    groups: idsOf('private'),
    ims: idsOf('direct'),
    shares: { ...sharedIn(shares, 'public'), ...sharedIn(shares, 'private') },
  }
}

interface Share {
  channel: Channel
  message: Message
}

function sharesOf({ state }: Site, file: string): Share[] {
  return state
    .channels()
    .flatMap((channel) =>
      state
        .messages(channel.id)
        .flatMap((message) => (message.files?.includes(file) ? { channel, message } : [])),
    )
}

function sharedIn(shares: readonly Share[], kind: 'public' | 'private'): Record<string, unknown> {
  const byChannel: Record<string, { ts: string; thread_ts?: string; channel_name: string }[]> = {}
  for (const { channel, message } of shares) {
    if ((channel.kind === 'public') !== (kind === 'public')) continue
    const { ts, threadTs } = message
    const share = { ts, channel_name: channel.name, ...(threadTs && { thread_ts: threadTs }) }
    byChannel[channel.id] = [...(byChannel[channel.id] ?? []), share]
  }
  return Object.keys(byChannel).length > 0 ? { [kind]: byChannel } : {}
}
