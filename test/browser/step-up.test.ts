import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import { launchChromium } from '../support/chromium.ts'

const OUTPUT = resolve(import.meta.dirname, '../output/step-up')
const DESK = { viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' } as const
const PHONE = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' } as const
let folder: string
let practice: Practice
let browser: Browser

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-step-up-'))
  practice = await startPractice({ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error' })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const button = (page: Page, name: RegExp | string) => page.getByRole('button', { name }).first()

/** What the browser itself objects to, e.g. a form that the page's own rules forbid. That a refusal is a 403 is no such thing. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) complaints.push(text)
  })
  return complaints
}

/** The page fits the phone, and its one button a thumb. */
async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate('document.documentElement.scrollWidth')
  expect(wide).toBe(PHONE.viewport.width)
  const box = await page.getByRole('button').first().boundingBox()
  expect(box?.height).toBeGreaterThanOrEqual(48)
}

async function linkFor(desk: Page): Promise<string> {
  const link = desk.getByRole('link', { name: 'Sign in to approve' }).last()
  await link.waitFor()
  return (await link.getAttribute('href')) ?? ''
}

test('a gate that cannot be undone is opened on a phone: link, sign-in, wrong person, right person, recorded', async () => {
  const response = await fetch(`${practice.apiUrl}/api/v1/executions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${practice.apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ recovery_plan_id: 'vault', mode: 'recovery' }),
  })
  expect(response.status).toBe(201)
  const desk = await browser.newPage(DESK)
  await desk.goto(`${practice.url}/?as=U0APPROVER&channel=C0INCIDENTS`)
  await button(desk, /repl/).click()
  await desk.getByText('Deciding takes a fresh sign-in').first().waitFor()
  await button(desk, /^Approve/).click()
  const link = await linkFor(desk)
  await desk.screenshot({ path: join(OUTPUT, '1-private-link.png') })

  const phone = await browser.newPage(PHONE)
  const complaints = complaintsOf(phone)
  await phone.goto(link)
  await fits(phone)
  await phone.screenshot({ path: join(OUTPUT, '2-decision.png'), fullPage: true })
  await phone.emulateMedia({ colorScheme: 'dark' })
  await phone.screenshot({ path: join(OUTPUT, '3-decision-dark.png'), fullPage: true })
  await phone.emulateMedia({ colorScheme: 'light' })

  await button(phone, 'Sign in to approve').click()
  await fits(phone)
  await phone.screenshot({ path: join(OUTPUT, '4-provider.png') })
  await button(phone, /Blake Approver/).click()
  await phone.getByRole('heading', { name: 'Somebody else signed in' }).waitFor()
  await phone.screenshot({ path: join(OUTPUT, '5-somebody-else.png') })

  await phone.getByRole('link', { name: 'Back to the decision' }).click()
  await button(phone, 'Sign in to approve').click()
  await button(phone, /Avery Approver/).click()
  await phone.getByText('Recorded · receipt').waitFor()
  await phone.screenshot({ path: join(OUTPUT, '6-recorded.png') })
  const receipt = await phone.locator('code').first().textContent()
  await desk.getByText(`receipt ${receipt}`).first().waitFor()
  await desk.screenshot({ path: join(OUTPUT, '7-card-shows-it.png') })

  await phone.goto(link)
  await phone.getByRole('heading', { name: 'This link has been used' }).waitFor()
  expect(complaints).toEqual([])
}, 120_000)
