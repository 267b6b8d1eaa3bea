import { expect, test } from 'vitest'
import { outbox } from '../../../src/adapters/outbox/outbox.ts'
import { slackChat } from '../../../src/adapters/slack/chat.ts'
import { slackDirectory } from '../../../src/adapters/slack/directory.ts'
import { SLACK_RATES } from '../../../src/adapters/slack/rates.ts'
import { ownTeam } from '../../../src/adapters/slack/team.ts'
import type { Card } from '../../../src/conversation/card.ts'
import {
  FinalFailure,
  GoneFailure,
  QuotaFailure,
  TransientFailure,
  UnreachableFailure,
} from '../../../src/ports/failure.ts'
import type { MethodFault } from '../../../src/sandbox/slack/faults.ts'
import { sampleWorkspace } from '../../../src/sandbox/slack/sample-workspace.ts'
import { BOT_TOKEN, practice } from '../../sandbox/slack/practice.ts'
import { said } from './office.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }
const who = (id: string) => ({ kind: 'person' as const, id: `slack:${id}`, name: id })
const PLACE = { platform: 'slack', channel: 'C0PAYMENTS' }

async function ports(blocks: 'classic' | 'new' = 'new') {
  const { slack, clock, client } = await practice({ workspace: { ...sampleWorkspace, blocks } })
  const options = { botToken: BOT_TOKEN, apiUrl: `${slack.url}/api/`, log }
  const directory = slackDirectory({ ...options, clock, teamId: 'T0PRACTICE' })
  return {
    slack,
    clock,
    client,
    options,
    chat: slackChat({ ...options, outbox: outbox(clock, SLACK_RATES) }),
    directory,
  }
}

test('a card is posted, answered in its thread, and painted anew', async () => {
  const { slack, chat } = await ports()
  const root = await chat.post(PLACE, said('Begun'))
  const reply = await chat.post(PLACE, said('A step'), { under: root })
  await chat.update(root, said('Done'))
  expect(slack.state.message(root.channel, reply.message)).toMatchObject({ threadTs: root.message })
  expect(slack.state.message(root.channel, root.message)).toMatchObject({ text: 'Done', metadata: {} })
})

test.each<[MethodFault, new (...given: never[]) => Error]>([
  [{ kind: 'ratelimited', method: '*', retryAfterSeconds: 7 }, QuotaFailure],
  [{ kind: 'http', method: '*', status: 503 }, TransientFailure],
  [{ kind: 'reset-after-processing', method: '*' }, TransientFailure],
  [{ kind: 'error', method: '*', error: 'fatal_error' }, TransientFailure],
  [{ kind: 'error', method: '*', error: 'thread_not_found' }, GoneFailure],
  [{ kind: 'error', method: '*', error: 'channel_not_found' }, UnreachableFailure],
  [{ kind: 'error', method: '*', error: 'is_archived' }, UnreachableFailure],
  [{ kind: 'error', method: '*', error: 'account_inactive' }, UnreachableFailure],
  [{ kind: 'error', method: '*', error: 'invalid_blocks' }, FinalFailure],
])('of a post, %o is told as what it is', async (fault, kind) => {
  const { slack, chat } = await ports()
  slack.setFaults({ methods: [fault] })
  const failure = await chat.post(PLACE, said('x')).catch((error: unknown) => error)
  expect(failure).toMatchObject({ name: kind.name })
  expect(failure).toBeInstanceOf(kind)
  if (fault.kind === 'ratelimited') expect(failure).toMatchObject({ retryAfterSeconds: 7 })
  expect(slack.calls()).toHaveLength(1)
})

test('a deleted message, an archived channel and a bot that was removed are told apart, as the real client meets them', async () => {
  const { slack, chat, client } = await ports()
  const failure = (call: Promise<unknown>) => call.catch((error: unknown) => error)
  const root = await chat.post(PLACE, said('Begun'))
  await client.chat.delete({ channel: root.channel, ts: root.message })
  expect(await failure(chat.update(root, said('x')))).toBeInstanceOf(GoneFailure)
  expect(await failure(chat.post(PLACE, said('x'), { under: root }))).toBeInstanceOf(GoneFailure)
  slack.setFaults({ methods: [{ kind: 'error', method: '*', error: 'not_in_channel', times: 1 }] })
  expect(await failure(chat.post(PLACE, said('x')))).toMatchObject({
    name: 'UnreachableFailure',
    where: 'here',
    message: expect.stringContaining('Invite the bot to the channel.'),
  })
  await client.conversations.archive({ channel: PLACE.channel })
  expect(await failure(chat.post(PLACE, said('x')))).toMatchObject({
    name: 'UnreachableFailure',
    message: expect.stringContaining('is_archived. Unarchive the channel.'),
  })
  slack.setFaults({ methods: [{ kind: 'error', method: '*', error: 'token_revoked' }] })
  expect(await failure(chat.update(root, said('x')))).toMatchObject({ where: 'everywhere' })
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

const checklist: Card = {
  text: 'Payments',
  tone: 'neutral',
  blocks: [
    { kind: 'text', text: ['Payments'] },
    { kind: 'steps', title: 'Tasks', steps: [{ id: 'a', title: 'Move the database', state: 'running' }] },
  ],
}
const kinds = (message: { blocks?: readonly { type: string }[] } | undefined) =>
  message?.blocks?.map(({ type }) => type)

test('a checklist is a plan block where the workspace takes it', async () => {
  const { slack, chat } = await ports()
  const root = await chat.post(PLACE, checklist)
  expect(kinds(slack.state.message(root.channel, root.message))).toEqual(['rich_text', 'plan'])
})

test('a workspace that knows only classic blocks gets the card without it, and is not asked twice', async () => {
  const { slack, chat } = await ports('classic')
  const root = await chat.post(PLACE, checklist)
  expect(kinds(slack.state.message(root.channel, root.message))).toEqual(['rich_text'])
  await chat.update(root, checklist)
  await chat.post(PLACE, checklist)
  expect(slack.calls().map(({ method }) => method)).toEqual([
    'chat.postMessage',
    'chat.postMessage',
    'chat.update',
    'chat.postMessage',
  ])
})

test('what is announced stands in the channel as well as in its thread', async () => {
  const { slack, chat } = await ports()
  const root = await chat.post(PLACE, said('Begun'))
  const quiet = await chat.post(PLACE, said('A step'), { under: root })
  const loud = await chat.post(PLACE, said('A decision is needed'), { under: root, announced: true })
  expect(slack.state.message(root.channel, quiet.message)?.alsoInChannel).toBe(false)
  expect(slack.state.message(root.channel, loud.message)?.alsoInChannel).toBe(true)
})

test('one person is written to in a conversation of their own, and that card is painted anew like any other', async () => {
  const { slack, chat } = await ports()
  const message = await chat.direct('slack:U0APPROVER', said('Please decide'))
  expect(message.channel).toMatch(/^D/)
  await chat.update(message, said('Decided'))
  expect(slack.state.message(message.channel, message.message)?.text).toBe('Decided')
})

test('files come into the thread in one message, pictures with their words', async () => {
  const { slack, chat } = await ports()
  const root = await chat.post(PLACE, said('Begun'))
  const bytes = new TextEncoder().encode('not really a picture')
  await chat.attach(
    PLACE,
    [
      { name: 'plan.png', title: 'The plan', alt: 'Two tasks, one of them running.', bytes },
      { name: 'report.md', title: 'Report', bytes },
    ],
    root,
  )
  const [first, second] = slack.state.files()
  expect([first?.title, first?.altText, second?.title]).toEqual([
    'The plan',
    'Two tasks, one of them running.',
    'Report',
  ])
  const posted = slack
    .person('U0OPERATOR')
    .messages('C0PAYMENTS')
    .filter(({ files }) => files?.length)
  expect(posted).toHaveLength(1)
  expect(posted[0]?.threadTs).toBe(root.message)
})

test('files for a channel that the bot is not in are refused for good', async () => {
  const { chat } = await ports()
  const files = [{ name: 'plan.png', title: 'The plan', bytes: new Uint8Array([1]) }]
  const place = { platform: 'slack', channel: 'C0GENERAL' }
  await expect(chat.attach(place, files)).rejects.toBeInstanceOf(FinalFailure)
})
