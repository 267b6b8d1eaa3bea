import { describe, expect, it } from 'vitest'
import { sampleWorkspace } from '../../../src/sandbox/slack/sample-workspace.ts'
import { declared } from './declared.ts'
import { practice, refusal } from './practice.ts'
import { task } from './samples.ts'

const INCIDENTS = 'C0INCIDENTS'
const ground = () => practice({ manifest: declared() })

async function room() {
  const { client, ...rest } = await ground()
  const { channel } = await client.conversations.create({ name: 'dr-payments' })
  const id = String(channel?.id)
  await client.conversations.invite({ channel: id, users: 'U0OPERATOR,U0APPROVER' })
  return { ...rest, client, id }
}

describe('a war room', () => {
  it('is at once among the channels of those invited, and gone from those who are taken out', async () => {
    const { slack, client, id } = await room()
    const has = (person: string) =>
      slack
        .person(person)
        .channels()
        .some((channel) => channel.id === id)
    expect(['U0OPERATOR', 'U0APPROVER', 'U0VIEWER'].map(has)).toEqual([true, true, false])
    await client.conversations.kick({ channel: id, user: 'U0APPROVER' })
    expect(has('U0APPROVER')).toBe(false)
    const own = await client.users.conversations({ user: 'U0OPERATOR' })
    expect(own.channels?.map(({ name }) => name)).toEqual([
      'incidents',
      'payments-dr',
      'general',
      'dr-payments',
    ])
    expect(own.channels?.[0]).not.toHaveProperty('num_members')
    expect((await client.users.conversations({})).channels?.map(({ name }) => name)).not.toContain('general')
  })

  it('is renamed, and says what it is for', async () => {
    const { client, id } = await room()
    await client.conversations.rename({ channel: id, name: 'dr-payments-done' })
    await client.conversations.setPurpose({ channel: id, purpose: 'Payments moves to the west' })
    expect((await client.conversations.info({ channel: id })).channel).toMatchObject({
      name: 'dr-payments-done',
      purpose: { value: 'Payments moves to the west' },
    })
  })

  it('is left by the app, which is told when it was not there', async () => {
    const { client, id } = await room()
    await client.conversations.leave({ channel: id })
    expect(await client.conversations.leave({ channel: id })).toMatchObject({ not_in_channel: true })
  })

  it('cannot be opened again by an app that archived it, because Slack takes it out', async () => {
    const { slack, client, id } = await room()
    await client.conversations.archive({ channel: id })
    expect(await refusal(client.conversations.unarchive({ channel: id }))).toMatchObject({
      error: 'not_in_channel',
    })
    const channel = slack.state.channel(id)
    if (channel) slack.state.putChannel({ ...channel, members: [...channel.members, 'U0LIFEBOAT'] })
    await client.conversations.unarchive({ channel: id })
    expect(await refusal(client.conversations.unarchive({ channel: id }))).toMatchObject({
      error: 'not_archived',
    })
  })

  it('has its pins and bookmarks listed, changed and taken away', async () => {
    const { slack, client, id } = await room()
    const posted = await Promise.all(
      ['one', 'two'].map((text) => client.chat.postMessage({ channel: id, text })),
    )
    for (const { ts = '' } of posted) await client.pins.add({ channel: id, timestamp: ts })
    const { items } = await client.pins.list({ channel: id })
    expect(items).toMatchObject([
      { type: 'message', message: { text: 'two', pinned_to: [id] } },
      { message: { text: 'one' } },
    ])
    const [first] = posted
    await client.pins.remove({ channel: id, timestamp: String(first?.ts) })
    const again = client.pins.remove({ channel: id, timestamp: String(first?.ts) })
    expect(await refusal(again)).toMatchObject({ error: 'no_pin' })
    expect(slack.person('U0OPERATOR').channels().at(-1)?.pins).toEqual([posted[1]?.ts])

    const link = 'https://example.com/plan'
    const added = await client.bookmarks.add({ channel_id: id, title: 'Plan', type: 'link', link })
    const bookmark = { channel_id: id, bookmark_id: String(Object(added.bookmark).id) }
    await client.bookmarks.edit({ ...bookmark, title: 'The plan', emoji: ':memo:' })
    const listed = await client.bookmarks.list({ channel_id: id })
    expect(listed.bookmarks).toMatchObject([{ title: 'The plan', link, emoji: ':memo:' }])
    await client.bookmarks.remove(bookmark)
    expect(await refusal(client.bookmarks.remove(bookmark))).toMatchObject({ error: 'not_found' })
  })

  it.each([
    ['name_taken', 'conversations.rename', { name: 'incidents' }],
    ['invalid_name_specials', 'conversations.rename', { name: 'War Room' }],
    ['too_long', 'conversations.setPurpose', { purpose: 'x'.repeat(251) }],
    ['cant_kick_self', 'conversations.kick', { user: 'U0LIFEBOAT' }],
    ['not_in_channel', 'conversations.kick', { user: 'U0VIEWER' }],
    ['user_not_found', 'conversations.kick', { user: 'U0NOBODY' }],
    ['not_archived', 'conversations.unarchive', {}],
    ['method_not_supported_for_channel_type', 'conversations.leave', { channel: 'D0VIEWER' }],
    ['cant_leave_general', 'conversations.leave', { channel: 'C0GENERAL' }],
    ['not_in_channel', 'conversations.rename', { channel: 'C0GENERAL', name: 'x' }],
    ['channel_not_found', 'pins.list', { channel: 'C0NOWHERE' }],
    ['not_found', 'bookmarks.edit', { channel_id: INCIDENTS, bookmark_id: 'Bk0' }],
    ['no_such_subteam', 'usergroups.users.list', { usergroup: 'S0NONE' }],
    ['user_not_found', 'users.conversations', { user: 'U0NOBODY' }],
    ['invalid_types', 'users.conversations', { types: 'secret' }],
  ])('answers %s to %s with %j', async (error, method, args) => {
    const { client, id } = await room()
    expect(await refusal(client.apiCall(method, { channel: id, ...args }))).toMatchObject({ error })
  })

  it('keeps the last member in', async () => {
    const { client } = await ground()
    const { channel } = await client.conversations.create({ name: 'alone' })
    const leaving = client.conversations.leave({ channel: String(channel?.id) })
    expect(await refusal(leaving)).toMatchObject({ error: 'last_member' })
  })
})

describe('a workspace that has no new blocks yet', () => {
  it('refuses plans and task cards as kinds it does not know', async () => {
    const classic = await practice({ workspace: { ...sampleWorkspace, blocks: 'classic' } })
    const modern = await practice()
    const blocks = [{ type: 'divider' }, { type: 'plan', title: 'Steps', tasks: [task()] }, task()]
    const post = ({ client }: typeof modern) =>
      client.apiCall('chat.postMessage', { channel: INCIDENTS, text: 'x', blocks })
    expect(await post(modern)).toMatchObject({ ok: true })
    expect(await refusal(post(classic))).toMatchObject({
      error: 'invalid_blocks',
      errors: [
        'unsupported type: plan [json-pointer:/blocks/1/type]',
        'unsupported type: task_card [json-pointer:/blocks/2/type]',
      ],
    })
  })
})
