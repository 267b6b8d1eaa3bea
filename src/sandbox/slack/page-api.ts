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
  members: string[]
  archived: boolean
}

export interface PageMessage {
  channel: string
  ts: string
  threadTs?: string
  user: string
  text: string
  blocks?: KnownBlock[]
  /** The colour bar and blocks of Slack's attachments, where the app uses them. */
  attachments?: { color?: string; blocks?: KnownBlock[] }[]
  edited: boolean
  /** Only this person sees it; it has an X to dismiss. */
  ephemeralTo?: string
  replyCount: number
}

export interface PageView {
  id: string
  view: View
  /** Slack's stack of at most three; the last is on top. */
  depth: number
}

export interface PageState {
  workspace: { id: string; name: string }
  me: PagePerson
  people: PagePerson[]
  userGroups: PageUserGroup[]
  channels: PageChannel[]
  app: {
    name: string
    botUserId: string
    commands: { command: string; description: string; usageHint: string }[]
  }
  views: PageView[]
}

export type PageEvent =
  | { kind: 'message'; message: PageMessage }
  | { kind: 'changed'; message: PageMessage }
  | { kind: 'deleted'; channel: string; ts: string }
  | { kind: 'channel'; channel: PageChannel }
  /** The whole stack of open modals of this person, empty when all are closed. */
  | { kind: 'views'; views: PageView[] }
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
