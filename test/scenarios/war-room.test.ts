import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageChannel, PageMessage } from '../../src/sandbox/slack/page-api.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

const CHANNEL = 'C0PAYMENTS'
let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-room-'))
  practice = await startPractice({
    ...{ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error', warRoom: 'real' },
  })
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const person = (id: string) => practice.slack.person(id)

const appears = (id: string, channel: string, part: string): Promise<PageMessage> =>
  practice.slack.until(() =>
    person(id)
      .messages(channel)
      .findLast((message) => JSON.stringify(message).includes(part)),
  )

const opened = (id: string, title: string) =>
  practice.slack.until(() =>
    person(id)
      .views()
      .find(({ view }) => view.type === 'modal' && view.title.text === title),
  )

const room = (): PageChannel | undefined =>
  person('U0APPROVER')
    .channels()
    .find(({ name }) => name.startsWith('dr-real-'))

const roomThat = (has: (room: PageChannel) => boolean): Promise<PageChannel> =>
  practice.slack.until(() => {
    const found = room()
    return found && has(found) ? found : undefined
  })

test('the war room of a REAL failover: it comes about, is joined late, is led, keeps notes, and is closed', async () => {
  const [olive, avery, val] = [person('U0OPERATOR'), person('U0APPROVER'), person('U0VIEWER')]
  await olive.say(CHANNEL, '/dr failover payments')
  await olive.submit(await opened('U0OPERATOR', 'Start REAL failover'), {
    'plan-name': { value: 'Payments' },
    region: { value: 'us-west-2' },
  })

  const { id, name, purpose } = await roomThat(
    ({ pins, bookmarks, topic, members }) =>
      pins.length === 1 && bookmarks.length === 1 && topic !== '' && members.includes('U0OPERATOR'),
  )
  expect(name).toMatch(/^dr-real-\d{8}-payments-[a-z0-9]{4}$/)
  expect(purpose).toContain('War room of run')
  expect(room()?.topic).toMatch(
    /^🔴 REAL · Payments · approvals 0\/1 · RTO \d\d:\d\d UTC · forecast \d\d:\d\d UTC$/,
  )
  expect(room()?.members.toSorted()).toEqual(['U0APPROVER', 'U0APPROVER2', 'U0LIFEBOAT', 'U0OPERATOR'])
  const headline = await appears('U0OPERATOR', id, '"text":"Progress"')
  expect(room()?.pins).toEqual([headline.ts])
  await appears('U0OPERATOR', CHANNEL, id)

  // A failure waits for somebody; until then the run stands still.
  await appears('U0OPERATOR', id, 'decide:retry')
  await val.join(id)
  const brief = await practice.slack.until(() => val.ephemerals(id).at(-1))
  expect(JSON.stringify(brief)).toContain('this moves production for real')
  expect(JSON.stringify(brief)).toContain('Waits for people')
  expect(avery.ephemerals(id)).toEqual([])

  const panel = await appears('U0OPERATOR', id, 'War room of Payments')
  expect(panel.threadTs).toBeUndefined()
  await val.click(panel, 'decide:command')
  await practice.slack.until(() => val.ephemerals(id).find(({ text }) => text.includes('needs the role')))
  await practice.slack.until(() =>
    JSON.stringify(
      person('U0OPERATOR')
        .messages(id)
        .find(({ ts }) => ts === panel.ts),
    ).includes('decide:command')
      ? true
      : undefined,
  )
  await olive.click(panel, 'decide:command')
  await appears('U0OPERATOR', id, 'Take over command')
  const direct = () => olive.channels().find(({ kind }) => kind === 'direct')?.id ?? ''
  await practice.slack.until(() =>
    olive.messages(direct()).find(({ text }) => text.includes('You are incident commander')),
  )
  await olive.say(id, '/dr role scribe @avery')
  await appears('U0VIEWER', id, 'is scribe, made so by')

  await olive.say(id, '/dr note Customers were told at 15:00')
  await appears('U0VIEWER', id, '“Customers were told at 15:00”')
  await val.say(id, 'The cache answers slowly since noon')
  const said = await appears('U0VIEWER', id, 'since noon')
  await avery.react(said, 'pushpin')
  await appears('U0VIEWER', id, '“The cache answers slowly since noon” · noted by ')
  await practice.slack.until(() =>
    person('U0VIEWER')
      .messages(id)
      .find(({ ts }) => ts === said.ts)
      ?.reactions.find((one) => one.name === 'white_check_mark'),
  )
  await olive.react(said, 'memo')
  await olive.react(headline, 'memo')

  await olive.say(id, '/dr room close')
  await practice.slack.until(() => olive.ephemerals(id).find(({ text }) => text.includes('still under way')))
  await olive.click(await appears('U0OPERATOR', id, 'decide:retry'), 'decide:retry')
  await avery.click(await appears('U0APPROVER', id, 'decide:approve'), 'decide:approve')
  await appears('U0VIEWER', id, 'Payments has ended')
  await roomThat(({ topic }) => topic.includes('✅ Completed'))

  await olive.click(await appears('U0OPERATOR', id, 'Close room'), 'decide:command:5')
  await roomThat(({ archived }) => archived)
  await appears('U0OPERATOR', CHANNEL, 'is closed and archived')
  const last = person('U0OPERATOR').messages(id)
  const times = (part: string) => last.filter((message) => JSON.stringify(message).includes(part)).length
  expect(times('noted by')).toBe(1)
  expect(times('War room closed by')).toBe(1)
  expect(JSON.stringify(last.find(({ ts }) => ts === panel.ts))).not.toContain('decide:')

  await olive.say(CHANNEL, '/dr room')
  const second = await practice.slack.until(() =>
    person('U0APPROVER')
      .channels()
      .find((one) => one.name === `${name}-2`),
  )
  expect(second.archived).toBe(false)
}, 60_000)
