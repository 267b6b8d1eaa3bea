import { type Clock, pause } from '../../../ports/clock.ts'
import { parseJson } from '../../slack/transport/http.ts'
import type { DeliveryFault, DeliveryKind, FaultBoard } from '../faults.ts'
import { deliveryToken } from '../identity/delivery-token.ts'
import type { Keys } from '../identity/keys.ts'
import type { Activity } from './activity.ts'

/** What became of a delivery. */
export type Outcome =
  /** The body is parsed when it is JSON, and undefined when there is none. */
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'timed-out' }
  /** There is no messaging endpoint, or nobody listens at it. */
  | { readonly kind: 'unreachable' }

export type Deliver = (kind: DeliveryKind, activity: Activity) => Promise<Outcome>

/** How long a bot may take. Teams does not say so of messages: this is what is seen. */
export const ANSWER_WITHIN_MS = {
  message: 15_000,
  invoke: 10_000,
  installation: 15_000,
} as const satisfies Record<DeliveryKind, number>

interface Ways {
  readonly clock: Clock
  readonly keys: Keys
  readonly appId: string
  readonly faults: FaultBoard
  readonly closing: AbortSignal
  endpoint(): string | undefined
}

export function createDeliver(ways: Ways): Deliver {
  return async (kind, activity) => {
    const fault = ways.faults.takeForDelivery(kind)?.kind
    if (fault === 'drop') {
      await pause(ways.clock, ANSWER_WITHIN_MS[kind])
      return { kind: 'timed-out' }
    }
    const token = await deliveryToken(
      ways.keys,
      { appId: ways.appId, serviceUrl: activity.serviceUrl, now: ways.clock.now() },
      fault,
    )
    const transmit = () => post(ways, ANSWER_WITHIN_MS[kind], falsified(activity, fault), token)
    if (fault !== 'duplicate') return transmit()
    const [outcome] = await Promise.all([transmit(), transmit()])
    return outcome
  }
}

async function post(
  { clock, endpoint, closing }: Ways,
  withinMs: number,
  activity: Activity,
  token: string | undefined,
): Promise<Outcome> {
  const url = endpoint()
  if (url === undefined) return { kind: 'unreachable' }
  const late = new AbortController()
  const forget = clock.after(withinMs, () => late.abort())
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([late.signal, closing]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(activity),
    })
    const text = await response.text()
    return { kind: 'answered', status: response.status, body: text === '' ? undefined : parsed(text) }
  } catch (error) {
    if (late.signal.aborted) return { kind: 'timed-out' }
    if (closing.aborted || error instanceof TypeError) return { kind: 'unreachable' }
    throw error
  } finally {
    forget()
  }
}

const parsed = (text: string): unknown => parseJson(text) ?? text

/** The two faults that are in what is said, not in who says it. */
function falsified(activity: Activity, fault: DeliveryFault['kind'] | undefined): Activity {
  if (fault === 'other-service-url') return { ...activity, serviceUrl: 'https://service.example.com/amer/' }
  if (fault !== 'other-tenant') return activity
  const tenantId = '00000000-0000-4000-8000-0000000000ff'
  return {
    ...activity,
    conversation: { ...activity.conversation, tenantId },
    channelData: { ...activity.channelData, tenant: { id: tenantId } },
  }
}
