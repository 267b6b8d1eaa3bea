import type {
  ClickRequest,
  CloseRequest,
  JoinRequest,
  OpenHomeRequest,
  PageChannel,
  PageEvent,
  PageMessage,
  PageState,
  PresenceRequest,
  ReactRequest,
  SayRequest,
  ShortcutRequest,
  SubmitRequest,
} from '../../page-api.ts'

export interface Answer {
  ok: boolean
  error?: string
  /** What a modal's submit was refused for, by block. */
  errors?: Record<string, string>
}

/** The local workspace this page came from. Both sides are typed by page-api.ts and shipped together, so answers are not parsed again. */
export const server = {
  /** Without a person, the first; undefined if there is nobody with this id. */
  state: async (as: string | undefined): Promise<PageState | undefined> => {
    const response = await get('state', as === undefined ? {} : { as })
    return response.status === 404 ? undefined : read(response)
  },
  messages: async (as: string, channel: string): Promise<PageMessage[]> => {
    const answer: { messages: PageMessage[] } = await read(await get('messages', { as, channel }))
    return answer.messages
  },
  say: (request: SayRequest) => post('say', request),
  click: (request: ClickRequest) => post('click', request),
  submit: (request: SubmitRequest) => post('submit', request),
  close: (request: CloseRequest) => post('close', request),
  react: (request: ReactRequest) => post('react', request),
  join: (request: JoinRequest) => post('join', request),
  openHome: (request: OpenHomeRequest) => post('home', request),
  shortcut: (request: ShortcutRequest) => post('shortcut', request),
  setPresence: (request: PresenceRequest) => post('presence', request),
  /** The public channels, joined or not. */
  channels: async (as: string): Promise<PageChannel[]> => {
    const answer: { channels: PageChannel[] } = await read(await get('channels', { as }))
    return answer.channels
  },
  fileUrl: (as: string, id: string, how?: 'download') =>
    `/page/file?${new URLSearchParams({ as, id, ...(how && { download: '1' }) })}`,
  events: (as: string) => new EventSource(`/page/events?${new URLSearchParams({ as })}`),
  parseEvent: (data: string): PageEvent => JSON.parse(data),
}

function get(path: string, query: Record<string, string>): Promise<Response> {
  return fetch(`/page/${path}?${new URLSearchParams(query)}`)
}

async function read<Answered>(response: Response): Promise<Answered> {
  if (!response.ok) throw new Error(`The workspace answered ${response.status} to ${response.url}.`)
  return response.json()
}

async function post(path: string, body: object): Promise<Answer> {
  try {
    const response = await fetch(`/page/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return await response.json()
  } catch {
    return { ok: false, error: 'The workspace cannot be reached. Is it still running?' }
  }
}
