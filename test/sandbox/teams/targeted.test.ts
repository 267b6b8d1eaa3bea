import { expect, test } from 'vitest'
import type { Teams } from '../../../src/sandbox/teams/start.ts'
import { startBot } from './bot.ts'
import { APP_ID, ask, at, ground, INCIDENTS } from './ground.ts'
import { APPROVE, cardOf, message, rawCard } from './samples.ts'

const targeted = (activity: object, id = '29:1-olive') => ({ ...activity, recipient: { id } })
const TARGETED = '?isTargetedActivity=true'

/** What the bot says in the channel to olive alone. */
async function whispered(teams: Teams, activity: object) {
  await ask(teams, 'POST', at(INCIDENTS, `activities${TARGETED}`), targeted(activity))
  return teams.until(() => teams.messages().at(-1))
}

test('a slash command needs no mention, and only who gave it sees it and its answer', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, {
    onMessage: ({ activity }) =>
      ask(
        teams,
        'POST',
        at(activity.conversation.id, `activities${TARGETED}`),
        targeted(rawCard(cardOf('Approve?', [APPROVE])), activity.from.id),
      ),
  })
  const [olive, avery] = [teams.person('olive'), teams.person('avery')]
  const { message: said, outcome } = await olive.say('status', { channel: 'Incidents', slash: true })
  expect(outcome).toMatchObject({ kind: 'answered', status: 200 })
  expect(bot.heard).toMatchObject([
    {
      type: 'message',
      text: 'status',
      recipient: { id: `28:${APP_ID}`, name: 'Lifeboat', isTargeted: true },
      conversation: { id: `${INCIDENTS};messageid=${said.id}`, conversationType: 'channel' },
      entities: [{ type: 'clientInfo' }],
    },
  ])
  const [, answer] = teams.messages(said.conversationId)
  if (!answer) throw new Error('There is no answer.')
  expect([said, answer]).toMatchObject([{ onlyFor: '29:1-olive' }, { onlyFor: '29:1-olive' }])
  expect(olive.sees(said)).toEqual({ kind: 'text', text: 'status' })
  expect(olive.sees(answer)).toMatchObject({ kind: 'card' })
  for (const hidden of [said, answer]) expect(avery.sees(hidden)).toEqual({ kind: 'nothing' })
  await expect(avery.press(answer, 'Approve')).rejects.toThrow('Avery Approver sees no card there')
  expect(bot.heard).toHaveLength(1)
})

test('what a bot answers without a target, everybody sees', async () => {
  const { teams } = await ground()
  await startBot(teams)
  const { message: said } = await teams.person('olive').say('hello', { channel: 'Incidents', slash: true })
  const echo = await teams.until(() => teams.messages().find(({ text }) => text === 'echo: hello'))
  expect(echo.conversationId).toBe(said.conversationId)
  expect(teams.person('avery').sees(echo)).toEqual({ kind: 'text', text: 'echo: hello' })
})

test('a slash command may be given in a thread, but not in a personal chat', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  const olive = teams.person('olive')
  const { message: root } = await teams
    .person('avery')
    .say('lunch?', { channel: 'Incidents', mention: false })
  const { message: said } = await olive.say('status', { thread: root, slash: true })
  expect(said).toMatchObject({ conversationId: root.conversationId, replyToId: root.id })
  expect(bot.heard).toMatchObject([{ recipient: { isTargeted: true }, replyToId: root.id }])
  await expect(olive.say('status', { slash: true })).rejects.toThrow('no slash commands in a personal chat')
})

test('what is not a slash command is for everybody', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, { onMessage: async () => {} })
  await teams.person('olive').say('hello', { channel: 'Incidents' })
  expect(bot.heard).toMatchObject([{ recipient: { id: `28:${APP_ID}` } }])
  expect(bot.heard[0]?.recipient).not.toHaveProperty('isTargeted')
  expect(teams.messages()[0]).not.toHaveProperty('onlyFor')
})

test('a targeted message needs somebody of the channel', async () => {
  const { teams } = await ground()
  const refusals = [
    [INCIDENTS, message('x'), 400, 'BadArgument'],
    [INCIDENTS, { ...message('x'), recipient: {} }, 400, 'BadArgument'],
    [INCIDENTS, targeted(message('x'), '29:1-nobody'), 404, 'MemberNotFoundInConversation'],
    [INCIDENTS, targeted(message('x'), 'olive'), 404, 'MemberNotFoundInConversation'],
    ['a:1-olive', targeted(message('x')), 400, 'BadArgument'],
  ] as const
  for (const [where, activity, status, code] of refusals)
    expect(await ask(teams, 'POST', at(where, `activities${TARGETED}`), activity)).toMatchObject({
      status,
      body: { error: { code } },
    })
  expect(teams.messages()).toEqual([])
  const recipient = teams.person('olive').account.aadObjectId
  const sent = await ask(
    teams,
    'POST',
    at(INCIDENTS, `activities${TARGETED}`),
    targeted(message('x'), recipient),
  )
  expect(sent).toMatchObject({ status: 201 })
  expect(teams.messages()).toMatchObject([{ onlyFor: '29:1-olive' }])
})

test('a reply may be targeted too', async () => {
  const { teams } = await ground()
  const { message: root } = await teams.person('olive').say('root', { channel: 'Incidents', mention: false })
  const path = at(root.conversationId, `activities/${root.id}${TARGETED}`)
  expect(await ask(teams, 'POST', path, targeted(message('x'), '29:1-val'))).toMatchObject({ status: 201 })
  expect(teams.messages(root.conversationId).at(-1)).toMatchObject({ text: 'x', onlyFor: '29:1-val' })
})

test('a targeted message is changed by targeted calls, and stays for whom it was', async () => {
  const { teams } = await ground()
  const whisper = await whispered(teams, message('psst'))
  const path = at(whisper.conversationId, `activities/${whisper.id}`)
  const lost = { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } }
  expect(await ask(teams, 'PUT', path, message('hey'))).toMatchObject(lost)
  expect(await ask(teams, 'DELETE', path)).toMatchObject(lost)
  const moved = await ask(teams, 'PUT', `${path}${TARGETED}`, targeted(message('hey'), '29:1-avery'))
  expect(moved).toMatchObject({ status: 400, body: { error: { code: 'BadArgument' } } })
  expect(await ask(teams, 'PUT', `${path}${TARGETED}`, message('hey'))).toMatchObject({ status: 200 })
  expect(teams.person('olive').sees(whisper)).toEqual({ kind: 'text', text: 'hey' })
  expect(teams.person('avery').sees(whisper)).toEqual({ kind: 'nothing' })
  expect(await ask(teams, 'DELETE', `${path}${TARGETED}`)).toMatchObject({ status: 200 })
  expect(teams.person('olive').sees(whisper)).toEqual({ kind: 'deleted' })
})

test('a message for everybody is not changed by targeted calls', async () => {
  const { teams } = await ground()
  await ask(teams, 'POST', at(INCIDENTS, 'activities'), message('hello'))
  const [root] = teams.messages()
  const path = at(INCIDENTS, `activities/${root?.id}${TARGETED}`)
  for (const method of ['PUT', 'DELETE'])
    expect(await ask(teams, method, path, message('x'))).toMatchObject({ status: 404 })
})

test('a targeted card is pressed, refreshed and answered by whom it is for alone', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, { onInvoke: async () => ({ status: 200 }) })
  const refresh = { userIds: ['29:1-olive', '29:1-avery'], action: { ...APPROVE, verb: 'look' } }
  const card = await whispered(teams, rawCard({ ...cardOf('Approve?', [APPROVE]), refresh }))
  const [olive, avery] = [teams.person('olive'), teams.person('avery')]
  expect(await avery.opens(card)).toBeUndefined()
  expect(await olive.opens(card)).toMatchObject({ status: 200 })
  expect(await olive.press(card, 'Approve')).toMatchObject({ status: 200 })
  expect(bot.heard.map(({ from }) => from)).toMatchObject([{ id: '29:1-olive' }, { id: '29:1-olive' }])
  await expect(avery.say('what?', { thread: card })).rejects.toThrow('sees no message')
  await expect(olive.say('what?', { thread: card })).rejects.toThrow('it is a targeted message')
})

test('what is said in a personal chat, nobody else sees', async () => {
  const { teams } = await ground()
  const { message: said } = await teams.person('olive').say('between us')
  expect(teams.person('olive').sees(said)).toMatchObject({ kind: 'text' })
  expect(teams.person('avery').sees(said)).toEqual({ kind: 'nothing' })
})
