import { expect, test } from 'vitest'
import { slackChat } from '../../../src/adapters/slack/chat.ts'
import { slackDirectory } from '../../../src/adapters/slack/directory.ts'
import { ownTeam } from '../../../src/adapters/slack/team.ts'
import { FinalFailure, TransientFailure } from '../../../src/ports/failure.ts'
import type { MethodFault } from '../../../src/sandbox/slack/faults.ts'
import { BOT_TOKEN, practice } from '../../sandbox/slack/practice.ts'
import { said } from './office.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }
const who = (id: string) => ({ kind: 'person' as const, id: `slack:${id}`, name: id })
const PLACE = { platform: 'slack', channel: 'C0PAYMENTS' }

async function ports() {
  const { slack, clock } = await practice()
  const options = { botToken: BOT_TOKEN, apiUrl: `${slack.url}/api/`, log }
  const directory = slackDirectory({ ...options, clock, teamId: 'T0PRACTICE' })
  return { slack, clock, options, chat: slackChat(options), directory }
}

test('a card is posted, answered in its thread, and painted anew', async () => {
  const { slack, chat } = await ports()
  const root = await chat.post(PLACE, said('Begun'))
  const reply = await chat.post(PLACE, said('A step'), root)
  await chat.update(root, said('Done'))
  expect(slack.state.message(root.channel, reply.message)).toMatchObject({ threadTs: root.message })
  expect(slack.state.message(root.channel, root.message)).toMatchObject({ text: 'Done', metadata: {} })
})

test.each<[MethodFault, typeof TransientFailure | typeof FinalFailure]>([
  [{ kind: 'ratelimited', method: '*', retryAfterSeconds: 7 }, TransientFailure],
  [{ kind: 'http', method: '*', status: 503 }, TransientFailure],
  [{ kind: 'reset-after-processing', method: '*' }, TransientFailure],
  [{ kind: 'error', method: '*', error: 'channel_not_found' }, FinalFailure],
  [{ kind: 'error', method: '*', error: 'is_archived' }, FinalFailure],
])('of a post, %o is told as what it is', async (fault, kind) => {
  const { slack, chat } = await ports()
  slack.setFaults({ methods: [fault] })
  const failure = await chat.post(PLACE, said('x')).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(kind)
  if (fault.kind === 'ratelimited') expect(failure).toMatchObject({ retryAfterSeconds: 7 })
  expect(slack.calls()).toHaveLength(1)
})

test('a member has their address and groups; a guest has neither', async () => {
  const { directory } = await ports()
  expect(await directory.identify(who('U0APPROVER'))).toEqual({
    actor: who('U0APPROVER'),
    groups: ['slack:S0DRAPPROVERS'],
    email: 'avery@example.com',
  })
  expect(await directory.identify(who('U0GUEST'))).toEqual({ actor: who('U0GUEST'), groups: [] })
})

test('an answer of the directory serves for a minute, and no longer', async () => {
  const { slack, clock, directory } = await ports()
  await directory.identify(who('U0APPROVER'))
  slack.setFaults({ methods: [{ kind: 'error', method: '*', error: 'invalid_auth' }] })
  clock.advance(59_000)
  expect(await directory.identify(who('U0APPROVER'))).toMatchObject({ email: 'avery@example.com' })
  clock.advance(1_000)
  await expect(directory.identify(who('U0APPROVER'))).rejects.toBeInstanceOf(TransientFailure)
})

test('a bot knows its workspace by its token; while Slack does not say, it warns and starts all the same', async () => {
  const { slack, options } = await ports()
  const warned: unknown[] = []
  const asking = { ...options, log: { ...log, warn: (...line: unknown[]) => void warned.push(line.at(-1)) } }
  expect(await ownTeam(asking)).toBe('T0PRACTICE')
  expect(warned).toEqual([])
  slack.setFaults({ methods: [{ kind: 'error', method: 'auth.test', error: 'fatal_error' }] })
  expect(await ownTeam(asking)).toBeUndefined()
  expect(warned).toEqual([expect.stringContaining('set SLACK_TEAM_ID')])
})
