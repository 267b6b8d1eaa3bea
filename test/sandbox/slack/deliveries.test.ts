import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { practice, SIGNING_SECRET, wideManifest } from './practice.ts'
import { payloadOf, recordingApp } from './recording-app.ts'
import { actions, button } from './samples.ts'

const INCIDENTS = 'C0INCIDENTS'

describe('a command', () => {
  it('arrives as a signed form with everything that Slack says of it', async () => {
    const { slack, clock } = await practice()
    const app = await recordingApp(slack)
    await slack.person('U0OPERATOR').say(INCIDENTS, '/dr start payments --drill')
    const [delivery] = app.deliveries
    const { headers, body = '' } = delivery ?? {}
    expect(headers?.['content-type']).toBe('application/x-www-form-urlencoded')
    const timestamp = String(Math.floor(clock.now().getTime() / 1000))
    const hash = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
    expect(headers).toMatchObject({
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
    })
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      token: expect.any(String),
      team_id: 'T0PRACTICE',
      team_domain: 'example-corp-practice',
      channel_id: INCIDENTS,
      channel_name: 'incidents',
      user_id: 'U0OPERATOR',
      user_name: 'olive',
      command: '/dr',
      text: 'start payments --drill',
      api_app_id: 'A0LIFEBOAT',
      is_enterprise_install: 'false',
      response_url: expect.stringContaining(`${slack.url}/response/`),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    })
  })

  it.each([
    ['/dr', ''],
    ['/DR   help  ', 'help'],
    ['/dr hand over to @Avery', 'hand over to <@U0APPROVER|avery>'],
    ['/dr hand over to <@U0APPROVER>.', 'hand over to <@U0APPROVER|avery>.'],
    [
      '/dr ask @dr-approvers in #incidents',
      'ask <!subteam^S0DRAPPROVERS|@dr-approvers> in <#C0INCIDENTS|incidents>',
    ],
    ['/dr <@U0NOBODY> & <!here>', '&lt;@U0NOBODY&gt; &amp; &lt;!here&gt;'],
    ['/dr see https://example.com/a?b=1&c=2', 'see <https://example.com/a?b=1&amp;c=2>'],
    ['/dr mail ops@example.com', 'mail ops@example.com'],
    ['/dr “payments” \u202e\nnext line', '“payments” \u202e\nnext line'],
  ])('has its names written as ids: %j', async (typed, text) => {
    const { slack } = await practice()
    const app = await recordingApp(slack)
    await slack.person('U0OPERATOR').say(INCIDENTS, typed)
    expect(new URLSearchParams(app.deliveries[0]?.body).get('text')).toBe(text)
  })

  it('has its text left as it was typed when the app did not ask for ids', async () => {
    const manifest = structuredClone(wideManifest())
    const { features, ...rest } = manifest
    const command = { command: '/dr', description: 'x', should_escape: false }
    const { slack } = await practice({
      manifest: { ...rest, features: { ...Object(features), slash_commands: [command] } },
    })
    const app = await recordingApp(slack)
    await slack.person('U0OPERATOR').say(INCIDENTS, '/dr ask <@U0APPROVER> & @blake')
    expect(new URLSearchParams(app.deliveries[0]?.body).get('text')).toBe('ask @avery & @blake')
  })

  it.each([
    [{ status: 500 }, 'http_service_error'],
    [{ status: 404 }, 'http_client_error'],
    [{ status: 302, headers: { location: '/' } }, 'http_client_error'],
    [{ body: '{"blocks":[{"type":"marquee"}]}' }, 'invalid_command_response'],
    [{ body: '{"response_type":"nobody"}' }, 'invalid_command_response'],
  ])('that the app answers with %j fails in front of the person', async (answer, error) => {
    const { slack } = await practice()
    const app = await recordingApp(slack)
    app.answerWith(() => answer)
    await slack.person('U0OPERATOR').say(INCIDENTS, '/dr help')
    expect(slack.person('U0OPERATOR').troubles()).toEqual([`/dr failed with the error ${error}`])
  })

  it('fails after three seconds without an answer, and at once when there is nobody to ask', async () => {
    const { slack, clock } = await practice()
    const olive = slack.person('U0OPERATOR')
    await olive.say(INCIDENTS, '/dr help')
    expect(olive.troubles()).toEqual(['/dr failed with the error dispatch_failed'])
    const app = await recordingApp(slack)
    app.answerWith(() => 'never')
    const saying = olive.say(INCIDENTS, '/dr help')
    await app.heard(1)
    clock.advance(2_999)
    expect(olive.troubles()).toHaveLength(1)
    clock.advance(1)
    await saying
    expect(olive.troubles()[1]).toBe('/dr failed with the error operation_timeout')
  })

  it('is not taken in a thread, nor when it is none of the app’s', async () => {
    const { slack, client } = await practice()
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'root' })
    const olive = slack.person('U0OPERATOR')
    expect(await olive.say(INCIDENTS, '/dr help', ts)).toEqual({
      ok: false,
      error: '/dr is not supported in threads. Sorry!',
    })
    expect(await olive.say(INCIDENTS, '/remind me')).toEqual({
      ok: false,
      error: '/remind is not a valid command.',
    })
  })
})

describe('a faulty way to the app', () => {
  it('loses, doubles and delays what it is told to', async () => {
    const { slack, clock } = await practice()
    const app = await recordingApp(slack)
    const olive = slack.person('U0OPERATOR')
    slack.setFaults({
      deliveries: [
        { kind: 'drop', of: 'command', times: 1 },
        { kind: 'duplicate', of: 'command', times: 1 },
        { kind: 'delay', of: 'command', milliseconds: 10_000, times: 1 },
      ],
    })
    const dropped = olive.say(INCIDENTS, '/dr one')
    clock.advance(3_000)
    await dropped
    expect(app.deliveries).toHaveLength(0)
    expect(olive.troubles()).toEqual(['/dr failed with the error operation_timeout'])

    await olive.say(INCIDENTS, '/dr two')
    expect(app.deliveries).toHaveLength(2)
    const [first, second] = app.deliveries
    expect(second?.body).toBe(first?.body)
    expect(second?.headers['x-slack-signature']).toBe(first?.headers['x-slack-signature'])

    const delayed = olive.say(INCIDENTS, '/dr three')
    clock.advance(9_999)
    expect(app.deliveries).toHaveLength(2)
    clock.advance(1)
    await delayed
    expect(app.deliveries).toHaveLength(3)
  })
})

describe('a click', () => {
  it('arrives with the button, the message, the place, a trigger and a response URL', async () => {
    const { slack, client } = await practice()
    const app = await recordingApp(slack)
    const button = {
      type: 'button' as const,
      text: { type: 'plain_text' as const, text: 'Go' },
      action_id: 'go',
      value: 'v',
      style: 'primary' as const,
    }
    const { ts = '' } = await client.chat.postMessage({
      channel: INCIDENTS,
      text: 'card',
      blocks: [{ type: 'actions', block_id: 'b', elements: [button] }],
    })
    expect(await slack.person('U0APPROVER').click({ channel: INCIDENTS, ts }, 'go')).toEqual({ ok: true })
    const [delivery] = app.deliveries
    expect(delivery && payloadOf(delivery)).toEqual({
      type: 'block_actions',
      token: expect.any(String),
      team: { id: 'T0PRACTICE', domain: 'example-corp-practice' },
      user: { id: 'U0APPROVER', username: 'avery', name: 'avery', team_id: 'T0PRACTICE' },
      api_app_id: 'A0LIFEBOAT',
      enterprise: null,
      is_enterprise_install: false,
      container: { type: 'message', message_ts: ts, channel_id: INCIDENTS, is_ephemeral: false },
      channel: { id: INCIDENTS, name: 'incidents' },
      message: expect.objectContaining({ type: 'message', ts, text: 'card', bot_id: 'B0LIFEBOAT' }),
      state: { values: {} },
      trigger_id: expect.any(String),
      response_url: expect.stringContaining(slack.url),
      actions: [
        {
          type: 'button',
          action_id: 'go',
          block_id: 'b',
          value: 'v',
          style: 'primary',
          text: button.text,
          action_ts: expect.stringMatching(/^\d+\.\d{6}$/),
        },
      ],
    })
  })

  it('on an ephemeral message says where it was, but not what it said', async () => {
    const { slack, client } = await practice()
    const app = await recordingApp(slack)
    const blocks = [actions(button({ action_id: 'go' }))]
    await client.apiCall('chat.postEphemeral', { channel: INCIDENTS, user: 'U0VIEWER', text: 'psst', blocks })
    const val = slack.person('U0VIEWER')
    const [card] = val.ephemerals(INCIDENTS)
    if (card) await val.click(card, 'go')
    const [payload] = app.deliveries.map(payloadOf)
    expect(payload).toMatchObject({ container: { message_ts: card?.ts, is_ephemeral: true } })
    expect(payload).not.toHaveProperty('message')
    expect(
      await slack.person('U0OPERATOR').click({ channel: INCIDENTS, ts: card?.ts ?? '' }, 'go'),
    ).toMatchObject({
      ok: false,
      error: 'That message is gone.',
    })
  })

  it('on what has changed meanwhile is not taken', async () => {
    const { slack, client } = await practice()
    const app = await recordingApp(slack)
    const posted = await client.apiCall('chat.postMessage', {
      channel: INCIDENTS,
      text: 'card',
      blocks: [actions(button({ action_id: 'go' }))],
    })
    const on = { channel: INCIDENTS, ts: String(Object(posted).ts) }
    await client.chat.update({ ...on, text: 'decided', blocks: [] })
    expect(await slack.person('U0VIEWER').click(on, 'go')).toEqual({
      ok: false,
      error: 'That element is not there any more.',
    })
    expect(app.deliveries).toEqual([])
  })
})
