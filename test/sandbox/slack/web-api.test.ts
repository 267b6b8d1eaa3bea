import { ErrorCode } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { APP_TOKEN, BOT_TOKEN, narrowManifest, practice, refusal, webClient } from './practice.ts'

const INCIDENTS = 'C0INCIDENTS'

describe('a call', () => {
  it('is made as the app that the token belongs to', async () => {
    const { client } = await practice()
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      team_id: 'T0PRACTICE',
      user_id: 'U0LIFEBOAT',
      bot_id: 'B0LIFEBOAT',
      app_id: 'A0LIFEBOAT',
    })
  })

  it('is refused without a token, with a wrong one, and with one of the wrong kind', async () => {
    const { slack } = await practice()
    const errorWith = async (token: string | undefined) =>
      (await refusal(webClient(slack, token).auth.test())).error
    const bare = await fetch(`${slack.url}/api/auth.test`, { method: 'POST' })
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' })
    expect(await errorWith('xoxb-other')).toBe('invalid_auth')
    expect(await errorWith(APP_TOKEN)).toBe('not_allowed_token_type')
    expect(await refusal(webClient(slack).apps.connections.open({}))).toMatchObject({
      error: 'not_allowed_token_type',
    })
  })

  it('needs its scope', async () => {
    const { client } = await practice({ manifest: narrowManifest() })
    const { oauth_config } = narrowManifest()
    expect(await refusal(client.pins.list({ channel: INCIDENTS }))).toMatchObject({
      error: 'missing_scope',
      needed: 'pins:read',
      provided: oauth_config.scopes.bot.join(','),
    })
  })

  it('of a method that does not exist is told so', async () => {
    const { client } = await practice()
    expect(await refusal(client.apiCall('chat.shout'))).toMatchObject({
      error: 'unknown_method',
      req_method: 'chat.shout',
    })
    expect(await refusal(client.apiCall('constructor'))).toMatchObject({ error: 'unknown_method' })
  })

  it('may be JSON, a form, or a query', async () => {
    const { slack } = await practice()
    const authorization = `Bearer ${BOT_TOKEN}`
    const call = async (path: string, init: RequestInit) =>
      (await fetch(`${slack.url}/api/${path}`, init)).json()
    const json = { authorization, 'content-type': 'application/json; charset=utf-8' }
    const blocks = [{ type: 'divider' }]
    const posted = await call('chat.postMessage', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ channel: INCIDENTS, text: 'é', blocks }),
    })
    expect(posted).toMatchObject({ ok: true, message: { text: 'é', blocks } })
    const asked = await call('users.info?user=U0VIEWER', { headers: { authorization } })
    expect(asked).toMatchObject({ user: { name: 'val' } })
    const form = new URLSearchParams({ token: BOT_TOKEN, user: 'U0ADMIN' })
    expect(await call('users.info', { method: 'POST', body: form })).toMatchObject({ user: { name: 'ada' } })
    expect(await call('api.test', { method: 'POST', headers: json, body: '{' })).toEqual({
      ok: false,
      error: 'invalid_json',
    })
  })

  it('is remembered with its arguments, and without its token', async () => {
    const { slack, client } = await practice()
    await client.chat.postMessage({ channel: INCIDENTS, text: 'x', blocks: [{ type: 'divider' }] })
    await refusal(client.users.info({ user: 'U0NOBODY' }))
    expect(slack.calls()).toMatchObject([
      {
        method: 'chat.postMessage',
        args: { channel: INCIDENTS, blocks: [{ type: 'divider' }] },
        outcome: 'ok',
      },
      { method: 'users.info', args: { user: 'U0NOBODY' }, outcome: 'user_not_found' },
    ])
    expect(JSON.stringify(slack.calls())).not.toContain(BOT_TOKEN)
  })

  it('can test the line', async () => {
    const { client } = await practice()
    expect(await client.apiCall('api.test', { a: 'b' })).toMatchObject({ ok: true, args: { a: 'b' } })
    expect(await refusal(client.api.test({ error: 'my_error' }))).toMatchObject({ error: 'my_error' })
  })
})

describe('the limit on how often', () => {
  it('lets a short burst into a channel, then one message a second', async () => {
    const { clock, client } = await practice()
    const post = (channel = INCIDENTS) => client.chat.postMessage({ channel, text: 'x' })
    await Promise.all(Array.from({ length: 10 }, () => post()))
    await expect(post()).rejects.toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 1 })
    await post('C0PAYMENTS')
    clock.advance(1_000)
    await post()
    await expect(post()).rejects.toMatchObject({ code: ErrorCode.RateLimitedError })
  })

  it('goes by the method’s tier', async () => {
    const { clock, client } = await practice()
    const ask = () => client.usergroups.users.list({ usergroup: 'S0DRAPPROVERS' })
    await Promise.all(Array.from({ length: 20 }, ask))
    await expect(ask()).rejects.toMatchObject({ retryAfter: 3 })
    await client.users.info({ user: 'U0VIEWER' })
    clock.advance(3_000)
    await ask()
  })

  it('can be switched off', async () => {
    const { client } = await practice({ faults: { rateLimits: 'off' } })
    await Promise.all(
      Array.from({ length: 30 }, () => client.chat.postMessage({ channel: INCIDENTS, text: 'x' })),
    )
  })
})

describe('a fault', () => {
  it('gives the error it names, as often as it says, to the method it names', async () => {
    const { slack, client } = await practice()
    slack.setFaults({ methods: [{ kind: 'error', method: 'users.info', error: 'internal_error', times: 2 }] })
    const ask = () => client.users.info({ user: 'U0VIEWER' })
    expect(await refusal(ask())).toMatchObject({ error: 'internal_error' })
    await client.auth.test()
    expect(await refusal(ask())).toMatchObject({ error: 'internal_error' })
    expect(await ask()).toMatchObject({ ok: true })
  })

  it('limits, and breaks with an HTTP status', async () => {
    const { slack, client } = await practice()
    slack.setFaults({
      methods: [
        { kind: 'ratelimited', method: '*', retryAfterSeconds: 7, times: 1 },
        { kind: 'http', method: '*', status: 503, times: 1 },
      ],
    })
    await expect(client.auth.test()).rejects.toMatchObject({
      code: ErrorCode.RateLimitedError,
      retryAfter: 7,
    })
    await expect(client.auth.test()).rejects.toMatchObject({ code: ErrorCode.HTTPError, statusCode: 503 })
    await client.auth.test()
  })

  it('leaves a call without an answer, and nothing done', async () => {
    const { slack } = await practice()
    slack.setFaults({ methods: [{ kind: 'hang', method: 'chat.postMessage' }] })
    const patience = AbortSignal.timeout(100)
    const body = new URLSearchParams({ token: BOT_TOKEN, channel: INCIDENTS, text: 'x' })
    const call = fetch(`${slack.url}/api/chat.postMessage`, { method: 'POST', body, signal: patience })
    await expect(call).rejects.toThrow(/timeout/)
    expect(slack.state.messages(INCIDENTS)).toEqual([])
  })

  it('does what was asked and loses the answer, so that a client that tries again posts twice', async () => {
    const { slack, client } = await practice()
    slack.setFaults({ methods: [{ kind: 'reset-after-processing', method: 'chat.postMessage', times: 1 }] })
    const post = () => client.chat.postMessage({ channel: INCIDENTS, text: 'once?' })
    await expect(post()).rejects.toMatchObject({ code: ErrorCode.RequestError })
    await post()
    expect(slack.state.messages(INCIDENTS)).toHaveLength(2)
    expect(slack.calls().map(({ outcome }) => outcome)).toEqual(['fault: reset-after-processing', 'ok'])
  })

  it('is set over HTTP too, where it is checked', async () => {
    const { slack, client } = await practice()
    const put = (body: object) =>
      fetch(`${slack.url}/_sandbox/faults`, { method: 'PUT', body: JSON.stringify(body) })
    const faults = { methods: [{ kind: 'error', method: 'auth.test', error: 'fatal_error' }] }
    expect((await put(faults)).status).toBe(200)
    expect(await (await fetch(`${slack.url}/_sandbox/faults`)).json()).toEqual(faults)
    expect(await refusal(client.auth.test())).toMatchObject({ error: 'fatal_error' })
    const wrong = await put({ methods: [{ kind: 'explode' }] })
    expect(wrong.status).toBe(400)
    expect(await wrong.json()).toMatchObject({ ok: false, error: expect.stringContaining('methods[0].kind') })
  })
})
