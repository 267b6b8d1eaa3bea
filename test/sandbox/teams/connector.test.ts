import { expect, test } from 'vitest'
import { z } from 'zod'
import { sampleTenant } from '../../../src/sandbox/teams/sample-tenant.ts'
import { startBot } from './bot.ts'
import { APP_ID, ask, at, fetchToken, ground, INCIDENTS, TENANT_ID, tokenOf } from './ground.ts'
import { APPROVE, cardMessage, cardOf, message, rawCard } from './samples.ts'

const code = (named: string) => ({ error: { code: named } })
const ALL = at(INCIDENTS, 'activities')

test('a wrong secret gets no token', async () => {
  const { teams } = await ground()
  const response = await fetchToken(teams, 'guessed')
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ error: 'invalid_client' })
})

test('without a token that was given out here and is still good, nothing is answered', async () => {
  const { teams, clock } = await ground()
  const { teams: others } = await ground()
  const own = await tokenOf(teams)
  for (const token of ['', 'guessed', await tokenOf(others)])
    expect(await ask(teams, 'POST', ALL, message('hi'), token)).toMatchObject({ status: 401 })
  expect(await ask(teams, 'POST', ALL, message('hi'), own)).toMatchObject({ status: 201 })
  clock.advance(3_600_000)
  expect(await ask(teams, 'POST', ALL, message('hi'), own)).toMatchObject({ status: 401 })
})

test('a message to a channel begins a thread, to a thread continues it', async () => {
  const { teams } = await ground()
  await ask(teams, 'POST', ALL, message('root'))
  const root = await teams.until(() => teams.messages().at(0))
  await ask(teams, 'POST', at(root.conversationId, `activities/${root.id}`), message('reply'))
  expect(teams.messages(`${INCIDENTS};messageid=${root.id}`).map(({ text }) => text)).toEqual([
    'root',
    'reply',
  ])
})

test('ids are moments and never come twice', async () => {
  const { teams, clock } = await ground()
  for (const text of ['one', 'two']) await ask(teams, 'POST', ALL, message(text))
  const now = clock.now().getTime()
  expect(teams.messages().map(({ id }) => Number(id))).toEqual([now, now + 1])
})

test('a deleted message is gone, and cannot be changed', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams)
  await teams.person('olive').say('hello')
  const echo = await teams.until(() => teams.messages().find(({ text }) => text === 'echo: hello'))
  const [reference] = bot.references
  await bot.adapter.continueConversationAsync(APP_ID, reference ?? {}, async (context) => {
    await context.deleteActivity(echo.id)
  })
  expect(teams.person('olive').sees(echo)).toEqual({ kind: 'deleted' })
  for (const method of ['PUT', 'DELETE'])
    expect(await ask(teams, method, at('a:1-olive', `activities/${echo.id}`), message('x'))).toMatchObject({
      status: 404,
      body: code('ActivityNotFoundInConversation'),
    })
})

test('a bot changes only its own messages, where they are', async () => {
  const { teams } = await ground()
  const { message: said } = await teams.person('olive').say('hello', { channel: 'Incidents' })
  const path = `activities/${said.id}`
  expect(await ask(teams, 'PUT', at(said.conversationId, path), message('x'))).toMatchObject({ status: 403 })
  expect(await ask(teams, 'PUT', at('a:1-olive', path), message('x'))).toMatchObject({ status: 404 })
})

test('what is not there is not found', async () => {
  const { teams } = await ground()
  const lost = [
    ['POST', at('19:elsewhere@thread.tacv2', 'activities'), 'ConversationNotFound'],
    ['POST', at(`${INCIDENTS};messageid=1`, 'activities'), 'ConversationNotFound'],
    ['GET', at(INCIDENTS, 'members/29:1-nobody'), 'MemberNotFoundInConversation'],
  ] as const
  for (const [method, path, named] of lost) {
    const asked = await ask(teams, method, path, method === 'POST' ? message('x') : undefined)
    expect(asked).toMatchObject({ status: 404, body: code(named) })
  }
})

test('what is too big is refused', async () => {
  const { teams } = await ground({ faults: { rateLimits: 'off' } })
  const big = await ask(teams, 'POST', ALL, message('x'.repeat(101 * 1024)))
  const card = await ask(teams, 'POST', ALL, rawCard(cardOf('x'.repeat(28 * 1024))))
  for (const refused of [big, card])
    expect(refused).toMatchObject({ status: 413, body: code('MessageSizeTooBig') })
  expect(await ask(teams, 'POST', ALL, message('x'.repeat(90 * 1024)))).toMatchObject({ status: 201 })
  expect(await ask(teams, 'POST', ALL, rawCard(cardOf('x'.repeat(27 * 1024))))).toMatchObject({ status: 201 })
})

test('the real client says that a card is too big', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, { onMessage: async () => {} })
  await teams.person('olive').say('hello')
  const [reference] = bot.references
  const sending = bot.adapter.continueConversationAsync(APP_ID, reference ?? {}, async (context) => {
    await context.sendActivity(cardMessage(cardOf('x'.repeat(30_000))))
  })
  await expect(sending).rejects.toMatchObject({ statusCode: 413, code: 'MessageSizeTooBig' })
})

test('a card that Teams would not show is refused', async () => {
  const { teams } = await ground()
  const wrong = [{ ...cardOf('new'), version: '1.6' }, { ...cardOf('other'), type: 'Hero' }, [], 'text', null]
  for (const content of wrong)
    expect(await ask(teams, 'POST', ALL, rawCard(content))).toMatchObject({
      status: 400,
      body: code('BadSyntax'),
    })
  expect(await ask(teams, 'POST', ALL, { type: 'message' })).toMatchObject({ status: 400 })
})

test('a thread takes seven messages a second, eight in two and sixty in thirty', async () => {
  const { teams, clock } = await ground()
  const { message: root } = await teams.person('olive').say('root', { channel: 'Incidents', mention: false })
  const token = await tokenOf(teams)
  const send = () => ask(teams, 'POST', at(root.conversationId, 'activities'), message('x'), token)
  for (let sent = 0; sent < 7; sent++) expect((await send()).status).toBe(201)
  expect(await send()).toMatchObject({ status: 429, retryAfter: '1', body: code('TooManyRequests') })
  expect((await ask(teams, 'POST', ALL, message('elsewhere'), token)).status).toBe(201)
  clock.advance(1_000)
  expect((await send()).status).toBe(201)
  expect(await send()).toMatchObject({ status: 429, retryAfter: '1' })
  for (let sent = 8; sent < 60; sent++) {
    clock.advance(300)
    if (sent === 8) clock.advance(1_000)
    expect((await send()).status).toBe(201)
  }
  clock.advance(2_000)
  expect(await send()).toMatchObject({ status: 429, retryAfter: expect.stringMatching(/^\d+$/) })
  teams.setFaults({ rateLimits: 'off' })
  expect((await send()).status).toBe(201)
})

test('updates count as messages do', async () => {
  const { teams } = await ground()
  await ask(teams, 'POST', ALL, message('root'))
  const root = await teams.until(() => teams.messages().at(0))
  const update = () => ask(teams, 'PUT', at(root.conversationId, `activities/${root.id}`), message('x'))
  for (let sent = 0; sent < 7; sent++) expect((await update()).status).toBe(200)
  expect((await update()).status).toBe(429)
})

test('a bot cannot begin a group chat, nor a chat in another tenant', async () => {
  const { teams } = await ground()
  const members = [{ id: '29:1-olive' }]
  const wrong = [
    { isGroup: true, members: [...members, { id: '29:1-avery' }], tenantId: TENANT_ID },
    { isGroup: false, members, tenantId: 'another' },
    { isGroup: false, members: [], tenantId: TENANT_ID },
    { isGroup: true, channelData: { channel: { id: INCIDENTS } } },
  ]
  for (const parameters of wrong)
    expect(await ask(teams, 'POST', 'conversations', parameters)).toMatchObject({ status: 400 })
  expect(await ask(teams, 'POST', 'conversations', { members, tenantId: TENANT_ID })).toMatchObject({
    status: 201,
    body: { id: 'a:1-olive' },
  })
})

test('an activity may be said by its card alone, and its mentions are read', async () => {
  const { teams } = await ground()
  const mention = { type: 'mention', mentioned: { id: '29:1-avery', name: 'Avery' }, text: '<at>Avery</at>' }
  const said = { ...rawCard(cardOf('Approve?', [APPROVE])), text: '<at>Avery</at>', entities: [mention] }
  await ask(teams, 'POST', ALL, said)
  expect(teams.messages()).toMatchObject([
    {
      card: cardOf('Approve?', [APPROVE]),
      mentions: [{ mentioned: { id: '29:1-avery' }, text: '<at>Avery</at>' }],
    },
  ])
})

test('members come in pages of at least fifty', async () => {
  const [first] = sampleTenant.people
  if (!first) throw new Error('The sample has nobody.')
  const people = Array.from({ length: 60 }, (_, index) => ({ ...first, name: `sample-${index}` }))
  const { teams } = await ground({ tenant: { ...sampleTenant, people } })
  const page = async (query: string) => {
    const asked = await ask(teams, 'GET', at(INCIDENTS, `pagedmembers?${query}`))
    return pageSchema.parse(asked.body)
  }
  const begin = await page('pageSize=10')
  const end = await page(`pageSize=10&continuationToken=${begin.continuationToken}`)
  expect([begin.members.length, end.members.length, end.continuationToken]).toEqual([50, 10, undefined])
})

const pageSchema = z.object({ members: z.array(z.unknown()), continuationToken: z.string().optional() })
