import { describe, expect, it } from 'vitest'
import { declared } from './declared.ts'
import { practice, refusal } from './practice.ts'

const INCIDENTS = 'C0INCIDENTS'

describe('conversations', () => {
  it('are listed by their kind, page by page', async () => {
    const { client } = await practice()
    const all = await client.conversations.list({ types: 'public_channel,im', limit: 100 })
    expect(all.channels?.map(({ id }) => id)).toEqual([
      ...['C0INCIDENTS', 'C0PAYMENTS', 'C0GENERAL', 'D0OPERATOR', 'D0APPROVER', 'D0APPROVER2'],
      ...['D0VIEWER', 'D0ADMIN', 'D0GUEST'],
    ])
    const names: unknown[] = []
    for await (const page of client.paginate('conversations.list', { limit: 2 })) {
      names.push(...Object(page).channels.map(({ name }: { name: string }) => name))
    }
    expect(names).toEqual(['incidents', 'payments-dr', 'general'])
    expect(await refusal(client.conversations.list({ types: 'secret' }))).toMatchObject({
      error: 'invalid_types',
    })
    expect(await refusal(client.conversations.list({ cursor: 'nonsense' }))).toMatchObject({
      error: 'invalid_cursor',
    })
    expect(await refusal(client.conversations.list({ limit: 5_000 }))).toMatchObject({
      error: 'invalid_limit',
    })
  })

  it('say what they are and who is in them', async () => {
    const { client } = await practice()
    expect((await client.conversations.info({ channel: INCIDENTS })).channel).toMatchObject({
      name: 'incidents',
      is_member: true,
      is_archived: false,
      topic: { value: 'Where incidents are worked on' },
    })
    expect((await client.conversations.info({ channel: 'C0GENERAL' })).channel).toMatchObject({
      is_general: true,
      is_member: false,
    })
    expect((await client.conversations.members({ channel: 'D0VIEWER' })).members).toEqual([
      'U0VIEWER',
      'U0LIFEBOAT',
    ])
    expect(await refusal(client.conversations.info({ channel: 'C0NOWHERE' }))).toMatchObject({
      error: 'channel_not_found',
    })
  })

  it('need the scope of their kind', async () => {
    const own = ['commands', 'channels:read']
    const { client } = await practice({ manifest: declared({ scopes: own }) })
    const scopes = own.join(',')
    expect(await refusal(client.conversations.info({ channel: 'D0VIEWER' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'im:read',
      provided: scopes,
    })
    expect(await refusal(client.conversations.history({ channel: INCIDENTS }))).toMatchObject({
      error: 'missing_scope',
      needed: expect.stringContaining('channels:history'),
      provided: scopes,
    })
  })

  it('begin directly with one person, once', async () => {
    const { client } = await practice()
    const first = await client.conversations.open({ users: 'U0VIEWER' })
    expect(first).toMatchObject({ channel: { id: 'D0VIEWER' }, already_open: true })
    expect(await refusal(client.conversations.open({ users: 'U0NOBODY' }))).toMatchObject({
      error: 'user_not_found',
    })
    expect(await refusal(client.apiCall('conversations.open'))).toMatchObject({
      error: 'users_list_not_supplied',
    })
  })

  it('begin with nobody whose account is deactivated', async () => {
    const { slack, client } = await practice()
    const guest = slack.state.people().find(({ id }) => id === 'U0GUEST')
    if (guest) slack.state.putPerson({ ...guest, deactivated: true })
    expect(await refusal(client.conversations.open({ users: 'U0GUEST' }))).toMatchObject({
      error: 'user_disabled',
    })
    const lookup = client.users.lookupByEmail({ email: 'gale@example.com' })
    expect(await refusal(lookup)).toMatchObject({ error: 'users_not_found' })
  })

  it('make a war room: created, filled, titled, pinned, bookmarked and archived', async () => {
    const { slack, client } = await practice()
    const created = await client.conversations.create({ name: 'dr-drill-payments' })
    const channel = String(created.channel?.id)
    await client.conversations.invite({ channel, users: 'U0OPERATOR,U0APPROVER' })
    await client.conversations.setTopic({ channel, topic: 'DRILL · payments' })
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'Headline' })
    await client.pins.add({ channel, timestamp: ts })
    const bookmark = await client.bookmarks.add({
      channel_id: channel,
      title: 'Plan',
      type: 'link',
      link: 'https://example.com',
    })
    expect(bookmark.bookmark).toMatchObject({ title: 'Plan', channel_id: channel })
    await client.reactions.add({ channel, timestamp: ts, name: 'eyes' })
    const { messages } = await client.conversations.history({ channel })
    expect(messages).toMatchObject([
      { text: 'Headline', pinned_to: [channel], reactions: [{ name: 'eyes', count: 1 }] },
    ])
    expect(slack.person('U0OPERATOR').messages(channel)).toHaveLength(1)
    expect(slack.person('U0VIEWER').messages(channel)).toHaveLength(0)
    await client.conversations.archive({ channel })
    expect(await refusal(client.conversations.setTopic({ channel, topic: 'x' }))).toMatchObject({
      error: 'is_archived',
    })
    expect(await slack.person('U0OPERATOR').say(channel, 'anybody?')).toMatchObject({ ok: false })
  })

  it.each([
    ['name_taken', 'conversations.create', { name: 'incidents' }],
    ['invalid_name_required', 'conversations.create', { name: '' }],
    ['invalid_name_maxlength', 'conversations.create', { name: 'x'.repeat(81) }],
    ['invalid_name_specials', 'conversations.create', { name: 'War Room' }],
    ['invalid_name_punctuation', 'conversations.create', { name: '--' }],
    ['already_in_channel', 'conversations.invite', { channel: INCIDENTS, users: 'U0VIEWER' }],
    ['cant_invite_self', 'conversations.invite', { channel: INCIDENTS, users: 'U0LIFEBOAT' }],
    ['user_not_found', 'conversations.invite', { channel: INCIDENTS, users: 'U0NOBODY' }],
    ['no_user', 'conversations.invite', { channel: INCIDENTS, users: '' }],
    ['not_in_channel', 'conversations.invite', { channel: 'C0GENERAL', users: 'U0VIEWER' }],
    ['too_long', 'conversations.setTopic', { channel: INCIDENTS, topic: 'x'.repeat(251) }],
    ['method_not_supported_for_channel_type', 'conversations.archive', { channel: 'D0VIEWER' }],
    ['cant_archive_general', 'conversations.archive', { channel: 'C0GENERAL' }],
    ['channel_not_found', 'conversations.join', { channel: 'C0NOWHERE' }],
    ['method_not_supported_for_channel_type', 'conversations.join', { channel: 'D0VIEWER' }],
    ['no_item_specified', 'pins.add', { channel: INCIDENTS }],
    ['bad_timestamp', 'pins.add', { channel: INCIDENTS, timestamp: 'noon' }],
    ['message_not_found', 'pins.add', { channel: INCIDENTS, timestamp: '1.000001' }],
    ['invalid_bookmark_type', 'bookmarks.add', { channel_id: INCIDENTS, title: 'x', type: 'file' }],
    [
      'invalid_link',
      'bookmarks.add',
      { channel_id: INCIDENTS, title: 'x', type: 'link', link: 'javascript:alert(1)' },
    ],
    ['message_not_found', 'reactions.add', { channel: INCIDENTS, timestamp: '1.000001', name: 'eyes' }],
    ['channel_not_found', 'chat.getPermalink', { channel: 'C0NOWHERE', message_ts: '1.000001' }],
  ])('answer %s to %s with %j', async (error, method, args) => {
    const { client } = await practice()
    expect(await refusal(client.apiCall(method, args))).toMatchObject({ error })
  })

  it('refuse the same pin, reaction and archiving twice', async () => {
    const { client } = await practice()
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'x' })
    const pin = () => client.pins.add({ channel: INCIDENTS, timestamp: ts })
    const react = (name: string) => client.reactions.add({ channel: INCIDENTS, timestamp: ts, name })
    await pin()
    await react('eyes')
    expect(await refusal(pin())).toMatchObject({ error: 'already_pinned' })
    expect(await refusal(react('eyes'))).toMatchObject({ error: 'already_reacted' })
    expect(await refusal(react('No Such'))).toMatchObject({ error: 'invalid_name' })
    await client.conversations.archive({ channel: INCIDENTS })
    expect(await refusal(client.conversations.archive({ channel: INCIDENTS }))).toMatchObject({
      error: 'already_archived',
    })
    expect(await refusal(client.conversations.join({ channel: INCIDENTS }))).toMatchObject({
      error: 'is_archived',
    })
  })

  it('invite those who can be invited when told to go on', async () => {
    const { client } = await practice()
    await client.conversations.join({ channel: 'C0GENERAL' })
    const { channel } = await client.conversations.create({ name: 'room' })
    const invited = await client.conversations.invite({
      channel: String(channel?.id),
      users: 'U0NOBODY,U0VIEWER',
      force: true,
    })
    expect(invited).toMatchObject({ ok: true, errors: [{ user: 'U0NOBODY', error: 'user_not_found' }] })
    const { members } = await client.conversations.members({ channel: String(channel?.id) })
    expect(members).toEqual(['U0LIFEBOAT', 'U0VIEWER'])
  })
})

describe('history', () => {
  it('gives the newest first, without replies, and metadata only when asked', async () => {
    const { client } = await practice()
    const metadata = { event_type: 'card', event_payload: { task: 'dns', ids: [{ a: 1 }] } }
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'root', metadata })
    await client.chat.postMessage({ channel: INCIDENTS, text: 'reply', thread_ts: ts, metadata })
    const shown = await client.chat.postMessage({
      channel: INCIDENTS,
      text: 'both',
      thread_ts: ts,
      reply_broadcast: true,
    })
    const history = await client.conversations.history({ channel: INCIDENTS, include_all_metadata: true })
    expect(history.messages).toMatchObject([
      { text: 'both', thread_ts: ts },
      { text: 'root', reply_count: 2, metadata },
    ])
    const thread = await client.conversations.replies({ channel: INCIDENTS, ts, include_all_metadata: true })
    expect(thread.messages).toMatchObject([
      { text: 'root' },
      { text: 'reply', metadata, parent_user_id: 'U0LIFEBOAT' },
      { text: 'both' },
    ])
    const bare = await client.conversations.replies({ channel: INCIDENTS, ts })
    expect(bare.messages?.[0]).not.toHaveProperty('metadata')
    const later = await client.conversations.history({ channel: INCIDENTS, oldest: ts })
    expect(later.messages?.map(({ ts }) => ts)).toEqual([shown.ts])
    const upTo = await client.conversations.history({ channel: INCIDENTS, latest: ts, inclusive: true })
    expect(upTo.messages?.map(({ ts }) => ts)).toEqual([ts])
  })

  it.each([
    ['not_in_channel', 'conversations.history', { channel: 'C0GENERAL' }],
    ['channel_not_found', 'conversations.history', { channel: 'C0NOWHERE' }],
    ['invalid_ts_oldest', 'conversations.history', { channel: INCIDENTS, oldest: 'noon' }],
    ['invalid_ts_latest', 'conversations.history', { channel: INCIDENTS, latest: 'noon' }],
    ['thread_not_found', 'conversations.replies', { channel: INCIDENTS, ts: '1.000001' }],
  ])('answers %s to %s with %j', async (error, method, args) => {
    const { client } = await practice()
    expect(await refusal(client.apiCall(method, args))).toMatchObject({ error })
  })
})

describe('people', () => {
  it('are found by id, in the list and by e-mail', async () => {
    const { client } = await practice()
    expect((await client.users.info({ user: 'U0VIEWER' })).user).toMatchObject({
      name: 'val',
      real_name: 'Val Viewer',
      tz: 'Asia/Tokyo',
      tz_offset: 9 * 3600,
      profile: { email: 'val@example.com' },
    })
    expect((await client.users.list({})).members?.map(({ is_bot }) => is_bot)).toEqual([
      ...Array(6).fill(false),
      true,
    ])
    expect((await client.users.lookupByEmail({ email: 'Ada@example.com' })).user).toMatchObject({
      id: 'U0ADMIN',
      is_admin: true,
    })
    expect(await refusal(client.users.info({ user: 'U0NOBODY' }))).toMatchObject({ error: 'user_not_found' })
  })

  it('stand in user groups, which change while the app runs', async () => {
    const { slack, client } = await practice()
    expect((await client.usergroups.list({ include_users: true })).usergroups).toMatchObject([
      { id: 'S0DRAPPROVERS', handle: 'dr-approvers', users: ['U0APPROVER', 'U0APPROVER2'] },
    ])
    const [group] = slack.state.userGroups()
    if (group) slack.state.putUserGroup({ ...group, members: ['U0APPROVER'] })
    expect((await client.usergroups.users.list({ usergroup: 'S0DRAPPROVERS' })).users).toEqual(['U0APPROVER'])
    expect(await refusal(client.usergroups.users.list({ usergroup: 'S0NONE' }))).toMatchObject({
      error: 'no_such_subteam',
    })
  })
})
