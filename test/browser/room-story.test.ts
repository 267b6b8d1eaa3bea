import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import { launchChromium } from '../support/chromium.ts'

const OUTPUT = resolve(import.meta.dirname, '../output/room')
const DESK = { viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' } as const
let folder: string
let practice: Practice
let browser: Browser

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-room-story-'))
  practice = await startPractice({
    ...{ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error', warRoom: 'real' },
  })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function say(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /Message #/ })
  await box.fill(text)
  await box.press('Enter')
}

const openThread = (page: Page) => page.getByRole('button', { name: /repl/ }).last().click()
const shot = (page: Page, name: string) => page.screenshot({ path: join(OUTPUT, `${name}.png`) })

test('the war room on the page: it appears, somebody takes command, a note is kept, and it is closed', async () => {
  const page = await browser.newPage(DESK)
  await page.goto(`${practice.url}/?as=U0OPERATOR&channel=C0PAYMENTS`)
  await say(page, '/dr failover payments')
  await page.getByLabel(/Type the plan/).fill('Payments')
  await page.getByRole('button', { name: 'Start REAL failover' }).click()
  await openThread(page)
  await page
    .getByText(/War room:/)
    .first()
    .waitFor()
  await shot(page, '1-thread-leads-to-room')

  const { id } = await practice.slack.until(() =>
    practice.slack
      .person('U0OPERATOR')
      .channels()
      .find(({ name, pins }) => name.startsWith('dr-real-') && pins.length > 0),
  )
  await page.goto(`${practice.url}/?as=U0OPERATOR&channel=${id}`)
  await page.getByRole('button', { name: 'Take command' }).click()
  await page.getByRole('button', { name: 'Give back command' }).waitFor()
  await say(page, 'Customers were told at 15:00')
  const said = practice.slack.until(() =>
    practice.slack
      .person('U0APPROVER')
      .messages(id)
      .find(({ text }) => text.startsWith('Customers')),
  )
  await practice.slack.person('U0APPROVER').react(await said, 'pushpin')
  await page
    .getByRole('button', { name: /^white check mark: / })
    .first()
    .waitFor()
  await shot(page, '2-command-and-note')

  const late = await browser.newPage(DESK)
  await practice.slack.person('U0VIEWER').join(id)
  await practice.slack.until(() => practice.slack.person('U0VIEWER').ephemerals(id).at(-1))
  await late.goto(`${practice.url}/?as=U0VIEWER&channel=${id}`)
  await late
    .getByText(/what you must know/)
    .first()
    .waitFor()
  await shot(late, '3-late-joiner')

  await openThread(page)
  await page
    .getByRole('button', { name: /^Retry/ })
    .first()
    .click()
  await practice.slack.until(() =>
    practice.slack
      .person('U0APPROVER')
      .messages(id)
      .find((message) => JSON.stringify(message).includes('decide:approve')),
  )
  const avery = await browser.newPage(DESK)
  await avery.goto(`${practice.url}/?as=U0APPROVER&channel=${id}`)
  await openThread(avery)
  await avery
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Close room' }).click()
  await practice.slack.until(() =>
    practice.slack
      .person('U0OPERATOR')
      .channels()
      .find((one) => one.id === id && one.archived),
  )
  await shot(page, '4-archived')
  expect(practice.slack.person('U0OPERATOR').troubles()).toEqual([])
}, 120_000)
