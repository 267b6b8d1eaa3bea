import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type ManualClock, manualClock } from '../../../src/adapters/memory/clock.ts'
import { sampleTenant } from '../../../src/sandbox/teams/sample-tenant.ts'
import { startTeams, type Teams, type TeamsOptions } from '../../../src/sandbox/teams/start.ts'

export const APP_ID = '00000000-0000-4000-8000-0000000000b0'
export const APP_SECRET = 'practice-app-secret'
export const TENANT_ID = '00000000-0000-4000-8000-0000000000c0'
export const INCIDENTS = '19:practice-incidents@thread.tacv2'

export interface Ground {
  readonly teams: Teams
  readonly clock: ManualClock
}

/** The clock starts at the real time, because the adapter compares tokens with that. */
export async function ground(options: Partial<TeamsOptions> = {}): Promise<Ground> {
  const clock = manualClock(new Date().toISOString())
  const teams = await startTeams({
    clock,
    appId: APP_ID,
    appSecret: APP_SECRET,
    tenantId: TENANT_ID,
    tenant: sampleTenant,
    ...options,
  })
  onTestFinished(() => teams.close())
  return { teams, clock }
}

/** A connection that is kept would not outlive a restart of the other side. */
const ONCE = { connection: 'close' }

const grantSchema = z.object({ access_token: z.string() })

export async function fetchToken(teams: Teams, secret = APP_SECRET): Promise<Response> {
  return fetch(`${teams.loginUrl}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: ONCE,
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: APP_ID,
      client_secret: secret,
      scope: 'https://api.botframework.com/.default',
    }),
  })
}

export const tokenOf = async (teams: Teams): Promise<string> =>
  grantSchema.parse(await (await fetchToken(teams)).json()).access_token

/** A call of the connector as it is, without a client that tries again by itself. */
export async function ask(
  teams: Teams,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<{ status: number; body: unknown; retryAfter: string | null }> {
  const response = await fetch(`${teams.serviceUrl}v3/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token ?? (await tokenOf(teams))}`,
      'content-type': 'application/json',
      ...ONCE,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    retryAfter: response.headers.get('retry-after'),
  }
}

/** The path of a conversation, as a client writes it. */
export const at = (conversationId: string, rest: string): string =>
  `conversations/${encodeURIComponent(conversationId)}/${rest}`
