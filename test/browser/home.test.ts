import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import { launchChromium } from '../support/chromium.ts'

const OUTPUT = resolve(import.meta.dirname, '../output/home')
const DESK = { viewport: { width: 1360, height: 1400 }, reducedMotion: 'reduce' } as const
const PHONE = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' } as const
let folder: string
let practice: Practice
let browser: Browser

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-home-page-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
  browser = await launchChromium()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const waiting = (page: Page) => page.getByText('Waiting for you', { exact: true })

async function openHome(page: Page, as: string): Promise<void> {
  await page.goto(`${practice.url}/?as=${as}&channel=D0${as.slice(2)}`)
  await page.getByRole('button', { name: 'Home', exact: true }).click()
  await waiting(page).waitFor()
}

test('somebody starts a drill from their Home, and an approver decides on theirs, on a phone too', async () => {
  const olive = await browser.newPage(DESK)
  olive.setDefaultTimeout(10_000)
  await openHome(olive, 'U0OPERATOR')
  await olive.getByText('Nothing waits for you').first().waitFor()
  await olive.screenshot({ path: join(OUTPUT, '1-nothing-waits.png') })
  await olive.getByRole('button', { name: 'Start a drill: Storefront' }).click()
  await olive.getByRole('button', { name: 'Start drill', exact: true }).click()

  const avery = await browser.newPage({ ...DESK, colorScheme: 'dark' })
  await openHome(avery, 'U0APPROVER')
  await avery
    .getByRole('button', { name: /^Approve/ })
    .first()
    .waitFor()
  await avery.screenshot({ path: join(OUTPUT, '2-waits-dark.png') })
  const phone = await browser.newPage(PHONE)
  await openHome(phone, 'U0APPROVER')
  await phone
    .getByRole('button', { name: /^Approve/ })
    .first()
    .waitFor()
  await phone.screenshot({ path: join(OUTPUT, '3-waits-on-a-phone.png') })
  await phone
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click()
  await phone.getByText(/^Done\./).waitFor()
  await phone.screenshot({ path: join(OUTPUT, '4-done-on-a-phone.png') })
  expect(await phone.getByText(/^Done\./).count()).toBe(1)

  await avery.getByText('Nothing waits for you').first().waitFor({ timeout: 20_000 })
})

test('a plan and its mode are chosen in a form, on a phone, and the runs are seen on another Home', async () => {
  const phone = await browser.newPage({ ...PHONE, colorScheme: 'dark' })
  phone.setDefaultTimeout(10_000)
  await phone.goto(`${practice.url}/?as=U0OPERATOR&channel=C0INCIDENTS`)
  await phone.getByRole('textbox', { name: /Message #/ }).waitFor()
  await practice.slack.person('U0OPERATOR').shortcut('start-run')
  await phone.getByRole('radio', { name: /Payments/ }).click()
  await phone.getByRole('radio', { name: /REAL/ }).click()
  await phone.screenshot({ path: join(OUTPUT, '5-choose-on-a-phone.png') })
  await phone.getByRole('button', { name: 'Show what happens' }).click()
  await phone.getByLabel(/Type the plan/).fill('Payments')
  await phone.screenshot({ path: join(OUTPUT, '6-preview-on-a-phone.png') })
  await phone.getByRole('button', { name: 'Start REAL failover' }).click()

  const val = await browser.newPage(DESK)
  await openHome(val, 'U0VIEWER')
  await val.getByRole('button', { name: /^Status of Payments/ }).waitFor({ timeout: 20_000 })
  await val.screenshot({ path: join(OUTPUT, '7-viewer.png') })
  expect(await val.getByRole('button', { name: 'Start a drill: Payments' }).count()).toBe(0)
})
