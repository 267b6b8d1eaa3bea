import { expect, test } from 'vitest'
import { renderCard } from '../../../src/adapters/slack/render.ts'
import type { Button, Reply, TaskClick } from '../../../src/conversation/card.ts'
import { signatureHeaders } from '../../../src/sandbox/slack/transport/signing.ts'
import { SIGNING_SECRET } from '../../sandbox/slack/practice.ts'
import { type Office, office, reasonForm, said } from './office.ts'

const ROOM = 'C0PAYMENTS'
const WHISPER = async (): Promise<Reply> => ({ kind: 'whisper', card: said('Not now.') })
const FORM = async (): Promise<Reply> => ({ kind: 'form', form: reasonForm })

const body = (more: Record<string, string> = {}) =>
  new URLSearchParams({
    command: '/dr',
    text: 'plans',
    user_id: 'U0OPERATOR',
    channel_id: ROOM,
    team_id: 'T0PRACTICE',
    api_app_id: 'A0LIFEBOAT',
    trigger_id: '1.2.3',
    response_url: 'http://127.0.0.1:9/none',
    ...more,
  }).toString()

async function send(
  { url, clock }: Office,
  text: string,
  late = 0,
  secret = SIGNING_SECRET,
): Promise<number> {
  const at = new Date(clock.now().getTime() - late * 1000)
  const headers = signatureHeaders(secret, at, text)
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body: text })
  return response.status
}

test.each([
  ['now', 0, SIGNING_SECRET, 200],
  ['301 seconds old', 301, SIGNING_SECRET, 401],
  ['301 seconds in the future', -301, SIGNING_SECRET, 401],
  ['signed by somebody else', 0, 'another-secret', 401],
])('a request %s is answered as it deserves', async (_, late, secret, status) => {
  const here = await office({})
  expect(await send(here, body(), late, secret)).toBe(status)
  if (status === 200) await expect.poll(() => here.asked.length).toBe(1)
  else expect(here.asked).toEqual([])
})

test('the same request again is done once', async () => {
  const here = await office({})
  expect(await send(here, body())).toBe(200)
  await expect.poll(() => here.asked.length).toBe(1)
  expect(await send(here, body())).toBe(200)
  await send(here, body({ text: 'another' }))
  await expect.poll(() => here.asked.map(([, text]) => text)).toEqual(['plans', 'another'])
})

test.each([{ team_id: 'T0OTHER' }, { api_app_id: 'A0OTHER' }])(
  'a request about %o is not done',
  async (more) => {
    const here = await office({})
    await send(here, body(more))
    await send(here, body())
    await expect.poll(() => here.asked.length).toBe(1)
  },
)

test('a command is answered to the asker alone', async () => {
  const here = await office({ command: WHISPER })
  await here.slack.person('U0OPERATOR').say(ROOM, '/dr plans')
  const whispered = await here.slack.until(() => here.slack.person('U0OPERATOR').ephemerals(ROOM)[0])
  expect(whispered).toMatchObject({ text: 'Not now.' })
  expect(here.asked).toEqual([
    [
      'command',
      'plans',
      { actor: { kind: 'person', id: 'slack:U0OPERATOR', name: 'Olive Operator' }, source: 'slack' },
      { platform: 'slack', channel: ROOM },
    ],
  ])
})

test('a command that needs a form opens a dialog', async () => {
  const here = await office({ opensForm: () => true, command: FORM })
  expect(await openedForm(here)).toMatchObject({ view: { private_metadata: 'remembered' } })
})

test('over Socket Mode a command is answered too', async () => {
  const here = await office({ command: WHISPER }, { appToken: 'xapp-practice' })
  await here.slack.until(() => (here.slack.sockets.connections() > 0 ? true : undefined))
  await here.slack.person('U0OPERATOR').say(ROOM, '/dr plans')
  expect(await here.slack.until(() => here.slack.person('U0OPERATOR').ephemerals(ROOM)[0])).toBeDefined()
})

test('a pressed card loses its buttons, and is to be painted as it stands when the answer is no', async () => {
  let decide = (_: Reply) => {}
  const here = await office({
    click: () =>
      new Promise((resolve) => {
        decide = resolve
      }),
  })
  const ts = await posted(here)
  await here.slack.person('U0OPERATOR').click({ channel: ROOM, ts }, 'decide:approve')
  const painted = () => JSON.stringify(here.slack.state.message(ROOM, ts)?.blocks)
  await expect.poll(() => here.asked.length).toBe(1)
  expect(painted()).toContain('Recording')
  expect(painted()).not.toContain('decide:approve')
  decide(await WHISPER())
  await here.slack.until(() => here.slack.person('U0OPERATOR').ephemerals(ROOM)[0])
  expect(here.repaints).toEqual([['E1', { platform: 'slack', channel: ROOM, message: ts }]])
  expect(painted()).not.toContain('decide:approve')
  expect(here.asked[0]?.[1]).toEqual(click('approve'))
})

test('a button that cannot be read leaves its card alone', async () => {
  const here = await office({ click: WHISPER })
  const block = { type: 'actions', elements: [{ ...OLD_BUTTON }] }
  const { ts = '' } = await here.client.chat.postMessage({ channel: ROOM, text: 'old', blocks: [block] })
  await here.slack.person('U0OPERATOR').click({ channel: ROOM, ts }, 'decide:approve')
  await here.slack.until(() => here.slack.person('U0OPERATOR').ephemerals(ROOM)[0])
  expect(JSON.stringify(here.slack.state.message(ROOM, ts)?.blocks)).toContain('decide:approve')
  expect(here.repaints).toEqual([])
})

test('a decision that needs a reason opens a dialog, and leaves the card alone', async () => {
  const here = await office({ click: FORM })
  const ts = await posted(here)
  const menu = `decide:more:${JSON.stringify({ execution: 'E1', task: 'dns', attempt: 1, digest: 'd' })}`
  await here.slack.person('U0OPERATOR').click({ channel: ROOM, ts }, menu, { selected: 'skip' })
  await here.slack.until(() => formOf(here))
  expect(here.asked[0]?.[1]).toEqual(click('skip'))
  expect(JSON.stringify(here.slack.state.message(ROOM, ts)?.blocks)).toContain('decide:approve')
})

test.each<[string, Reply, unknown]>([
  [
    'errors stand next to their field',
    { kind: 'errors', errors: { reason: 'Too short.' } },
    { ok: false, errors: { reason: 'Too short.' } },
  ],
  ['silence closes the dialog', { kind: 'silent' }, { ok: true }],
])('of a form, %s', async (_, reply, outcome) => {
  const here = await office({ opensForm: () => true, command: FORM, submit: async () => reply })
  const view = await openedForm(here)
  const done = await here.slack.person('U0OPERATOR').submit(view, { reason: { value: 'because' } })
  expect(done).toMatchObject(Object(outcome))
  expect(here.slack.person('U0OPERATOR').views()).toHaveLength(reply.kind === 'silent' ? 0 : 1)
  expect(here.asked[1]?.slice(0, 3)).toEqual(['submit', 'remembered', { reason: 'because' }])
})

test('a form whose answer is late says so, and shows it when it comes', async () => {
  let decide = (_: Reply) => {}
  const submit = () =>
    new Promise<Reply>((resolve) => {
      decide = resolve
    })
  const here = await office({ opensForm: () => true, command: FORM, submit })
  const view = await openedForm(here)
  const sent = here.slack.person('U0OPERATOR').submit(view, { reason: { value: 'because' } })
  await expect.poll(() => here.asked.length).toBe(2)
  here.clock.advance(2_600)
  expect(await sent).toMatchObject({ ok: true })
  expect(shown(here)).toContain('Working')
  decide(await WHISPER())
  await expect.poll(() => shown(here)).toContain('Not now.')
})

test('what breaks is told with an id, and nothing of its inside', async () => {
  const here = await office({ command: () => Promise.reject(new Error('secret inside')) })
  await here.slack.person('U0OPERATOR').say(ROOM, '/dr plans')
  const told = await here.slack.until(() => here.slack.person('U0OPERATOR').ephemerals(ROOM)[0])
  expect(told.text).toMatch(/went wrong on our side \(id [0-9a-f]{8}\)/)
  expect(JSON.stringify(told)).not.toContain('secret')
})

test.each<[string, string, string, number]>([
  ['too large a body', 'x'.repeat(1_100_000), 'application/json', 413],
  ['JSON that is none', '{"type":', 'application/json', 400],
])('%s is refused without a word of our inside', async (_, text, type, status) => {
  const here = await office({})
  const answer = await sendRaw(here, text, type)
  expect(answer.status).toBe(status)
  expect(answer.text).not.toMatch(/Error|node_modules| at /)
})

test('what breaks at the door is logged, and answered with a problem that has no stack', async () => {
  const here = await office({}, 'http', () => Promise.reject(new Error('secret inside')))
  const answer = await sendRaw(here, body(), 'application/x-www-form-urlencoded')
  expect(answer).toEqual({
    status: 500,
    type: expect.stringContaining('application/problem+json'),
    text: '{"title":"Internal Server Error","status":500}',
  })
  expect(here.logged).toEqual([[{ err: new Error('secret inside') }, 'slack request broke']])
  expect(here.asked).toEqual([])
})

const OLD_BUTTON = {
  type: 'button' as const,
  action_id: 'decide:approve',
  text: { type: 'plain_text' as const, text: 'Approve' },
  value: '{"of":"another version"}',
}

async function sendRaw({ url, clock }: Office, text: string, type: string) {
  const headers = { ...signatureHeaders(SIGNING_SECRET, clock.now(), text), 'content-type': type }
  const response = await fetch(url, { method: 'POST', headers, body: text })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

const click = (asks: TaskClick['asks']) => ({
  execution: 'E1',
  task: 'dns',
  attempt: 1,
  asks,
  digest: 'd',
})

async function posted({ client }: Office): Promise<string> {
  const button = (asks: TaskClick['asks'], rank: Button['rank']): Button => ({
    label: asks,
    spoken: asks,
    style: 'plain',
    rank,
    click: click(asks),
  })
  const buttons = [button('approve', 'first'), button('skip', 'secondary')]
  const card = {
    ...said('A gate'),
    blocks: [...said('A gate').blocks, { kind: 'buttons' as const, buttons }],
  }
  const { ts } = await client.chat.postMessage({ channel: ROOM, ...renderCard(card) })
  return ts ?? ''
}

async function openedForm(here: Office) {
  await here.slack.person('U0OPERATOR').say(ROOM, '/dr failover payments')
  return here.slack.until(() => formOf(here))
}

const formOf = ({ slack }: Office) =>
  slack
    .person('U0OPERATOR')
    .views()
    .find(({ view }) => view.blocks.some(({ type }) => type === 'input'))
const shown = ({ slack }: Office) => JSON.stringify(slack.person('U0OPERATOR').views())
