import { expect, test } from 'vitest'
import { executionId } from '../../../src/domain/execution.ts'
import { TransientFailure } from '../../../src/ports/failure.ts'
import { sampleTenant } from '../../../src/sandbox/teams/sample-tenant.ts'
import { hall, INCIDENTS, OLIVE, said } from './hall.ts'

const TEAM = sampleTenant.team.aadGroupId
const RUN = executionId.parse('01ROOM41C9')
const NAME = 'dr-real-20261123-payments-41c9'

async function ground(team = TEAM) {
  const made = await hall({}, { team })
  const { rooms } = made.platform
  if (!rooms) throw new Error('There are no rooms.')
  return { ...made, rooms }
}

test('the room is a channel of its own: named, with the topic in its description and the links as tabs, and archived at its end', async () => {
  const { rooms, teams, platform } = await ground()
  const room = await rooms.open(NAME, RUN)
  expect(room).toMatchObject({ name: NAME, place: { platform: 'teams' } })
  const runbook = { kind: 'link' as const, title: 'Runbook', url: 'https://example.com/runbook' }
  await rooms.furnish(room.place, { kind: 'topic', text: 'REAL · Payments · gate 1 of 2' })
  // Whatever is asked twice is done once.
  for (let time = 0; time < 2; time += 1) await rooms.furnish(room.place, runbook)
  const posted = await platform.chat.post(room.place, said('Headline'))
  await platform.chat.post(room.place, said('News'), { under: posted })
  await rooms.furnish(room.place, { kind: 'pin', message: posted })
  await rooms.invite(room.place, [OLIVE])
  for (let time = 0; time < 2; time += 1) await rooms.archive(room.place)
  expect(teams.channels()).toEqual([
    {
      ...{ id: room.place.channel, name: NAME, archived: true },
      description: 'REAL · Payments · gate 1 of 2',
      tabs: [{ id: expect.any(String), name: 'Runbook', url: 'https://example.com/runbook' }],
    },
  ])
  const [headline, news, asked] = teams.messages()
  expect(headline?.conversationId).toBe(`${room.place.channel};messageid=${headline?.id}`)
  expect(news?.conversationId).toBe(headline?.conversationId)
  expect(JSON.stringify(asked)).toContain('Olive Operator')
  expect(await rooms.linkTo(posted)).toContain(encodeURIComponent(room.place.channel))
})

test('a room that was made though its answer was lost is found again by what it says of itself', async () => {
  const { rooms, teams } = await ground()
  await rooms.open('dr-other', executionId.parse('01OTHER'))
  const lost = { kind: 'reset-after-processing' as const, route: 'graph' as const, times: 1 }
  // The list of channels is asked for first.
  let calls = teams.calls().length
  await expect(
    (async () => {
      const opening = rooms.open(NAME, RUN)
      await teams.until(() => (teams.calls().length > calls ? true : undefined))
      calls = teams.calls().length
      teams.setFaults({ calls: [lost] })
      return opening
    })(),
  ).rejects.toBeInstanceOf(TransientFailure)
  teams.setFaults({})
  const room = await rooms.open(NAME, RUN)
  expect(teams.channels().filter(({ name }) => name === NAME)).toMatchObject([{ id: room.place.channel }])
})

test('a name that is taken gets a number, and a long one keeps its end', async () => {
  const { rooms } = await ground()
  await rooms.open(NAME, executionId.parse('01FIRST'))
  expect((await rooms.open(NAME, RUN)).name).toBe(`${NAME}-2`)
  const long = 'dr-drill-20261123-a-plan-with-quite-a-long-name-indeed-41c9'
  const names = [
    (await rooms.open(long, executionId.parse('01LONG1'))).name,
    (await rooms.open(long, executionId.parse('01LONG2'))).name,
  ]
  expect(names).toEqual([
    'dr-drill-20261123-a-plan-with-quite-a-long-na-41c9',
    'dr-drill-20261123-a-plan-with-quite-a-long-41c9-2',
  ])
})

test('where Graph refuses, the room is a thread as ever, and the log says what is missing', async () => {
  const { rooms, teams, logged } = await ground()
  teams.setFaults({ calls: [{ kind: 'http', route: 'graph', status: 403, code: 'Forbidden' }] })
  const room = await rooms.open(NAME, RUN)
  expect(room.place.channel).toMatch(new RegExp(`^${INCIDENTS};messageid=`))
  expect(logged).toContainEqual(
    expect.objectContaining({ why: expect.stringContaining('Make its package with --graph') }),
  )
  teams.setFaults({})
  await rooms.furnish(room.place, { kind: 'topic', text: 'REAL' })
  await rooms.archive(room.place)
  expect(teams.channels()).toEqual([])
})

test.each([
  ['does not answer', 503],
  ['asks to wait', 429],
])('while Graph %s, it is tried again later and no second room is made', async (_what, status) => {
  const { rooms, teams } = await ground()
  teams.setFaults({ calls: [{ kind: 'http', route: 'graph', status, times: 1 }] })
  await expect(rooms.open(NAME, RUN)).rejects.toBeInstanceOf(TransientFailure)
  expect(teams.messages()).toEqual([])
  await rooms.open(NAME, RUN)
  expect(teams.channels()).toHaveLength(1)
})

test('the token for Graph is another one than that for the Bot Connector, and an old one is renewed', async () => {
  const { rooms, teams, platform } = await ground()
  await platform.chat.post({ platform: 'teams', channel: INCIDENTS }, said('x'))
  await rooms.open(NAME, RUN)
  teams.setFaults({ calls: [{ kind: 'http', route: 'graph', status: 401, times: 1 }] })
  await rooms.open('dr-other', executionId.parse('01OTHER'))
  expect(teams.channels()).toHaveLength(2)
  expect(teams.calls().filter(({ route }) => route === 'token')).toHaveLength(3)
  const bearer = { authorization: 'Bearer nothing' }
  const refused = await fetch(`${teams.graphUrl}/v1.0/teams/${TEAM}/channels`, { headers: bearer })
  expect(refused.status).toBe(401)
})
