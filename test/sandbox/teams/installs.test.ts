import { expect, test } from 'vitest'
import { startBot } from './bot.ts'
import { APP_ID, ask, at, ground, INCIDENTS, TENANT_ID } from './ground.ts'
import { message } from './samples.ts'

test('who installs the bot is told of to it in both ways', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  expect(await teams.person('olive').installs()).toMatchObject([{ status: 200 }, { status: 200 }])
  expect(bot.heard).toMatchObject([
    { type: 'conversationUpdate', membersAdded: [{ id: `28:${APP_ID}` }], conversation: { id: 'a:1-olive' } },
    { type: 'installationUpdate', action: 'add', from: { id: '29:1-olive' } },
  ])
})

test('a team tells in its General channel', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  await teams.person('ada').installs('team')
  const general = '19:practice-general@thread.tacv2'
  expect(bot.heard).toMatchObject([
    {
      type: 'conversationUpdate',
      conversation: { id: general, conversationType: 'channel' },
      channelData: { eventType: 'teamMemberAdded', team: { id: general }, tenant: { id: TENANT_ID } },
    },
    { type: 'installationUpdate', action: 'add' },
  ])
})

test('who removed the bot is not written to', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  await teams.person('olive').removes()
  expect(bot.heard).toMatchObject([{ type: 'installationUpdate', action: 'remove' }])
  const create = () =>
    ask(teams, 'POST', 'conversations', { members: [{ id: '29:1-olive' }], tenantId: TENANT_ID })
  const blocked = { status: 403, body: { error: { code: 'MessageWritesBlocked' } } }
  expect(await create()).toMatchObject(blocked)
  expect(await ask(teams, 'POST', at('a:1-olive', 'activities'), message('hi'))).toMatchObject(blocked)
  await teams.person('olive').installs()
  expect(await create()).toMatchObject({ status: 201 })
})

test('a bot that was removed from the team has no part in its channels', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  await teams.person('ada').removes('team')
  const asked = [
    await ask(teams, 'POST', at(INCIDENTS, 'activities'), message('hi')),
    await ask(teams, 'GET', at(INCIDENTS, 'members')),
    await ask(teams, 'GET', 'teams/19:practice-general@thread.tacv2'),
  ]
  for (const refused of asked)
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'BotNotInConversationRoster' } } })
  const { outcome } = await teams.person('olive').say('hello?', { channel: 'Incidents' })
  expect(outcome).toEqual({ kind: 'not-told' })
  expect(bot.heard.map(({ type }) => type)).toEqual(['conversationUpdate', 'installationUpdate'])
})
