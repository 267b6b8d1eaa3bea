import { type Clock, pause } from '../../../ports/clock.ts'
import type { FaultBoard } from '../faults.ts'
import { parseJson } from './http.ts'
import { signatureHeaders } from './signing.ts'
import type { Sockets } from './sockets.ts'

/** Something that happened in the workspace and that the app is to hear of. */
export interface Envelope {
  readonly kind: DeliveryKind
  readonly content: Readonly<Record<string, unknown>>
  /** It was sent before, and this is what became of it. */
  readonly retry?: { readonly number: number; readonly reason: string }
}

export type DeliveryKind = 'command' | 'click' | 'submission' | 'closing' | 'shortcut' | 'event'

export type Outcome =
  | { kind: 'acknowledged'; body: unknown }
  | {
      kind: 'failed'
      /** What the person reads. */
      error: 'operation_timeout' | 'dispatch_failed' | 'http_client_error' | 'http_service_error'
      /** What the app reads when an event is sent again. */
      reason: 'http_timeout' | 'connection_failed' | 'http_error'
      /** The app asked not to be told again. */
      isFinal: boolean
    }

export type Deliver = (envelope: Envelope) => Promise<Outcome>

/** How long an app may take to acknowledge. */
export const ACKNOWLEDGE_WITHIN_MS = 3_000

export const TIMED_OUT: Outcome = {
  kind: 'failed',
  error: 'operation_timeout',
  reason: 'http_timeout',
  isFinal: false,
}
export const UNREACHABLE: Outcome = {
  kind: 'failed',
  error: 'dispatch_failed',
  reason: 'connection_failed',
  isFinal: false,
}

interface Ways {
  clock: Clock
  signingSecret: string
  requestUrl(): string | undefined
  /** While one is open, everything goes through it, as if the app had Socket Mode switched on. */
  sockets: Sockets
  faults: FaultBoard
  closing: AbortSignal
}

export function createDeliver(ways: Ways): Deliver {
  const { clock, sockets, faults } = ways
  const transmit = (envelope: Envelope) =>
    sockets.isOpen() ? sockets.transmit(envelope) : post(envelope, ways)

  return async (envelope) => {
    const fault = faults.takeForDelivery(envelope.kind)
    if (fault?.kind === 'drop') {
      await pause(clock, ACKNOWLEDGE_WITHIN_MS)
      return TIMED_OUT
    }
    if (fault?.kind === 'delay') await pause(clock, fault.milliseconds)
    if (fault?.kind !== 'duplicate') return transmit(envelope)
    const [outcome] = await Promise.all([transmit(envelope), transmit(envelope)])
    return outcome
  }
}

async function post(
  envelope: Envelope,
  { clock, signingSecret, requestUrl, closing }: Ways,
): Promise<Outcome> {
  const url = requestUrl()
  if (url === undefined) return UNREACHABLE
  const { type, body } = written(envelope)
  const { retry } = envelope
  const late = new AbortController()
  const forget = clock.after(ACKNOWLEDGE_WITHIN_MS, () => late.abort())
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([late.signal, closing]),
      headers: {
        // Exactly this: an app may refuse the type with a charset behind it.
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signatureHeaders(signingSecret, clock.now(), body),
        ...(retry && { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }),
      },
      body,
    })
    const text = await response.text()
    if (response.ok) return { kind: 'acknowledged', body: acknowledgement(text) }
    const error = response.status < 500 ? 'http_client_error' : 'http_service_error'
    const isFinal = response.headers.get('x-slack-no-retry') === '1'
    return { kind: 'failed', error, reason: 'http_error', isFinal }
  } catch (error) {
    if (late.signal.aborted) return TIMED_OUT
    if (closing.aborted || error instanceof TypeError) return UNREACHABLE
    throw error
  } finally {
    forget()
  }
}

function written({ kind, content }: Envelope): { type: string; body: string } {
  if (kind === 'event') return { type: 'application/json', body: JSON.stringify(content) }
  const fields = kind === 'command' ? content : { payload: JSON.stringify(content) }
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value))
  return { type: 'application/x-www-form-urlencoded', body: form.toString() }
}

/** Nothing, an object, or plain text. */
function acknowledgement(text: string): unknown {
  return text.trim() === '' ? undefined : (parseJson(text) ?? text)
}
