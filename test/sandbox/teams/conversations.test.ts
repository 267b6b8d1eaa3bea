import { TeamsInfo } from 'botbuilder'
import { expect, test } from 'vitest'
import { startBot } from './bot.ts'
import { APP_ID, ground, INCIDENTS, TENANT_ID } from './ground.ts'
import { textMessage } from './samples.ts'

test('a mention in a channel begins a thread, and the bot answers in it', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  const { message, outcome } = await teams.person('olive').say('hello', { channel: 'Incidents' })
  expect(outcome).toMatchObject({ kind: 'answered', status: 200 })
  const thread = `${INCIDENTS};messageid=${message.id}`
  expect(teams.messages(thread)).toMatchObject([
    { id: message.id, text: '<at>Lifeboat</at> hello', from: '29:1-olive' },
    { text: 'echo: hello', from: `28:${APP_ID}`, replyToId: message.id },
  ])
  expect(bot.heard).toMatchObject([
    {
      type: 'message',
      id: message.id,
      serviceUrl: teams.serviceUrl,
      channelId: 'msteams',
      localTimezone: 'America/New_York',
      from: { id: '29:1-olive', aadObjectId: '00000000-0000-4000-8000-000000000001' },
      recipient: { id: `28:${APP_ID}`, name: 'Lifeboat' },
      conversation: { id: thread, conversationType: 'channel', isGroup: true, tenantId: TENANT_ID },
      channelData: { tenant: { id: TENANT_ID }, channel: { id: INCIDENTS } },
      entities: [
        { type: 'mention', mentioned: { id: `28:${APP_ID}` }, text: '<at>Lifeboat</at>' },
        { type: 'clientInfo', locale: 'en-US', timezone: 'America/New_York' },
      ],
    },
  ])
})

test('who replies in a thread is answered there', async () => {
  const { teams } = await ground()
  await startBot(teams)
  const { message } = await teams.person('olive').say('one', { channel: 'Incidents' })
  await teams.person('avery').say('two', { thread: message })
  const texts = teams.messages(message.conversationId).map(({ text }) => text)
  expect(texts).toEqual(['<at>Lifeboat</at> one', 'echo: one', '<at>Lifeboat</at> two', 'echo: two'])
  expect(teams.conversations()).toMatchObject([{ kind: 'thread', rootId: message.id }])
})

test('in a channel a bot does not hear what does not mention it', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  const said = await teams.person('olive').say('lunch?', { channel: 'Incidents', mention: false })
  expect(said.outcome).toEqual({ kind: 'not-told' })
  expect(bot.heard).toEqual([])
})

test('the personal chat needs no mention', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  await teams.person('blake').say('hello')
  expect(teams.messages('a:1-blake').map(({ text }) => text)).toEqual(['hello', 'echo: hello'])
  expect(bot.heard).toMatchObject([
    {
      conversation: { id: 'a:1-blake', conversationType: 'personal', tenantId: TENANT_ID },
      localTimezone: 'Europe/Berlin',
      localTimestamp: expect.stringMatching(/\+0[12]:00$/),
    },
  ])
})

test('a kept reference continues a thread, and a personal chat, without anybody having spoken', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  const { message } = await teams.person('olive').say('hello', { channel: 'Incidents' })
  await teams.person('val').say('hello')
  for (const reference of bot.references)
    await bot.adapter.continueConversationAsync(APP_ID, reference, async (context) => {
      await context.sendActivity('later')
    })
  expect(teams.messages(message.conversationId).at(-1)?.text).toBe('later')
  expect(teams.messages('a:1-val').at(-1)?.text).toBe('later')
})

test('a new thread is begun in a channel by its id', async () => {
  const { teams } = await ground()
  let begun: unknown
  await startBot(teams, {
    onMessage: async (context) => {
      const [reference, id] = await TeamsInfo.sendMessageToTeamsChannel(
        context,
        textMessage('war room'),
        INCIDENTS,
        APP_ID,
      )
      begun = { conversation: reference.conversation.id, id }
    },
  })
  await teams.person('olive').say('war')
  const root = await teams.until(() => teams.messages().find(({ text }) => text === 'war room'))
  expect(root.conversationId).toBe(`${INCIDENTS};messageid=${root.id}`)
  expect(begun).toMatchObject({ conversation: root.conversationId })
})

test('the chat with a person is the same each time, by MRI and by directory id', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  for (const id of ['29:1-avery', teams.person('avery').account.aadObjectId])
    await bot.adapter.createConversationAsync(
      APP_ID,
      'msteams',
      teams.serviceUrl,
      '',
      {
        isGroup: false,
        members: [{ id, name: '' }],
        bot: { id: `28:${APP_ID}`, name: 'Lifeboat' },
        tenantId: TENANT_ID,
        channelData: { tenant: { id: TENANT_ID } },
        activity: textMessage('hi'),
      },
      async () => {},
    )
  expect(teams.messages('a:1-avery').map(({ text }) => text)).toEqual(['hi', 'hi'])
})

test('a bot reads who is there', async () => {
  const { teams } = await ground()
  const found: unknown[] = []
  await startBot(teams, {
    onMessage: async (context) => {
      found.push(await TeamsInfo.getMember(context, context.activity.from.id))
      found.push((await TeamsInfo.getPagedMembers(context)).members.length)
      found.push((await TeamsInfo.getTeamChannels(context)).map(({ name }) => name))
      found.push((await TeamsInfo.getTeamDetails(context)).name)
    },
  })
  await teams.person('gale').say('who', { channel: 'Incidents' })
  expect(found).toMatchObject([
    { email: 'gale@example.com', userRole: 'guest', givenName: 'Gale', surname: 'Guest' },
    6,
    [undefined, 'Incidents', 'Payments DR'],
    'Example Corp (practice)',
  ])
})
