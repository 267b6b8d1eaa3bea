import type { KnownBlock, View } from '@slack/types'

/**
 * What the page and the local workspace say to each other: JSON over HTTP under /page/, and server-sent events.
 * The page is the stand-in for Slack's own client; the app under test never sees any of it.
 *
 * GET  /                                   the page;  GET /page.js, /page.css its parts
 * GET  /page/state?as=U…                   PageState
 * GET  /page/messages?as=U…&channel=C…     { messages: PageMessage[] }  (thread replies included, oldest first)
 * GET  /page/events?as=U…                  text/event-stream of PageEvent, one JSON per `data:`
 * POST /page/say      SayRequest           { ok: true } | { ok: false, error }   (text that starts with "/" is a slash command)
 * POST /page/click    ClickRequest         { ok: true } | { ok: false, error }
 * POST /page/submit   SubmitRequest        { ok: true } | { ok: false, errors?: Record<blockId, string>, error? }
 * POST /page/close    CloseRequest         { ok: true }
 * POST /page/react    ReactRequest         { ok: true } | { ok: false, error }, as are the rest
 * POST /page/join     JoinRequest
 * POST /page/home     OpenHomeRequest      (what the app publishes there comes as an event)
 * POST /page/shortcut ShortcutRequest
 * POST /page/presence PresenceRequest
 * GET  /page/channels?as=U…                { channels: PageChannel[] }  (the public ones that are not archived)
 * GET  /page/file?as=U…&id=F…              the bytes;  &download=1 to keep them
 */
export interface PagePerson {
  id: string
  name: string
  realName: string
  /** What this person is for in the practice workspace, e.g. "may approve". */
  title: string
  email: string
  timeZone: string
  isBot: boolean
  deactivated: boolean
  absence?: 'away' | 'dnd'
}

export interface PageUserGroup {
  id: string
  /** As in "@dr-approvers". */
  handle: string
  name: string
  members: string[]
}

export interface PageChannel {
  id: string
  name: string
  kind: 'channel' | 'direct'
  topic: string
  purpose: string
  members: string[]
  archived: boolean
  isPrivate: boolean
  /** The ts of each pinned message. */
  pins: string[]
  bookmarks: { id: string; title: string; link: string; emoji: string }[]
}

export interface PageFile {
  id: string
  name: string
  title: string
  altText: string
  mediaType: string
  size: number
}

export type HomeTab = 'home' | 'messages'

export interface PageMessage {
  channel: string
  ts: string
  threadTs?: string
  /** A reply that the channel shows as well. */
  alsoInChannel?: true
  user: string
  text: string
  blocks?: KnownBlock[]
  /** The colour bar and blocks of Slack's attachments, where the app uses them. */
  attachments?: { color?: string; blocks?: KnownBlock[] }[]
  edited: boolean
  /** Only this person sees it; it has an X to dismiss. */
  ephemeralTo?: string
  replyCount: number
  reactions: { name: string; users: string[] }[]
  files?: PageFile[]
}

export interface PageView {
  id: string
  view: View
  /** Slack's stack of at most three; the last is on top. */
  depth: number
}

export interface PageState {
  workspace: { id: string; name: string }
  /** Where the same bot can be met as well. */
  elsewhere: { name: string; url: string }[]
  me: PagePerson
  people: PagePerson[]
  userGroups: PageUserGroup[]
  channels: PageChannel[]
  app: {
    name: string
    botUserId: string
    commands: { command: string; description: string; usageHint: string }[]
    shortcuts: { name: string; type: 'global' | 'message'; callbackId: string; description: string }[]
    hasHomeTab: boolean
    hasMessagesTab: boolean
    takesDirectMessages: boolean
  }
  views: PageView[]
  /** What the app published on its Home for this person. */
  home?: PageView
}

export type PageEvent =
  | { kind: 'message'; message: PageMessage }
  | { kind: 'changed'; message: PageMessage }
  | { kind: 'deleted'; channel: string; ts: string }
  | { kind: 'channel'; channel: PageChannel }
  /** The whole stack of open modals of this person, empty when all are closed, and the app's Home for them. */
  | { kind: 'views'; views: PageView[]; home?: PageView }
  | { kind: 'directory'; people: PagePerson[]; userGroups: PageUserGroup[] }
  /** What Slack's client shows as a banner: "/dr failed with the error operation_timeout" and the like. */
  | { kind: 'trouble'; text: string }

export interface SayRequest {
  as: string
  channel: string
  threadTs?: string
  text: string
}

export interface ClickRequest {
  as: string
  /** Where the element stands: a message (ephemeral ones too) or an open view. */
  on: { kind: 'message'; channel: string; ts: string } | { kind: 'view'; id: string }
  blockId: string
  actionId: string
  /** For selects, overflows and the like: the chosen option's value. */
  selected?: string
  /** Everything else that is entered around the element, as in SubmitRequest, for the app to see. */
  values?: Record<string, Record<string, unknown>>
}

/** Values as Slack's `view.state.values`: block id → action id → the element's state. */
export interface SubmitRequest {
  as: string
  view: string
  values: Record<string, Record<string, unknown>>
}

export interface CloseRequest {
  as: string
  view: string
}

export interface ReactRequest {
  as: string
  channel: string
  ts: string
  /** As in ":eyes:", without the colons. */
  name: string
  /** False takes it away. */
  put: boolean
}

export interface JoinRequest {
  as: string
  channel: string
}

export interface OpenHomeRequest {
  as: string
  tab: HomeTab
}

export interface ShortcutRequest {
  as: string
  callbackId: string
  /** The message from whose menu it was chosen; without it, a global one. */
  on?: { channel: string; ts: string }
}

export interface PresenceRequest {
  as: string
  presence: 'online' | 'away' | 'dnd'
}
