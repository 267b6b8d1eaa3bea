import { describe, expect, it } from 'vitest'
import { narrowManifest, practice, refusal } from './practice.ts'

const INCIDENTS = 'C0INCIDENTS'
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } })

describe('chat.postMessage', () => {
  it('shows a message to everybody in the channel, and answers as Slack does', async () => {
    const { slack, client } = await practice()
    const posted = await client.chat.postMessage({
      channel: INCIDENTS,
      text: 'Hello',
      blocks: [section('*Hello*')],
    })
    expect(posted).toMatchObject({
      ok: true,
      channel: INCIDENTS,
      message: {
        text: 'Hello',
        user: 'U0LIFEBOAT',
        bot_id: 'B0LIFEBOAT',
        app_id: 'A0LIFEBOAT',
        ts: posted.ts,
      },
    })
    expect(posted.message?.blocks?.[0]?.block_id).toEqual(expect.any(String))
    expect(slack.person('U0VIEWER').messages(INCIDENTS)).toMatchObject([
      { text: 'Hello', edited: false, replyCount: 0 },
    ])
  })

  it('gives every message a greater ts than the one before, though the clock stands still', async () => {
    const { client } = await practice()
    const posts = await Promise.all(
      ['a', 'b', 'c'].map((text) => client.chat.postMessage({ channel: INCIDENTS, text })),
    )
    const stamps = posts.map(({ ts = '' }) => ts)
    expect(new Set(stamps).size).toBe(3)
    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true)
  })

  it('takes a channel by its name, and a person for a direct message', async () => {
    const { slack, client } = await practice()
    const named = await client.chat.postMessage({ channel: '#payments-dr', text: 'by name' })
    const direct = await client.chat.postMessage({ channel: 'U0OPERATOR', text: 'just you' })
    expect([named.channel, direct.channel]).toEqual(['C0PAYMENTS', 'D0OPERATOR'])
    expect(slack.person('U0OPERATOR').messages('D0OPERATOR')).toMatchObject([{ text: 'just you' }])
    expect(slack.person('U0VIEWER').messages('D0OPERATOR')).toEqual([])
  })

  it('counts the replies of a thread, under the first message also when a reply was named', async () => {
    const { slack, client } = await practice()
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'root' })
    const reply = await client.chat.postMessage({ channel: INCIDENTS, text: 'one', thread_ts: ts })
    await client.chat.postMessage({ channel: INCIDENTS, text: 'two', thread_ts: String(reply.ts) })
    const [root, ...replies] = slack.person('U0VIEWER').messages(INCIDENTS)
    expect(root?.replyCount).toBe(2)
    expect(replies.map(({ threadTs }) => threadTs)).toEqual([ts, ts])
  })

  it.each([
    ['channel_not_found', { channel: 'C0NOWHERE', text: 'x' }],
    ['channel_not_found', { channel: 'U0NOBODY', text: 'x' }],
    ['no_text', { channel: INCIDENTS, text: '' }],
    ['thread_not_found', { channel: INCIDENTS, text: 'x', thread_ts: '1.000001' }],
    ['invalid_blocks_format', { channel: INCIDENTS, text: 'x', blocks: 'not json' }],
    ['invalid_blocks_format', { channel: INCIDENTS, text: 'x', blocks: '{}' }],
    ['invalid_attachments', { channel: INCIDENTS, text: 'x', attachments: '["text"]' }],
    ['invalid_metadata_format', { channel: INCIDENTS, text: 'x', metadata: 'not json' }],
    ['invalid_metadata_schema', { channel: INCIDENTS, text: 'x', metadata: { event_payload: {} } }],
    [
      'invalid_metadata_schema',
      { channel: INCIDENTS, text: 'x', metadata: { event_type: 'e', event_payload: { a: null } } },
    ],
    [
      'metadata_too_large',
      {
        channel: INCIDENTS,
        text: 'x',
        metadata: { event_type: 'e', event_payload: { a: 'x'.repeat(8_000) } },
      },
    ],
    [
      'too_many_attachments',
      { channel: INCIDENTS, text: 'x', attachments: Array(101).fill({ color: '#000000' }) },
    ],
    [
      'msg_blocks_too_long',
      { channel: INCIDENTS, text: 'x', blocks: Array(5).fill(section('x'.repeat(2_900))) },
    ],
  ])('answers %s to %j', async (error, args) => {
    const { client } = await practice()
    expect(await refusal(client.apiCall('chat.postMessage', args))).toMatchObject({ ok: false, error })
  })

  it('refuses an archived channel, and one that the app is not in unless it may post anywhere public', async () => {
    const narrow = await practice({ manifest: withoutScope('chat:write.public') })
    expect(await refusal(narrow.client.chat.postMessage({ channel: 'C0GENERAL', text: 'x' }))).toMatchObject({
      error: 'not_in_channel',
    })
    const { client } = await practice()
    await client.chat.postMessage({ channel: 'C0GENERAL', text: 'x' })
    await client.conversations.archive({ channel: INCIDENTS })
    expect(await refusal(client.chat.postMessage({ channel: INCIDENTS, text: 'x' }))).toMatchObject({
      error: 'is_archived',
    })
  })

  it('names what a call lacks', async () => {
    const { client } = await practice()
    expect(await refusal(client.apiCall('chat.postMessage', { text: 'x' }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    })
  })
})

describe('chat.update', () => {
  it('changes what was given and keeps the rest', async () => {
    const { slack, client } = await practice()
    const metadata = { event_type: 'card', event_payload: { task: 'dns' } }
    const { ts = '' } = await client.chat.postMessage({
      channel: INCIDENTS,
      text: 'before',
      blocks: [section('before')],
      metadata,
    })
    const updated = await client.chat.update({ channel: INCIDENTS, ts, text: 'after' })
    expect(updated).toMatchObject({ ok: true, ts, text: 'after', message: { metadata } })
    expect(slack.person('U0VIEWER').messages(INCIDENTS)).toMatchObject([
      { ts, text: 'after', edited: true, blocks: [{ text: { text: 'before' } }] },
    ])
    const cleared = await client.apiCall('chat.update', {
      channel: INCIDENTS,
      ts,
      text: 'plain',
      blocks: [],
      metadata: {},
    })
    expect(cleared).toMatchObject({ message: { text: 'plain', blocks: [] } })
    expect(cleared).not.toHaveProperty('message.metadata')
  })

  it('touches only the app’s own messages that everybody sees', async () => {
    const { slack, client } = await practice()
    await slack.person('U0OPERATOR').say(INCIDENTS, 'mine')
    const [mine] = slack.person('U0OPERATOR').messages(INCIDENTS)
    const { message_ts = '' } = await client.chat.postEphemeral({
      channel: INCIDENTS,
      user: 'U0VIEWER',
      text: 'shh',
    })
    const update = (ts: string, text = 'x') => refusal(client.chat.update({ channel: INCIDENTS, ts, text }))
    expect(await update(String(mine?.ts))).toMatchObject({ error: 'cant_update_message' })
    expect(await update(message_ts)).toMatchObject({ error: 'message_not_found' })
    expect(await update('1.000001')).toMatchObject({ error: 'message_not_found' })
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'own' })
    expect(await update(ts, 'x'.repeat(4_001))).toMatchObject({ error: 'msg_too_long' })
    expect(await refusal(client.chat.delete({ channel: INCIDENTS, ts: String(mine?.ts) }))).toMatchObject({
      error: 'cant_delete_message',
    })
  })
})

describe('the other chat methods', () => {
  it('takes a message away', async () => {
    const { slack, client } = await practice()
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'oops' })
    await client.chat.delete({ channel: INCIDENTS, ts })
    expect(slack.person('U0VIEWER').messages(INCIDENTS)).toEqual([])
    expect(await refusal(client.chat.delete({ channel: INCIDENTS, ts }))).toMatchObject({
      error: 'message_not_found',
    })
  })

  it('shows an ephemeral message to one person, and to no history', async () => {
    const { slack, client } = await practice()
    await client.chat.postEphemeral({ channel: INCIDENTS, user: 'U0VIEWER', text: 'only you' })
    expect(slack.person('U0VIEWER').ephemerals(INCIDENTS)).toMatchObject([
      { text: 'only you', ephemeralTo: 'U0VIEWER' },
    ])
    expect(slack.person('U0OPERATOR').messages(INCIDENTS)).toEqual([])
    expect((await client.conversations.history({ channel: INCIDENTS })).messages).toEqual([])
    const outsider = client.chat.postEphemeral({ channel: INCIDENTS, user: 'U0NOBODY', text: 'x' })
    expect(await refusal(outsider)).toMatchObject({ error: 'user_not_in_channel' })
  })

  it('links to a message on the page', async () => {
    const { slack, client } = await practice()
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'root' })
    const reply = await client.chat.postMessage({ channel: INCIDENTS, text: 'reply', thread_ts: ts })
    const link = await client.chat.getPermalink({ channel: INCIDENTS, message_ts: String(reply.ts) })
    expect(link.permalink).toBe(`${slack.url}/?channel=${INCIDENTS}&thread=${ts}`)
    const nowhere = client.chat.getPermalink({ channel: INCIDENTS, message_ts: '1.000001' })
    expect(await refusal(nowhere)).toMatchObject({ error: 'message_not_found' })
  })
})

function withoutScope(scope: string) {
  const { oauth_config, ...rest } = narrowManifest()
  return {
    ...rest,
    oauth_config: { scopes: { bot: oauth_config.scopes.bot.filter((one) => one !== scope) } },
  }
}
