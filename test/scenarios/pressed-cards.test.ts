import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { PageMessage } from '../../src/sandbox/slack/page-api.ts'
import { signatureHeaders } from '../../src/sandbox/slack/transport/signing.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

const CHANNEL = 'C0PAYMENTS'
/** On a busy machine, and with what Slack lets through in a second. */
const SOON = { timeout: 10_000 }
let folder: string
let practice: Practice
let gate: PageMessage

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-pressed-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
  const olive = practice.slack.person('U0OPERATOR')
  await olive.say(CHANNEL, '/dr drill storefront')
  const form = await practice.slack.until(() => olive.views().find(({ view }) => 'submit' in view))
  await olive.submit(form, {})
  gate = await practice.slack.until(() =>
    olive.messages(CHANNEL).find((message) => JSON.stringify(message).includes('decide:approve')),
  )
}, 60_000)
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const card = () => JSON.stringify(practice.slack.state.message(CHANNEL, gate.ts)?.blocks)

/** Presses Approve, and waits until the person is told no. The card is locked by then. */
async function refused(id: string): Promise<string> {
  const person = practice.slack.person(id)
  await person.click(gate, 'decide:approve')
  return (await practice.slack.until(() => person.ephemerals(CHANNEL).at(-1))).text
}

test('a gate mentions the group that may approve', () => {
  expect(card()).toContain('"usergroup_id":"S0DRAPPROVERS"')
})

test('a forbidden click gives the card its buttons back', async () => {
  expect(await refused('U0OPERATOR')).toMatch(/needs the role approver/)
  await expect.poll(card, SOON).not.toContain('Recording')
  expect(card()).toContain('decide:approve')
}, 30_000)

test('of two who approve, the later is told who was first, and the card shows that decision without a button', async () => {
  // Blake presses first, on the open card, and is heard only when Avery's decision stands on it.
  practice.slack.setFaults({ deliveries: [{ kind: 'delay', of: 'click', milliseconds: 1_500, times: 1 }] })
  const late = refused('U0APPROVER2')
  await practice.slack.person('U0APPROVER').click(gate, 'decide:approve')
  await expect.poll(card, SOON).toContain('Approved by')
  expect(await late).toMatch(/already approved/)
  await expect.poll(card, SOON).not.toContain('Recording')
  expect(card()).toContain('Approved by')
  expect(card()).not.toContain('decide:')
}, 30_000)

test('what another workspace or another app is sent is not done, though it is signed', async () => {
  const answered: (string | undefined)[] = []
  const ear = createServer((request, response) => {
    answered.push(request.url)
    response.end()
  })
  await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void ear.close())
  const address = ear.address()
  const port = typeof address === 'object' ? address?.port : undefined

  const deliver = async (team: string, app: string) => {
    const command = { command: '/dr', text: 'help', user_id: 'U0OPERATOR', channel_id: CHANNEL }
    const sender = { team_id: team, api_app_id: app, trigger_id: '1.2.3' }
    const body = new URLSearchParams({
      ...command,
      ...sender,
      response_url: `http://127.0.0.1:${port}/${team}/${app}`,
    }).toString()
    const headers = signatureHeaders(practice.settings.SLACK_SIGNING_SECRET ?? '', new Date(), body)
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const url = `${practice.apiUrl}/slack/events`
    return (await fetch(url, { method: 'POST', headers: { ...headers, ...type }, body })).status
  }
  expect(await deliver('T0OTHER', 'A0LIFEBOAT')).toBe(200)
  expect(await deliver('T0PRACTICE', 'A0OTHER')).toBe(200)
  expect(await deliver('T0PRACTICE', 'A0LIFEBOAT')).toBe(200)
  await expect.poll(() => answered, SOON).toEqual(['/T0PRACTICE/A0LIFEBOAT'])
}, 30_000)
