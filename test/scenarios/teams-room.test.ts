import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import type { Teams } from '../../src/sandbox/teams/start.ts'
import { lookingAt } from './in-teams.ts'

const PAYMENTS = '19:practice-payments@thread.tacv2'
let folder: string
let practice: Practice
let teams: Teams

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-teams-room-'))
  practice = await startPractice({
    ...{ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' },
    ...{ teams: 'connector', teamsRooms: 'channels' },
  })
  if (!practice.teams) throw new Error('There is no Teams.')
  teams = practice.teams
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const { appears } = lookingAt(() => teams)
const roomThat = (has: (room: ReturnType<Teams['channels']>[number]) => boolean) =>
  teams.until(() => teams.channels().find(has))

test('a real failover has a channel of its own in Teams: told, decided and asked there, and archived when it is closed', async () => {
  const [olive, avery] = [teams.person('olive'), teams.person('avery')]
  await olive.say('failover payments', { channel: PAYMENTS })
  await olive.press(await appears(PAYMENTS, 'Start REAL failover'), 'Start REAL failover', {
    ...{ 'plan-name': 'Payments', region: 'us-west-2', reason: 'It burns' },
  })
  const room = await roomThat(({ tabs, description }) => tabs.length > 0 && description.startsWith('🔴 REAL'))
  expect(room.name).toMatch(/^dr-real-\d{8}-payments-[a-z0-9]{4}$/)
  expect(room.tabs).toMatchObject([{ name: 'Where it began', url: expect.stringContaining('/l/message/') }])
  await appears(PAYMENTS, room.name)
  await appears(room.id, 'Olive Operator')

  await olive.press(await appears(room.id, '"asks":"retry"'), 'Retry')
  await olive.say('status', { channel: room.id })
  await appears(room.id, 'tasks done')
  await avery.press(await appears(room.id, '"asks":"approve"'), 'Approve')
  await appears(room.id, 'Payments has ended')

  await olive.say('room close', { channel: room.id })
  await roomThat(({ id, archived }) => archived && id === room.id)
  expect(teams.channels()).toHaveLength(1)
  await appears(room.id, '# After-action report: Payments')
}, 60_000)
