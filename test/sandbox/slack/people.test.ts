import { describe, expect, it } from 'vitest'
import { declared } from './declared.ts'
import { boltApp, practice, refusal } from './practice.ts'
import { recordingApp } from './recording-app.ts'

const INCIDENTS = 'C0INCIDENTS'
const ground = (own = {}) => practice({ manifest: declared(own) })
type Heard = Awaited<ReturnType<typeof recordingApp>>
const events = ({ deliveries }: Heard) =>
  deliveries.filter(({ body }) => body.startsWith('{')).map(({ body }) => JSON.parse(body).event)

describe('what people do', () => {
  it('tells of a reaction put and taken away, once each', async () => {
    const { slack, client } = await ground()
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'Is it back?' })
    const app = await recordingApp(slack)
    const val = slack.person('U0VIEWER')
    const on = { channel: INCIDENTS, ts }
    for (const deed of [val.react, val.react, val.unreact, val.unreact]) await deed(on, 'eyes')
    await client.reactions.add({ channel: INCIDENTS, timestamp: ts, name: 'eyes' })
    await slack.person('U0ADMIN').react(on, 'eyes')
    await app.heard(3)
    const item = { type: 'message', channel: INCIDENTS, ts }
    const common = { reaction: 'eyes', item_user: 'U0LIFEBOAT', item }
    expect(events(app)).toMatchObject([
      { type: 'reaction_added', user: 'U0VIEWER', ...common },
      { type: 'reaction_removed', user: 'U0VIEWER', ...common },
      { type: 'reaction_added', user: 'U0ADMIN', ...common },
    ])
    expect(val.messages(INCIDENTS)[0]?.reactions).toEqual([
      { name: 'eyes', users: ['U0LIFEBOAT', 'U0ADMIN'] },
    ])
    await client.reactions.remove({ channel: INCIDENTS, timestamp: ts, name: 'eyes' })
    const again = client.reactions.remove({ channel: INCIDENTS, timestamp: ts, name: 'eyes' })
    expect(await refusal(again)).toMatchObject({ error: 'no_reaction' })
  })

  it('tells of who joins and who is invited, with the app itself', async () => {
    const { slack, client } = await ground()
    const app = await recordingApp(slack)
    const { channel } = await client.conversations.create({ name: 'dr-payments' })
    const id = String(channel?.id)
    await client.conversations.invite({ channel: id, users: 'U0OPERATOR' })
    expect(await slack.person('U0VIEWER').join(id)).toEqual({ ok: true })
    expect(slack.person('U0VIEWER').channels()).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ id })]),
    )
    await client.conversations.join({ channel: 'C0GENERAL' })
    await app.heard(3)
    const joined = { type: 'member_joined_channel', channel_type: 'C', team: 'T0PRACTICE' }
    const heard = events(app)
    expect(heard).toMatchObject([
      { ...joined, channel: id, user: 'U0OPERATOR', inviter: 'U0LIFEBOAT' },
      { ...joined, channel: id, user: 'U0VIEWER' },
      { ...joined, channel: 'C0GENERAL', user: 'U0LIFEBOAT' },
    ])
    expect(heard[1]).not.toHaveProperty('inviter')
  })

  it('is kept from who may not join: of private channels and archived ones, and guests', async () => {
    const { slack, client } = await ground()
    const secret = await client.conversations.create({ name: 'secret', is_private: true })
    const id = String(secret.channel?.id)
    const val = slack.person('U0VIEWER')
    expect(await val.join(id)).toEqual({ ok: false, error: `There is no public channel ${id}.` })
    const open = await client.conversations.create({ name: 'open' })
    const guest = await slack.person('U0GUEST').join(String(open.channel?.id))
    expect(guest).toMatchObject({ error: 'Guests are invited to channels, they do not join them.' })
    await client.conversations.archive({ channel: String(open.channel?.id) })
    expect(await val.join(String(open.channel?.id))).toEqual({ ok: false, error: '#open is archived.' })
  })

  it.each([
    ['nothing without a subscription', { events: [] }, 0],
    ['nothing without the scope', { scopes: ['chat:write', 'reactions:write'] }, 0],
    ['everything with both', {}, 3],
  ])('tells %s', async (_what, own, count) => {
    const { slack } = await ground(own)
    const app = await recordingApp(slack)
    const val = slack.person('U0VIEWER')
    await val.say(INCIDENTS, '@rehearser status')
    const [message] = val.messages(INCIDENTS)
    if (message) await val.react(message, 'eyes')
    // By the time that two commands have come back, an event would have come, too.
    for (const text of ['/dr one', '/dr two']) await slack.person('U0ADMIN').say(INCIDENTS, text)
    if (count > 0) await app.heard(count)
    const types = events(app).map(({ type }) => type)
    expect(types.toSorted()).toEqual(count > 0 ? ['app_mention', 'message', 'reaction_added'] : [])
  })
})

describe('a shortcut', () => {
  it('opens a modal from anywhere, and speaks under the message it was chosen on', async () => {
    const { slack, client } = await ground()
    const heard: unknown[] = []
    await boltApp(slack, (app) => {
      app.shortcut({ type: 'shortcut', callback_id: 'drill' }, async ({ ack, shortcut, client: real }) => {
        await ack()
        heard.push(shortcut)
        const title = { type: 'plain_text' as const, text: 'Drill' }
        await real.views.open({ trigger_id: shortcut.trigger_id, view: { type: 'modal', title, blocks: [] } })
      })
      app.shortcut({ type: 'message_action', callback_id: 'note' }, async ({ ack, shortcut, respond }) => {
        await ack()
        heard.push(shortcut)
        await respond('noted')
      })
    })
    const val = slack.person('U0VIEWER')
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'The replica is behind' })
    expect(await val.shortcut('drill')).toEqual({ ok: true })
    await slack.until(() => val.views()[0])
    expect(await val.shortcut('note', { channel: INCIDENTS, ts })).toEqual({ ok: true })
    await slack.until(() => val.ephemerals(INCIDENTS)[0])
    expect(heard).toMatchObject([
      { type: 'shortcut', callback_id: 'drill', user: { id: 'U0VIEWER' }, team: { id: 'T0PRACTICE' } },
      {
        type: 'message_action',
        callback_id: 'note',
        channel: { id: INCIDENTS, name: 'incidents' },
        message_ts: ts,
        message: { text: 'The replica is behind' },
        response_url: expect.stringContaining('/response/'),
      },
    ])
    expect(heard[0]).not.toHaveProperty('channel')
  })

  it('is delivered as any click is, faults included, and only if it was declared', async () => {
    const { slack } = await ground()
    const val = slack.person('U0VIEWER')
    expect(await val.shortcut('note')).toMatchObject({ error: 'Rehearser has no global shortcut "note".' })
    expect(await val.shortcut('drill')).toMatchObject({
      error: 'Start a drill failed with the error dispatch_failed.',
    })
    const app = await recordingApp(slack)
    slack.setFaults({ deliveries: [{ kind: 'duplicate', of: 'shortcut', times: 1 }] })
    await val.shortcut('drill')
    expect(app.deliveries).toHaveLength(2)
  })
})

describe('whether somebody is there', () => {
  it('is what they say', async () => {
    const { slack, client, clock } = await ground()
    const presence = async () => (await client.users.getPresence({ user: 'U0VIEWER' })).presence
    const quiet = () => client.dnd.info({ user: 'U0VIEWER' })
    expect([await presence(), (await quiet()).dnd_enabled]).toEqual(['active', false])
    await slack.person('U0VIEWER').setPresence('away')
    expect([await presence(), (await quiet()).dnd_enabled]).toEqual(['away', false])
    await slack.person('U0VIEWER').setPresence('dnd')
    const { dnd_enabled, next_dnd_start_ts = 0, next_dnd_end_ts = 0 } = await quiet()
    const now = clock.now().getTime() / 1000
    expect([await presence(), dnd_enabled, next_dnd_start_ts <= now, next_dnd_end_ts > now]).toEqual([
      ...['active', true, true, true],
    ])
    expect(await refusal(client.dnd.info({ user: 'U0NOBODY' }))).toMatchObject({ error: 'user_not_found' })
  })

  it('goes with where they are, and in which language', async () => {
    const { client } = await ground()
    const { user } = await client.users.info({ user: 'U0VIEWER', include_locale: true })
    expect(user).toMatchObject({ tz: 'Asia/Tokyo', tz_offset: 9 * 3600, locale: 'en-US' })
    expect((await client.users.info({ user: 'U0VIEWER' })).user).not.toHaveProperty('locale')
  })
})
