import { request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PageEvent } from '../../../src/sandbox/slack/page-api.ts'
import type { Slack } from '../../../src/sandbox/slack/start.ts'
import { practice } from './practice.ts'
import { payloadOf, recordingApp } from './recording-app.ts'
import { actions, button, input, plain } from './samples.ts'

const INCIDENTS = 'C0INCIDENTS'
const pageFiles = { html: '<!doctype html><title>Practice</title>', js: 'let page', css: 'body{}' }

const get = async (slack: Slack, path: string) => Object(await (await fetch(`${slack.url}${path}`)).json())
const post = async (slack: Slack, path: string, body: object) =>
  (
    await fetch(`${slack.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json()

/** What the page of one person is told, as it comes. */
async function listen(slack: Slack, as: string): Promise<PageEvent[]> {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const { body, headers } = await fetch(`${slack.url}/page/events?as=${as}`, { signal: leaving.signal })
  expect(headers.get('content-type')).toBe('text/event-stream')
  const events: PageEvent[] = []
  const read = async () => {
    let text = ''
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      events.push(
        ...parts.filter((part) => part.startsWith('data: ')).map((part) => JSON.parse(part.slice(6))),
      )
    }
  }
  read().catch(() => {})
  return events
}

describe('the page', () => {
  it('is served with its parts, given or made on demand', async () => {
    const given = await practice({ pageFiles })
    const made = await practice({ pageFiles: async () => pageFiles })
    for (const { slack } of [given, made]) {
      const parts = await Promise.all(
        ['/', '/page.js', '/page.css'].map((path) => fetch(`${slack.url}${path}`)),
      )
      expect(await Promise.all(parts.map((part) => part.text()))).toEqual([
        pageFiles.html,
        pageFiles.js,
        pageFiles.css,
      ])
      expect(parts.map((part) => part.headers.get('content-type')?.split(';')[0])).toEqual([
        'text/html',
        'text/javascript',
        'text/css',
      ])
    }
  })

  it('sees the workspace as one person does', async () => {
    const { slack, client } = await practice()
    await client.conversations.create({ name: 'elsewhere' })
    const state = await get(slack, '/page/state?as=U0VIEWER')
    expect(state).toMatchObject({
      workspace: { id: 'T0PRACTICE', name: 'Example Corp (practice)' },
      me: { id: 'U0VIEWER', name: 'val', realName: 'Val Viewer', isBot: false, deactivated: false },
      app: {
        name: 'Lifeboat',
        botUserId: 'U0LIFEBOAT',
        commands: [{ command: '/dr', usageHint: expect.any(String) }],
      },
      views: [],
    })
    expect(state.channels).toMatchObject([
      { id: 'C0INCIDENTS', kind: 'channel', archived: false, topic: 'Where incidents are worked on' },
      { id: 'C0PAYMENTS' },
      { id: 'C0GENERAL' },
      { id: 'D0VIEWER', kind: 'direct', members: ['U0VIEWER', 'U0LIFEBOAT'] },
    ])
    expect(state.people.at(-1)).toMatchObject({ id: 'U0LIFEBOAT', isBot: true })
    expect(state.userGroups).toMatchObject([{ id: 'S0DRAPPROVERS', handle: 'dr-approvers' }])
    expect(await get(slack, '/page/state')).toMatchObject({ me: { id: 'U0OPERATOR' } })
    expect((await fetch(`${slack.url}/page/state?as=U0NOBODY`)).status).toBe(404)
  })

  it('is told of everything that its person sees, and of nothing else', async () => {
    const { slack, client } = await practice()
    const events = await listen(slack, 'U0VIEWER')
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'one' })
    await client.chat.update({ channel: INCIDENTS, ts, text: 'two' })
    await client.chat.postEphemeral({ channel: INCIDENTS, user: 'U0OPERATOR', text: 'not for you' })
    await client.chat.postMessage({ channel: 'D0OPERATOR', text: 'nor this' })
    await client.chat.postMessage({ channel: INCIDENTS, text: 'reply', thread_ts: ts })
    await client.chat.delete({ channel: INCIDENTS, ts })
    await client.conversations.setTopic({ channel: INCIDENTS, topic: 'Busy' })
    await slack.person('U0VIEWER').say(INCIDENTS, '/dr')
    await expect.poll(() => events.at(-1)?.kind).toBe('trouble')
    expect(events).toMatchObject([
      { kind: 'message', message: { ts, text: 'one' } },
      { kind: 'changed', message: { ts, text: 'two', edited: true } },
      { kind: 'message', message: { text: 'reply', threadTs: ts } },
      { kind: 'changed', message: { ts, replyCount: 1 } },
      { kind: 'deleted', channel: INCIDENTS, ts },
      { kind: 'channel', channel: { id: INCIDENTS, topic: 'Busy' } },
      { kind: 'trouble', text: '/dr failed with the error dispatch_failed' },
    ])
  })

  it('says, clicks, sends and closes', async () => {
    const { slack, client } = await practice()
    const events = await listen(slack, 'U0VIEWER')
    const app = await recordingApp(slack)
    const as = 'U0VIEWER'
    expect(await post(slack, '/page/say', { as, channel: INCIDENTS, text: 'hello & <@U0ADMIN>' })).toEqual({
      ok: true,
    })
    const blocks = [{ ...actions(button({ action_id: 'go' })), block_id: 'b' }]
    const posted = await client.apiCall('chat.postMessage', { channel: INCIDENTS, text: 'card', blocks })
    const on = { kind: 'message', channel: INCIDENTS, ts: Object(posted).ts }
    expect(await post(slack, '/page/click', { as, on, blockId: 'b', actionId: 'go' })).toEqual({ ok: true })
    const { trigger_id } = app.deliveries.map(payloadOf).at(-1)
    const view = {
      type: 'modal',
      title: plain('Why?'),
      submit: plain('Send'),
      blocks: [input({ type: 'plain_text_input', action_id: 'text' }, { block_id: 'why' })],
    }
    const opened = Object(await client.apiCall('views.open', { trigger_id, view })).view
    expect(await post(slack, '/page/submit', { as, view: opened.id, values: {} })).toMatchObject({
      ok: false,
      errors: { why: 'Please complete this required field.' },
    })
    const values = { why: { text: { type: 'plain_text_input', value: 'because' } } }
    expect(await post(slack, '/page/submit', { as, view: opened.id, values })).toEqual({ ok: true })
    expect(payloadOf(app.deliveries.at(-1) ?? { headers: {}, body: '' }).view.state.values).toEqual(values)
    expect(await post(slack, '/page/close', { as, view: opened.id })).toMatchObject({ ok: false })
    await expect
      .poll(() => events.filter(({ kind }) => kind === 'views'))
      .toMatchObject([
        { views: [{ id: opened.id, depth: 1, view: { title: plain('Why?') } }] },
        { views: [] },
      ])
    expect((await get(slack, `/page/messages?as=${as}&channel=${INCIDENTS}`)).messages).toMatchObject([
      { text: 'hello &amp; <@U0ADMIN>', user: 'U0VIEWER' },
      { text: 'card', blocks: [{ type: 'actions', block_id: 'b' }] },
    ])
  })

  it.each([
    ['/page/say', { as: 'U0NOBODY', channel: INCIDENTS, text: 'x' }, 'Nobody here has the id U0NOBODY.'],
    ['/page/say', { as: 'U0LIFEBOAT', channel: INCIDENTS, text: 'x' }, 'Nobody here has the id U0LIFEBOAT.'],
    ['/page/say', { as: 'U0VIEWER', channel: 'C0NOWHERE', text: 'x' }, 'There is no channel C0NOWHERE.'],
    ['/page/say', { as: 'U0VIEWER', channel: 'D0OPERATOR', text: 'x' }, 'You are not in #directmessage.'],
    ['/page/say', { as: 'U0VIEWER', channel: INCIDENTS, text: ' ' }, 'There is nothing to send.'],
    [
      '/page/say',
      { as: 'U0VIEWER', channel: INCIDENTS, text: 'x'.repeat(12_001) },
      'A message has at most 12000 characters.',
    ],
    [
      '/page/say',
      { as: 'U0VIEWER', channel: INCIDENTS, text: 'x', threadTs: '1.1' },
      'The message that you reply to is gone.',
    ],
    [
      '/page/click',
      { as: 'U0VIEWER', on: { kind: 'message', channel: INCIDENTS, ts: '1.1' }, blockId: 'b', actionId: 'a' },
      'That message is gone.',
    ],
    [
      '/page/click',
      { as: 'U0VIEWER', on: { kind: 'view', id: 'V0' }, blockId: 'b', actionId: 'a' },
      'That window is closed.',
    ],
    ['/page/submit', { as: 'U0VIEWER', view: 'V0', values: {} }, 'That window is closed.'],
  ])('is refused in words: %s %j', async (path, body, error) => {
    const { slack } = await practice()
    expect(await post(slack, path, body)).toEqual({ ok: false, error })
  })

  it('is refused what it sends in a wrong shape', async () => {
    const { slack } = await practice()
    expect(await post(slack, '/page/say', { as: 'U0VIEWER' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('text'),
    })
    expect(await post(slack, '/page/shout', {})).toMatchObject({ ok: false })
  })
})

describe('a page from elsewhere', () => {
  it.each([
    ['its name was rebound to this machine', { host: 'evil.example.com' }],
    ['it is of another origin', { origin: 'https://evil.example.com' }],
    ['it is of another server here', { origin: 'http://127.0.0.1:1' }],
    ['it has no origin to name', { origin: 'null' }],
  ])('can neither look nor act: %s', async (_how, headers) => {
    const { slack } = await practice({ pageFiles })
    const { port } = new URL(slack.url)
    const ask = (method: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
        call
          .once('error', reject)
          .end(method === 'GET' ? undefined : '{"as":"U0ADMIN","channel":"C0INCIDENTS","text":"x"}')
      })
    expect(await ask('GET', '/page/state')).toBe(403)
    expect(await ask('POST', '/page/say')).toBe(403)
    expect(await ask('PUT', '/_sandbox/faults')).toBe(403)
    expect(slack.state.messages(INCIDENTS)).toEqual([])
  })
})
