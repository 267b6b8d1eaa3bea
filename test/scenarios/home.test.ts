import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

/** A change is shown ten seconds after the last one at most, on a busy machine. */
const SOON = { timeout: 30_000 }
let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-home-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
}, 60_000)
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const person = (id: string) => practice.slack.person(id)
const home = (id: string) => JSON.stringify(person(id).home()?.view.blocks ?? [])
const dialogs = (id: string) =>
  JSON.stringify(
    person(id)
      .views()
      .map(({ view }) => view),
  )

/** The Home of that person, once it says this. */
async function homeWith(id: string, text: string) {
  await expect.poll(() => home(id), SOON).toContain(text)
  return person(id).home() ?? expect.fail()
}

const dialogWith = (id: string, title: string) =>
  practice.slack.until(() =>
    person(id)
      .views()
      .findLast(({ view }) => view.type === 'modal' && view.title.text === title),
  )

test('a failover is chosen from the shortcut, and decided on the Homes of those who may, until it has ended', async () => {
  await Promise.all(
    ['U0OPERATOR', 'U0APPROVER', 'U0APPROVER2', 'U0VIEWER'].map((id) => person(id).openHome()),
  )
  await homeWith('U0APPROVER', 'Nothing waits for you')

  await person('U0OPERATOR').shortcut('start-run')
  const which = await practice.slack.until(() =>
    person('U0OPERATOR')
      .views()
      .find(({ view }) => view.blocks.some(({ type }) => type === 'input')),
  )
  await person('U0OPERATOR').submit(which, { plan: { value: 'payments' }, mode: { value: 'recovery' } })
  const sure = { 'plan-name': { value: 'Payments' }, region: { value: 'us-west-2' } }
  await person('U0OPERATOR').submit(await dialogWith('U0OPERATOR', 'Start REAL failover'), sure)

  const failed = await homeWith('U0OPERATOR', 'decide:retry')
  expect(home('U0APPROVER')).not.toContain('decide:retry')
  await person('U0OPERATOR').click(failed, 'decide:retry')

  const gate = await homeWith('U0APPROVER', 'decide:approve')
  const late = await homeWith('U0APPROVER2', 'decide:approve')
  expect(home('U0OPERATOR') + home('U0VIEWER')).not.toContain('decide:approve')
  await person('U0APPROVER').click(gate, 'decide:approve')
  await expect.poll(() => dialogs('U0APPROVER'), SOON).toContain('Done.')
  await expect.poll(() => home('U0APPROVER'), SOON).not.toContain('decide:approve')

  // Blake's Home may not have heard of it yet.
  await person('U0APPROVER2').click(late, 'decide:approve')
  await expect
    .poll(() => dialogs('U0APPROVER2') + home('U0APPROVER2'), SOON)
    .toMatch(/already approved|Nothing waits/)
  await homeWith('U0VIEWER', 'Nothing is running')
  expect(home('U0VIEWER')).toMatch(/Payments.*Completed after/)
}, 90_000)

test('/dr without words is the status of the run that is told here, and elsewhere the picker', async () => {
  const olive = person('U0OPERATOR')
  const last = (channel: string) => JSON.stringify(olive.ephemerals(channel).at(-1)?.blocks ?? [])
  await olive.say('C0PAYMENTS', '/dr drill storefront')
  await olive.submit(await dialogWith('U0OPERATOR', 'Start drill'), {})
  await homeWith('U0APPROVER', 'decide:approve')
  await olive.say('C0PAYMENTS', '/dr')
  await expect.poll(() => last('C0PAYMENTS'), SOON).toContain('Started by ')
  await olive.say('C0GENERAL', '/dr')
  await expect.poll(() => last('C0GENERAL'), SOON).toContain('Start a failover or drill…')
  expect(last('C0GENERAL')).toContain('Storefront')
  await person('U0APPROVER').say('C0GENERAL', '/dr')
  const picker = await practice.slack.until(() => person('U0APPROVER').ephemerals('C0GENERAL').at(-1))
  expect(JSON.stringify(picker.blocks)).toContain('decide:approve')
}, 60_000)
