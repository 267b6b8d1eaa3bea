import { expect, test } from 'vitest'
import { startBot } from './bot.ts'
import { APP_ID, ask, at, ground, INCIDENTS, TENANT_ID } from './ground.ts'
import { APPROVE, cardOf, message, rawCard } from './samples.ts'

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

test('a card that a removed bot left behind tells it nothing', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, { onInvoke: async () => ({ status: 200 }) })
  const [olive, ada] = [teams.person('olive'), teams.person('ada')]
  const refresh = { userIds: [olive.account.mri], action: APPROVE }
  const card = rawCard({ ...cardOf('Approve?', [APPROVE]), refresh })
  const places = [
    ['a:1-olive', () => olive.removes(), () => olive.installs()],
    [INCIDENTS, () => ada.removes('team'), () => ada.installs('team')],
  ] as const
  for (const [place, remove, comeBack] of places) {
    await ask(teams, 'POST', at(place, 'activities'), card)
    const left = await teams.until(() => teams.messages().at(-1))
    await remove()
    const heard = bot.heard.length
    const presses = [
      await olive.press(left, 'Approve'),
      await olive.press(left, 'Approve', {}, { as: 'submit' }),
      await olive.opens(left),
    ]
    for (const pressed of presses) expect(pressed).toEqual({ kind: 'not-told' })
    expect(bot.heard).toHaveLength(heard)
    await comeBack()
    expect(await olive.press(left, 'Approve')).toMatchObject({ kind: 'answered', status: 200 })
  }
})

test('neither a file nor a slash command reaches a bot that was removed', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  const [olive, ada] = [teams.person('olive'), teams.person('ada')]
  const contentType = 'application/vnd.microsoft.teams.card.file.consent'
  const offer = { contentType, name: 'a.md', content: { description: 'A report', sizeInBytes: 1 } }
  await ask(teams, 'POST', at('a:1-olive', 'activities'), { type: 'message', attachments: [offer] })
  const offered = await teams.until(() => teams.messages().at(0))
  await olive.removes()
  await ada.removes('team')
  const heard = bot.heard.length
  expect(await olive.answersFile(offered, 'accept')).toEqual({ kind: 'not-told' })
  const { outcome } = await olive.say('status', { channel: 'Incidents', slash: true })
  expect(outcome).toEqual({ kind: 'not-told' })
  expect(bot.heard).toHaveLength(heard)
})
