import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import { launchChromium } from '../support/chromium.ts'

const OUTPUT = resolve(import.meta.dirname, '../output/story')
let folder: string
let practice: Practice
let browser: Browser

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-story-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 1000, logLevel: 'error' })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const first = (page: Page, name: RegExp) => page.getByRole('button', { name }).first()

test('a person flies a failover on the page: start, retry a failure, approve as somebody else, read the outcome', async () => {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 } })
  await page.goto(`${practice.url}/?as=U0OPERATOR&channel=C0PAYMENTS`)
  const box = page.getByRole('textbox', { name: /Message #/ })
  await box.fill('/dr failover payments')
  await box.press('Enter')
  await page.getByLabel(/Type the plan/).fill('Payments')
  await page.screenshot({ path: join(OUTPUT, '1-start.png') })
  await page.getByRole('button', { name: 'Start REAL failover' }).click()

  await first(page, /repl/).click()
  await first(page, /^Retry/).waitFor()
  await page.screenshot({ path: join(OUTPUT, '2-failure.png') })
  await first(page, /^Retry/).click()

  await first(page, /^Approve/).waitFor()
  await page.getByRole('button', { name: /Act as Avery/ }).click()
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await phone.goto(page.url())
  await first(phone, /^Approve/).waitFor()
  await phone.screenshot({ path: join(OUTPUT, '3-approval-on-a-phone.png') })
  await first(phone, /^Approve/).click()

  await page.getByText('Payments has ended').first().waitFor()
  await page.screenshot({ path: join(OUTPUT, '4-outcome.png') })
  expect(await page.getByRole('button', { name: /^(Approve|Retry)/ }).count()).toBe(0)
})
