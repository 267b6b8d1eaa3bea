import { expect, test } from 'vitest'
import { outbox } from '../../../src/adapters/outbox/outbox.ts'
import { slackChat } from '../../../src/adapters/slack/chat.ts'
import { SLACK_RATES } from '../../../src/adapters/slack/rates.ts'
import { slackRooms } from '../../../src/adapters/slack/rooms.ts'
import { executionId } from '../../../src/domain/execution.ts'
import { FinalFailure, TransientFailure } from '../../../src/ports/failure.ts'
import type { Person } from '../../../src/sandbox/slack/workspace.ts'
import { BOT_TOKEN, narrowManifest, practice } from '../../sandbox/slack/practice.ts'
import { said } from './office.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }
const RUN = executionId.parse('01KRUN41C9')
const NAME = 'dr-real-20261123-payments-41c9'

/** The workspace with the app as its own manifest declares it: a scope that is missing there is missing here. */
async function workspace() {
  const ground = await practice({ manifest: narrowManifest() })
  const options = { botToken: BOT_TOKEN, apiUrl: `${ground.slack.url}/api/`, log }
  const named = (name: string) => ground.slack.state.channels().filter((channel) => channel.name === name)
  return {
    ...ground,
    named,
    rooms: slackRooms(options),
    chat: slackChat({ ...options, outbox: outbox(ground.clock, SLACK_RATES) }),
  }
}

test('a room is made once: whoever asks again, also after a crash at any moment, gets the one there is', async () => {
  const { slack, named, rooms } = await workspace()
  slack.setFaults({
    methods: [{ kind: 'error', method: 'conversations.setPurpose', error: 'fatal_error', times: 2 }],
  })
  // Made, but not yet saying what it is for.
  await expect(rooms.open(NAME, RUN)).rejects.toBeInstanceOf(TransientFailure)
  const room = await rooms.open(NAME, RUN).catch(() => rooms.open(NAME, RUN))
  expect(room).toEqual({ place: { platform: 'slack', channel: named(NAME)[0]?.id }, name: NAME })
  expect(await rooms.open(NAME, RUN)).toEqual(room)
  expect(named(NAME)).toMatchObject([{ purpose: `War room of run ${RUN}, kept by Lifeboat.` }])
})

test('a call that was heard although its answer was lost makes no second room', async () => {
  const { slack, named, rooms } = await workspace()
  slack.setFaults({ methods: [{ kind: 'reset-after-processing', method: 'conversations.create', times: 1 }] })
  expect((await rooms.open(NAME, RUN)).place.channel).toBe(named(NAME)[0]?.id)
  expect(named(`${NAME}-2`)).toEqual([])
})

test('a name that somebody else has, or that was put away, gets a number', async () => {
  const { client, named, rooms } = await workspace()
  const { channel } = await client.conversations.create({ name: NAME })
  await client.conversations.setPurpose({ channel: String(channel?.id), purpose: 'Lunch' })
  const second = await rooms.open(NAME, RUN)
  expect(second.name).toBe(`${NAME}-2`)
  await rooms.archive(second.place)
  expect((await rooms.open(NAME, RUN)).name).toBe(`${NAME}-3`)
  expect(named(`${NAME}-2`)).toMatchObject([{ archived: true }])
  expect((await rooms.open(NAME, executionId.parse('01KOTHER41C9'))).name).toBe(`${NAME}-4`)
})

test('where every name is taken, it says so, and has listed the channels once', async () => {
  const { slack, client, rooms } = await workspace()
  const names = [NAME, ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => `${NAME}-${number}`)]
  for (const name of names) {
    const { channel } = await client.conversations.create({ name })
    await client.conversations.setPurpose({ channel: String(channel?.id), purpose: 'Lunch' })
  }
  await expect(rooms.open(NAME, RUN)).rejects.toThrow(`${NAME} to ${NAME}-9`)
  expect(slack.calls().filter(({ method }) => method === 'conversations.list')).toHaveLength(1)
})

test('the longest name keeps its number within what Slack takes', async () => {
  const { client, rooms } = await workspace()
  const long = 'x'.repeat(80)
  const { channel } = await client.conversations.create({ name: long })
  await client.conversations.setPurpose({ channel: String(channel?.id), purpose: 'Lunch' })
  expect((await rooms.open(long, RUN)).name).toBe(`${'x'.repeat(78)}-2`)
})

test('topic, pin and links stand, and doing them again adds nothing', async () => {
  const { named, rooms, chat } = await workspace()
  const { place } = await rooms.open(NAME, RUN)
  const message = await chat.post(place, said('Headline'))
  const url = await rooms.linkTo(message)
  for (let time = 0; time < 2; time += 1) {
    await rooms.furnish(place, { kind: 'topic', text: `REAL ${'x'.repeat(300)}` })
    await rooms.furnish(place, { kind: 'pin', message })
    await rooms.furnish(place, { kind: 'link', title: 'Where it began', url })
  }
  const [room] = named(NAME)
  expect(room?.topic).toMatch(/^REAL x+ … \(\d+ more\)$/)
  expect(room?.pins).toEqual([message.message])
  expect(room?.bookmarks).toMatchObject([{ title: 'Where it began', link: url }])
})

test('those who are in already, have left, or are ourselves keep nobody out, however many are asked', async () => {
  const { slack, named, rooms } = await workspace()
  const { place } = await rooms.open(NAME, RUN)
  const olive = slack.state.person('U0OPERATOR')
  if (!olive) throw new Error('Nobody is called Olive here.')
  const crowd = Array.from({ length: 60 }, (_, number): Person => ({ ...olive, id: `U0CROWD${number}` }))
  for (const one of crowd) slack.state.putPerson(one)
  await rooms.invite(place, ['slack:U0OPERATOR'])
  await rooms.invite(place, ['slack:U0OPERATOR'])
  await rooms.invite(place, ['slack:U0OPERATOR', 'slack:U0LIFEBOAT', 'slack:U0NOBODY'])
  await rooms.invite(place, ['api:ci', 'slack:U0NOBODY', ...crowd.map(({ id }) => `slack:${id}`)])
  expect(named(NAME)[0]?.members).toHaveLength(62)
  const invitations = slack.calls().filter(({ method }) => method === 'conversations.invite')
  expect(invitations.length).toBe(6)
})

test.each([
  [{ kind: 'ratelimited', method: '*', retryAfterSeconds: 7 }, TransientFailure],
  [{ kind: 'http', method: '*', status: 503 }, TransientFailure],
  [{ kind: 'error', method: '*', error: 'missing_scope' }, FinalFailure],
] as const)('%o is told as what it is', async (fault, kind) => {
  const { slack, rooms, chat } = await workspace()
  const { place } = await rooms.open(NAME, RUN)
  const message = await chat.post(place, said('Headline'))
  slack.setFaults({ methods: [fault] })
  const doings = [
    () => rooms.open(NAME, RUN),
    () => rooms.furnish(place, { kind: 'topic', text: 'x' }),
    () => rooms.furnish(place, { kind: 'pin', message }),
    () => rooms.furnish(place, { kind: 'link', title: 'x', url: 'https://example.com' }),
    () => rooms.invite(place, ['slack:U0OPERATOR']),
    () => rooms.archive(place),
    () => rooms.linkTo(message),
  ]
  for (const doing of doings) {
    const failure = await doing().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(kind)
    if (fault.kind === 'ratelimited') expect(failure).toMatchObject({ retryAfterSeconds: 7 })
  }
})

test('a room that was archived by hand takes nothing any more, and says so', async () => {
  const { client, rooms, chat } = await workspace()
  const { place } = await rooms.open(NAME, RUN)
  await client.conversations.archive({ channel: place.channel })
  for (const doing of [
    () => rooms.furnish(place, { kind: 'topic', text: 'x' }),
    () => rooms.invite(place, ['slack:U0OPERATOR']),
    () => chat.post(place, said('Anybody?')),
  ]) {
    await expect(doing()).rejects.toThrow(/is_archived/)
  }
  await rooms.archive(place)
})
