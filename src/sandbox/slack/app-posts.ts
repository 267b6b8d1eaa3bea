import type { Content } from './message-content.ts'
import type { Site } from './site.ts'
import type { Message } from './workspace.ts'

export interface Place {
  channel: string
  threadTs?: string
  /** A reply that the channel sees too. */
  alsoInChannel?: boolean
  /** Only this person sees it. */
  ephemeralTo?: string
  /** The ids of what comes with it. */
  files?: string[]
}

/** The app says something. */
export function postAsApp(site: Site, content: Content, { alsoInChannel = false, ...place }: Place): Message {
  const { text = '', metadata, blocks, attachments } = content
  return site.state.post({
    ...place,
    alsoInChannel,
    user: site.workspace.app.botUserId,
    fromApp: true,
    text: textOf(text),
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
    ...(metadata && { metadata }),
  })
}

/** The app says it anew, in the same place: what it does not mention stays as it was. */
export function rewriteAsApp(site: Site, message: Message, content: Content): Message {
  const { metadata: before, ...rest } = message
  const { metadata = before, text = message.text, ...said } = content
  const after: Message = {
    ...rest,
    ...said,
    text: textOf(text),
    ...(metadata && { metadata }),
    ...(message.ephemeralTo === undefined && {
      edited: { user: site.workspace.app.botUserId, ts: site.state.nextTs() },
    }),
  }
  site.state.replace(after)
  return after
}

/** Longer texts are cut, not refused. */
const TEXT_CHARACTERS = 40_000

const textOf = (text: string) => text.slice(0, TEXT_CHARACTERS)
