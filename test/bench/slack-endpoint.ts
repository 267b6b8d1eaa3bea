import { createServer } from 'node:http'
import { z } from 'zod'
import { now } from './messages.ts'

/*
 * Slack's Web API as far as the bot needs it here, without rate limits: one card for each of a hundred clicks a second is more
 * than Slack, or the practice Slack, lets any app paint.
 */

const block = z.looseObject({
  type: z.string(),
  elements: z
    .array(z.looseObject({ action_id: z.string().optional(), value: z.string().optional() }))
    .optional(),
})
const painted = z.object({
  channel: z.string().default(''),
  ts: z.string().optional(),
  text: z.string().default(''),
  blocks: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(block))
    .default([]),
})

export interface Message {
  readonly channel: string
  readonly ts: string
  readonly text: string
  readonly blocks: readonly z.infer<typeof block>[]
  readonly at: number
}

export interface SlackEndpoint {
  readonly apiUrl: string
  /** Every message, as it was last painted. */
  readonly messages: ReadonlyMap<string, Message>
  onPaint(look: (message: Message) => void): void
  close(): Promise<void>
}

export async function slackEndpoint(people: { team: string; approver: string }): Promise<SlackEndpoint> {
  const messages = new Map<string, Message>()
  let look: (message: Message) => void = () => {}
  let posted = 0

  function answer(method: string, form: URLSearchParams): object {
    switch (method) {
      case 'auth.test':
        return { team_id: people.team, user_id: 'U0BOT', bot_id: 'B0BOT' }
      case 'users.info':
        return { user: { id: people.approver, name: 'approver', team_id: people.team } }
      case 'usergroups.list':
        return { usergroups: [] }
      case 'chat.postMessage':
      case 'chat.update': {
        const {
          channel,
          text,
          blocks,
          ts = `1.${String(posted++).padStart(6, '0')}`,
        } = painted.parse(Object.fromEntries(form))
        const message = { channel, ts, text, blocks, at: now() }
        messages.set(ts, message)
        look(message)
        return { channel, ts }
      }
      default:
        return {}
    }
  }

  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    const method = request.url?.replace('/api/', '') ?? ''
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ok: true, ...answer(method, new URLSearchParams(body)) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The Slack endpoint has no port.')
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    messages,
    onPaint: (next) => {
      look = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
