import { expect, test } from 'vitest'
import type { Reply } from '../../../src/conversation/card.ts'
import { signatureHeaders } from '../../../src/sandbox/slack/transport/signing.ts'
import { SIGNING_SECRET } from '../../sandbox/slack/practice.ts'
import { type Office, office } from './office.ts'

const CLICKS = 12
const AT_ONCE = 4

const ORIGIN = { team: { id: 'T0PRACTICE', domain: 'practice' }, api_app_id: 'A0LIFEBOAT' }
const USER = { id: 'U0OPERATOR', team_id: 'T0PRACTICE' }

/** A desk that answers no click before it is told to. */
async function hesitant() {
  const answers: ((reply: Reply) => void)[] = []
  const click = () => new Promise<Reply>((answer) => answers.push(answer))
  return { here: await office({ click }), answers }
}

async function send({ url, clock }: Office, form: Record<string, string>): Promise<number> {
  const body = new URLSearchParams(form).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const headers = { ...type, ...signatureHeaders(SIGNING_SECRET, clock.now(), body) }
  return (await fetch(url, { method: 'POST', headers, body })).status
}

const press = (here: Office, value: string): Promise<number> =>
  send(here, {
    payload: JSON.stringify({
      ...ORIGIN,
      type: 'block_actions',
      user: USER,
      trigger_id: '1.2.3',
      container: { type: 'message', message_ts: '1.0', channel_id: 'C0PAYMENTS' },
      response_url: 'http://127.0.0.1:9/none',
      actions: [{ type: 'button', action_id: 'decide:approve', block_id: 'b', value, action_ts: '1.0' }],
    }),
  })

const command = (here: Office): Promise<number> =>
  send(here, {
    command: '/dr',
    text: 'plans',
    user_id: USER.id,
    channel_id: 'C0PAYMENTS',
    team_id: USER.team_id,
    api_app_id: ORIGIN.api_app_id,
    trigger_id: '1.2.3',
    response_url: 'http://127.0.0.1:9/none',
  })

const pressed = ({ asked }: Office) => asked.filter(([what]) => what === 'click').length

test('every click is acknowledged at once, and a few at a time are worked on, until all are done', async () => {
  const { here, answers } = await hesitant()
  for (let place = 0; place < CLICKS; place++) expect(await press(here, `{"of":${place}}`)).toBe(200)
  // What comes in later and need not wait has been answered: the clicks before it would have been, too.
  expect(await command(here)).toBe(200)
  await expect.poll(() => here.asked.some(([what]) => what === 'command')).toBe(true)
  expect(pressed(here)).toBe(AT_ONCE)
  for (let done = 0; done < CLICKS; done++) {
    await expect.poll(() => answers.length).toBeGreaterThan(done)
    expect(pressed(here)).toBe(Math.min(CLICKS, AT_ONCE + done))
    answers[done]?.({ kind: 'silent' })
    await expect.poll(() => pressed(here)).toBe(Math.min(CLICKS, AT_ONCE + done + 1))
  }
})

test('what was acknowledged is done before the adapter closes', async () => {
  const { here, answers } = await hesitant()
  for (let place = 0; place <= AT_ONCE; place++) expect(await press(here, `{"of":${place}}`)).toBe(200)
  await expect.poll(() => answers.length).toBe(AT_ONCE)
  let isClosed = false
  const closing = here.close().then(() => {
    isClosed = true
  })
  for (let done = 0; done <= AT_ONCE; done++) {
    await expect.poll(() => answers.length).toBeGreaterThan(done)
    expect(isClosed).toBe(false)
    answers[done]?.({ kind: 'silent' })
  }
  await closing
  expect(pressed(here)).toBe(AT_ONCE + 1)
})

test('a click that breaks makes room for the next one', async () => {
  const here = await office({ click: async () => Promise.reject(new Error('broken')) })
  for (let place = 0; place < CLICKS; place++) expect(await press(here, `{"of":${place}}`)).toBe(200)
  await expect.poll(() => pressed(here)).toBe(CLICKS)
})

test('a click is acknowledged and done while Slack itself answers nothing', async () => {
  const here = await office({})
  here.slack.setFaults({ methods: [{ kind: 'error', method: '*', error: 'internal_error' }] })
  expect(await press(here, '{"of":"now"}')).toBe(200)
  await expect.poll(() => pressed(here)).toBe(1)
})
