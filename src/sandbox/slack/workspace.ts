import { z } from 'zod'

/** What a workspace holds. The same shapes stand in the state file, so they are schemas. */

export const personSchema = z.object({
  id: z.string(),
  /** The handle, as in "@olive". */
  name: z.string(),
  realName: z.string(),
  /** What this person is for in the practice workspace, e.g. "may approve". */
  title: z.string(),
  email: z.string(),
  timeZone: z.string(),
  /** As they have set it in Slack, e.g. "de-DE"; default en-US. */
  locale: z.exactOptional(z.string()),
  role: z.enum(['member', 'admin', 'guest', 'bot']),
  deactivated: z.boolean(),
  /** Without it they are at their desk. */
  absence: z.exactOptional(z.enum(['away', 'dnd'])),
})
export type Person = z.output<typeof personSchema>

export const userGroupSchema = z.object({
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  members: z.array(z.string()),
})
export type UserGroup = z.output<typeof userGroupSchema>

export const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['public', 'private', 'direct']),
  /** The one channel that nobody can archive. */
  isGeneral: z.boolean(),
  topic: z.string(),
  purpose: z.string().default(''),
  members: z.array(z.string()),
  archived: z.boolean(),
  creator: z.string(),
  createdSeconds: z.int(),
  /** The ts of each pinned message. */
  pins: z.array(z.string()),
  bookmarks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      link: z.string(),
      emoji: z.string(),
      createdSeconds: z.int(),
    }),
  ),
})
export type Channel = z.output<typeof channelSchema>
export type Bookmark = Channel['bookmarks'][number]

/** What was uploaded, without its bytes: those are on a shelf beside. */
export const fileSchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  /** What a picture shows, for those who do not see it. */
  altText: z.string(),
  mediaType: z.string(),
  size: z.int(),
  user: z.string(),
  createdSeconds: z.int(),
})
export type StoredFile = z.output<typeof fileSchema>

/** A block that the validator let through: what it holds beside its name is for whoever draws it. */
export const blockSchema = z.looseObject({ type: z.string(), block_id: z.string() })
export type Block = z.output<typeof blockSchema>

export const attachmentSchema = z.looseObject({
  color: z.exactOptional(z.string()),
  blocks: z.exactOptional(z.array(blockSchema)),
})
export type Attachment = z.output<typeof attachmentSchema>

export const metadataSchema = z.object({
  event_type: z.string(),
  event_payload: z.record(z.string(), z.unknown()),
})
export type Metadata = z.output<typeof metadataSchema>

export const messageSchema = z.object({
  channel: z.string(),
  ts: z.string(),
  /** The ts of the message this one replies to. */
  threadTs: z.exactOptional(z.string()),
  /** A reply that the channel sees too. */
  alsoInChannel: z.boolean(),
  user: z.string(),
  fromApp: z.boolean(),
  text: z.string(),
  blocks: z.exactOptional(z.array(blockSchema)),
  attachments: z.exactOptional(z.array(attachmentSchema)),
  metadata: z.exactOptional(metadataSchema),
  /** The ids of what was uploaded with it. */
  files: z.exactOptional(z.array(z.string())),
  edited: z.exactOptional(z.object({ user: z.string(), ts: z.string() })),
  /** Only this person sees it. */
  ephemeralTo: z.exactOptional(z.string()),
  reactions: z.array(z.object({ name: z.string(), users: z.array(z.string()) })),
})
export type Message = z.output<typeof messageSchema>

/** What a practice workspace begins with. */
export interface Workspace {
  readonly id: string
  readonly name: string
  readonly domain: string
  /** Whether it has `plan` and `task_card` blocks yet: Slack brings such things to one workspace after the other. */
  readonly blocks?: 'classic' | 'new'
  /** The app under test, as Slack knows it once it is installed. */
  readonly app: { readonly id: string; readonly botId: string; readonly botUserId: string }
  readonly people: readonly Person[]
  readonly userGroups: readonly UserGroup[]
  readonly channels: readonly {
    readonly id: string
    readonly name: string
    readonly topic: string
    readonly isPrivate?: boolean
    readonly isGeneral?: boolean
    readonly members: readonly string[]
  }[]
}
