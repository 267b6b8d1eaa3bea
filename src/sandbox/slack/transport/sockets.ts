import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import type { Clock } from '../../../ports/clock.ts'
import {
  ACKNOWLEDGE_WITHIN_MS,
  type DeliveryKind,
  type Envelope,
  type Outcome,
  TIMED_OUT,
  UNREACHABLE,
} from './delivery.ts'
import { parseJson } from './http.ts'
import { acceptWebSocket, type WebSocketConnection } from './websocket.ts'

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'

/** Socket Mode: connections that the app opens, and through which it then hears of everything. */
export interface Sockets {
  /** An address at which one connection may be opened, once. */
  ticket(): string
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  isOpen(): boolean
  connections(): number
  /** Through one of the connections, in turn. */
  transmit(envelope: Envelope): Promise<Outcome>
  /** Says so on every connection, as Slack does before it takes them away. */
  disconnect(reason: DisconnectReason): void
  /** Every connection breaks without a word. */
  cut(): void
}

const CONNECTIONS_MOST = 10
const TICKET_LIFE_MS = 30_000
const PING_EVERY_MS = 10_000

const TYPES = {
  command: 'slash_commands',
  click: 'interactive',
  submission: 'interactive',
  closing: 'interactive',
  shortcut: 'interactive',
  event: 'events_api',
} as const satisfies Record<DeliveryKind, string>

const acknowledgementSchema = z.object({ envelope_id: z.string(), payload: z.unknown().optional() })

export function createSockets(clock: Clock, host: string, appId: string, changed: () => void): Sockets {
  const tickets = new Set<string>()
  const open = new Set<WebSocketConnection>()
  const waiting = new Map<string, { on: WebSocketConnection; settle(outcome: Outcome): void }>()
  let turn = 0

  const hear = (text: string) => {
    const heard = acknowledgementSchema.safeParse(parseJson(text))
    if (!heard.success) return
    const { envelope_id, payload } = heard.data
    waiting.get(envelope_id)?.settle({ kind: 'acknowledged', body: meant(payload) })
  }
  const lose = (connection: WebSocketConnection) => {
    open.delete(connection)
    for (const { on, settle } of waiting.values()) if (on === connection) settle(UNREACHABLE)
    changed()
  }
  const keepAlive = (connection: WebSocketConnection) => {
    clock.after(PING_EVERY_MS, () => {
      if (!open.has(connection)) return
      connection.ping()
      keepAlive(connection)
    })
  }

  return {
    ticket: () => {
      const ticket = randomBytes(16).toString('hex')
      tickets.add(ticket)
      clock.after(TICKET_LIFE_MS, () => tickets.delete(ticket))
      return `ws://${host}/link/?ticket=${ticket}&app_id=${appId}`
    },
    accept: (request, socket, head) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', `http://${host}`)
      if (pathname !== '/link/' || !tickets.delete(searchParams.get('ticket') ?? '')) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
        return
      }
      const connection = acceptWebSocket(request, socket, head, {
        text: hear,
        gone: () => lose(connection),
      })
      if (open.size >= CONNECTIONS_MOST) return connection.send(disconnection('too_many_websockets'))
      open.add(connection)
      connection.send(hello(appId, open.size))
      keepAlive(connection)
      changed()
    },
    isOpen: () => open.size > 0,
    connections: () => open.size,
    transmit: ({ kind, content, retry }) =>
      new Promise((resolve) => {
        const connection = [...open][turn++ % open.size]
        if (connection === undefined) return resolve(UNREACHABLE)
        const envelope_id = randomUUID()
        const settle = (outcome: Outcome) => {
          waiting.delete(envelope_id)
          forget()
          resolve(outcome)
        }
        const forget = clock.after(ACKNOWLEDGE_WITHIN_MS, () => settle(TIMED_OUT))
        waiting.set(envelope_id, { on: connection, settle })
        const attempt = kind === 'event' && {
          retry_attempt: retry?.number ?? 0,
          retry_reason: retry?.reason ?? '',
        }
        const accepts_response_payload = kind === 'command' || kind === 'submission'
        const message = {
          envelope_id,
          type: TYPES[kind],
          accepts_response_payload,
          payload: content,
          ...attempt,
        }
        connection.send(JSON.stringify(message))
      }),
    disconnect: (reason) => {
      for (const connection of open) connection.send(disconnection(reason))
    },
    cut: () => {
      for (const connection of open) connection.cut()
    },
  }
}

function hello(app_id: string, num_connections: number): string {
  const debug_info = { host: 'practice', approximate_connection_time: 18_060 }
  return JSON.stringify({ type: 'hello', num_connections, debug_info, connection_info: { app_id } })
}

function disconnection(reason: DisconnectReason): string {
  return JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'practice' } })
}

/** Slack's client acknowledges with an empty object when it has nothing to say. */
function meant(payload: unknown): unknown {
  const isEmpty = typeof payload === 'object' && payload !== null && Object.keys(payload).length === 0
  return isEmpty ? undefined : payload
}
