import { expect, test } from 'vitest'
import { renderForm } from '../../../src/adapters/slack/render.ts'
import type { Reply } from '../../../src/conversation/card.ts'
import { chooseForm } from '../../../src/conversation/choose-form.ts'
import { pickerCard } from '../../../src/conversation/picker-card.ts'
import { taskOf } from '../../../src/domain/execution.ts'
import { taskId } from '../../../src/domain/task.ts'
import { checkView } from '../../../src/sandbox/slack/blocks/validate.ts'
import { sampleWorkspace } from '../../../src/sandbox/slack/sample-workspace.ts'
import { signatureHeaders } from '../../../src/sandbox/slack/transport/signing.ts'
import { atGate, PLAN } from '../../conversation/payments.ts'
import { SIGNING_SECRET } from '../../sandbox/slack/practice.ts'
import { type Office, office, reasonForm, said } from './office.ts'

const ROOM = 'C0PAYMENTS'
const DIRECT = 'D0OPERATOR'
const ANSWER = async (): Promise<Reply> => ({ kind: 'whisper', card: said('All is well.') })
const FORM = async (): Promise<Reply> => ({ kind: 'form', form: reasonForm })

const olive = ({ slack }: Office) => slack.person('U0OPERATOR')
const MENTION = `<@${sampleWorkspace.app.botUserId}>`

test('words to the bot in a channel are answered to the asker alone, in the thread where they were said', async () => {
  const here = await office({ command: ANSWER })
  await olive(here).say(ROOM, `${MENTION} status & more`)
  const told = await here.slack.until(() => olive(here).ephemerals(ROOM)[0])
  expect(told.text).toBe('All is well.')
  expect(
    here.slack
      .person('U0APPROVER')
      .messages(ROOM)
      .some(({ text }) => text === 'All is well.'),
  ).toBe(false)
  const root = here.slack.state.messages(ROOM).find(({ text }) => text.includes('status'))
  await olive(here).say(ROOM, `${MENTION} plans`, root?.ts)
  const inThread = await here.slack.until(() => olive(here).ephemerals(ROOM)[1])
  expect(inThread.threadTs).toBe(root?.ts)
  expect(here.asked[0]?.[1]).toBe(`${MENTION} status & more`)
  expect(here.asked.map(([, , asker, place]) => [Object(asker).actor.id, place])).toEqual(
    Array(2).fill(['slack:U0OPERATOR', { platform: 'slack', channel: ROOM }]),
  )
})

test('words in the direct conversation are answered there', async () => {
  const here = await office({ command: ANSWER })
  await olive(here).openHome('messages')
  await olive(here).say(DIRECT, 'status')
  const told = await here.slack.until(() => olive(here).messages(DIRECT)[1])
  expect([told.text, told.ephemeralTo]).toEqual(['All is well.', undefined])
})

test('what can be decided does not stay in the direct conversation, where nobody paints it anew', async () => {
  const execution = atGate()
  const waiting = [{ execution, tasks: [taskOf(execution, taskId.parse('gate'))] }]
  const card = pickerCard({ waiting, running: [execution], plans: [] })
  const here = await office({ command: async () => ({ kind: 'whisper', card }) })
  await olive(here).openHome('messages')
  await olive(here).say(DIRECT, MENTION)
  expect(await here.slack.until(() => olive(here).ephemerals(DIRECT)[0])).toBeDefined()
})

test('words that ask for a form are answered by a button that opens it', async () => {
  const here = await office({ command: FORM, click: FORM, opensForm: () => true })
  await olive(here).say(ROOM, `${MENTION}  drill   payments`)
  const offered = await here.slack.until(() => olive(here).ephemerals(ROOM)[0])
  await olive(here).click(offered, 'decide:command')
  await expect.poll(() => JSON.stringify(olive(here).views())).toContain('remembered')
  const pressed = here.asked.find(([what]) => what === 'click')
  expect([pressed?.[1], pressed?.[3]]).toEqual([
    { command: 'drill payments' },
    { platform: 'slack', channel: ROOM },
  ])
})

const EVENT = {
  type: 'app_mention',
  channel: ROOM,
  user: 'U0OPERATOR',
  text: `${MENTION} status`,
  ts: '1.1',
}

test.each<[string, object]>([
  ['a bot', { bot_id: 'B0OTHER' }],
  ['a bot that does not say that it is one', { user: sampleWorkspace.app.botUserId }],
  ['nobody', { user: undefined }],
  ['who changes what they said', { edited: { user: 'U0OPERATOR', ts: '2.1' } }],
  ['who takes back what they said', { type: 'message', channel_type: 'im', subtype: 'message_deleted' }],
  ['people among themselves', { type: 'message', channel_type: 'channel' }],
])('%s gets no answer', async (_, more) => {
  const here = await office({ command: ANSWER })
  await deliver(here, 'Ev1', { ...EVENT, ...more })
  await deliver(here, 'Ev2', EVENT)
  await here.slack.until(() => olive(here).ephemerals(ROOM)[0])
  expect(here.asked).toHaveLength(1)
  expect(here.slack.calls().filter(({ method }) => method.startsWith('chat.post'))).toHaveLength(1)
})

test('an event that Slack sends again is answered once', async () => {
  const here = await office({ command: ANSWER })
  await deliver(here, 'Ev1', EVENT)
  await deliver(here, 'Ev1', EVENT, 60)
  await deliver(here, 'Ev2', EVENT)
  await here.slack.until(() => olive(here).ephemerals(ROOM)[1])
  expect(here.asked).toHaveLength(2)
})

test.each([
  ['start-run', 'start'],
  ['running-now', 'status'],
])('the shortcut %s asks what “%s” asks, and is answered in a dialog', async (shortcut, text) => {
  const here = await office({ command: ANSWER })
  expect(await olive(here).shortcut(shortcut)).toEqual({ ok: true })
  await expect.poll(() => JSON.stringify(olive(here).views())).toContain('All is well.')
  expect(here.asked.map(([, asked, , place]) => [asked, place])).toEqual([[text, undefined]])
})

test('a choice comes back by its value, be it one of few or of many', async () => {
  const many = Array.from({ length: 12 }, (_, at) => ({ ...PLAN, id: `plan-${at}`, name: `Plan ${at}` }))
  const here = await office({ command: async () => ({ kind: 'form', form: chooseForm(many, []) }) })
  await olive(here).shortcut('start-run')
  const view = await here.slack.until(() =>
    olive(here)
      .views()
      .find(({ view }) => view.blocks.some(({ type }) => type === 'input')),
  )
  await olive(here).submit(view, { plan: { value: 'plan-11' }, mode: { value: 'drill' } })
  expect(here.asked.at(-1)?.[2]).toEqual({ plan: 'plan-11', mode: 'drill' })
})

test('the form of a hundred plans with long names is one that Slack takes', () => {
  const plans = Array.from({ length: 120 }, (_, at) => ({ ...PLAN, id: `plan-${at}`, name: 'x'.repeat(150) }))
  const view = JSON.parse(JSON.stringify(renderForm(chooseForm(plans, []))))
  expect(checkView(view)).toMatchObject({ kind: 'valid' })
})

async function deliver({ url, clock }: Office, event_id: string, event: object, late = 0) {
  const origin = { team_id: 'T0PRACTICE', api_app_id: 'A0LIFEBOAT' }
  const body = JSON.stringify({ ...origin, type: 'event_callback', event_id, event, event_time: 1 })
  const at = new Date(clock.now().getTime() - late * 1000)
  const headers = { ...signatureHeaders(SIGNING_SECRET, at, body), 'content-type': 'application/json' }
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
}
