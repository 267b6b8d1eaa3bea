import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import { launchChromium } from '../support/chromium.ts'

const OUTPUT = resolve(import.meta.dirname, '../output/two-people')
const PHONE = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' } as const
let folder: string
let practice: Practice
let browser: Browser

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-two-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 1000, logLevel: 'error' })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function at(person: string, dark = false): Promise<Page> {
  const page = await browser.newPage({ ...PHONE, colorScheme: dark ? 'dark' : 'light' })
  await page.goto(`${practice.url}/?as=${person}&channel=C0PAYMENTS`)
  return page
}

const thread = (page: Page) => page.getByRole('complementary', { name: 'Thread' })

/** The approve button of the gate, in the thread. */
async function gate(page: Page) {
  await page.getByRole('button', { name: /repl/ }).last().click()
  const button = thread(page)
    .getByRole('button', { name: /^Approve/ })
    .first()
  await button.waitFor()
  await button.scrollIntoViewIfNeeded()
  return button
}

test('a real gate takes two: the starter is refused, one voice is not enough, nobody counts twice, the second opens it', async () => {
  const olive = await browser.newPage({ viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' })
  await olive.goto(`${practice.url}/?as=U0OPERATOR&channel=C0PAYMENTS`)
  const box = olive.getByRole('textbox', { name: /Message #/ })
  await box.fill('/dr failover storefront')
  await box.press('Enter')
  await olive.getByLabel(/Type the plan/).fill('Storefront')
  await olive.screenshot({ path: join(OUTPUT, '1-preview.png') })
  expect(await olive.getByRole('dialog').innerText()).toMatch(/Approve Move the database[\s\S]*2 there/)
  await olive.getByRole('button', { name: 'Start REAL failover' }).click()

  await (await gate(olive)).click()
  await olive.getByText(/You may not approve here/).waitFor()
  await olive.screenshot({ path: join(OUTPUT, '2-refused.png') })

  const avery = await at('U0APPROVER')
  await (await gate(avery)).click()
  await thread(avery)
    .getByText(/says approve/)
    .first()
    .waitFor()
  await avery.screenshot({ path: join(OUTPUT, '3-one-of-two.png') })
  await thread(avery)
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click()
  await avery.getByText(/is on record since/).waitFor()

  const blake = await at('U0APPROVER2', true)
  await (await gate(blake)).click()
  await thread(blake)
    .getByText(/Approve Move the database: approved/)
    .waitFor()
  await blake.screenshot({ path: join(OUTPUT, '4-approved-dark.png') })
  expect(
    await thread(blake)
      .getByText(/says approve/)
      .count(),
  ).toBeGreaterThanOrEqual(2)
}, 120_000)
