import { expect, test } from 'vitest'
import type { DeliveryFault } from '../../../src/sandbox/teams/faults.ts'
import type { Teams } from '../../../src/sandbox/teams/start.ts'
import { startBot } from './bot.ts'
import { ask, at, ground, INCIDENTS } from './ground.ts'
import { message } from './samples.ts'

const sent = (teams: Teams) => teams.calls().filter(({ route }) => route === 'send')

const refusals = [
  ['unsigned', 401],
  ['forged', 500],
  ['expired', 401],
  ['other-audience', 401],
  ['other-issuer', 401],
  ['other-service-url', 401],
  ['unendorsed', 401],
] as const satisfies readonly (readonly [DeliveryFault['kind'], number])[]

test.each(refusals)('the adapter lets nothing in that is %s', async (kind, status) => {
  const { teams } = await ground({ faults: { deliveries: [{ kind, times: 1 }] } })
  await startBot(teams)
  const olive = teams.person('olive')
  expect((await olive.say('in?')).outcome).toMatchObject({ status })
  expect((await olive.say('now?')).outcome).toMatchObject({ status: 200 })
  expect(teams.messages().map(({ text }) => text)).toEqual(['in?', 'now?', 'echo: now?'])
})

test('another tenant is for the bot itself to notice', async () => {
  const { teams } = await ground({ faults: { deliveries: [{ kind: 'other-tenant' }] } })
  const bot = await startBot(teams)
  await teams.person('olive').say('hello')
  const id = '00000000-0000-4000-8000-0000000000ff'
  expect(bot.heard).toMatchObject([{ conversation: { tenantId: id }, channelData: { tenant: { id } } }])
})

test('a delivery may come twice, or not at all', async () => {
  const { teams, clock } = await ground({
    faults: {
      deliveries: [
        { kind: 'duplicate', times: 1 },
        { kind: 'drop', of: 'message' },
      ],
    },
  })
  const bot = await startBot(teams)
  await teams.person('olive').say('twice')
  expect(bot.heard.map(({ text }) => text)).toEqual(['twice', 'twice'])
  const said = teams.person('olive').say('never')
  clock.advance(15_000)
  expect((await said).outcome).toEqual({ kind: 'timed-out' })
  expect(bot.heard).toHaveLength(2)
})

test('without a messaging endpoint nobody is reached', async () => {
  const { teams } = await ground()
  expect((await teams.person('olive').say('hello')).outcome).toEqual({ kind: 'unreachable' })
})

test('a call breaks as often as it is told to', async () => {
  const { teams } = await ground({
    faults: { calls: [{ kind: 'http', route: 'send', status: 412, code: 'PreconditionFailed', times: 1 }] },
  })
  const send = () => ask(teams, 'POST', at(INCIDENTS, 'activities'), message('hello'))
  expect(await send()).toMatchObject({ status: 412, body: { error: { code: 'PreconditionFailed' } } })
  expect(await send()).toMatchObject({ status: 201 })
  expect(teams.messages()).toHaveLength(1)
})

test('a call that is reset after it was processed has been done', async () => {
  const { teams } = await ground({
    faults: { calls: [{ kind: 'reset-after-processing', route: 'send', times: 1 }] },
  })
  await expect(ask(teams, 'POST', at(INCIDENTS, 'activities'), message('hello'))).rejects.toThrow()
  expect(teams.messages()).toMatchObject([{ text: 'hello' }])
  expect(sent(teams)).toMatchObject([{ route: 'send', method: 'POST', status: 0 }])
})

test('the real client tries again by itself, and so says everything twice', async () => {
  const { teams } = await ground({
    faults: { calls: [{ kind: 'reset-after-processing', route: 'reply', times: 1 }] },
  })
  await startBot(teams)
  await teams.person('olive').say('hello')
  expect(teams.messages().map(({ text }) => text)).toEqual(['hello', 'echo: hello', 'echo: hello'])
})

test('a call that hangs is never answered', async () => {
  const { teams } = await ground({ faults: { calls: [{ kind: 'hang', route: 'send' }] } })
  const asked = ask(teams, 'POST', at(INCIDENTS, 'activities'), message('hello')).catch(() => 'cut')
  await teams.until(() => sent(teams).at(0))
  expect(teams.messages()).toEqual([])
  await teams.close()
  expect(await asked).toBe('cut')
})

test('faults that nobody knows are refused', async () => {
  const { teams } = await ground()
  const wrong = JSON.parse('{"calls":[{"kind":"explode","route":"send"}]}')
  expect(() => teams.setFaults(wrong)).toThrow()
})
