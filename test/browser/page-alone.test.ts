import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { type Practice, startPractice } from './practice-app.ts'

const OUTPUT = 'test/output/page'
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

let browser: Browser
let practice: Practice
let folder: string
/** What the browser complained about. */
const failures: string[] = []

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true })
  folder = await mkdtemp(join(tmpdir(), 'page-'))
  browser = await launchChromium()
  practice = await startPractice({ stateFile: join(folder, 'workspace.json') })
})
afterEach(async () => {
  expect(failures.splice(0)).toEqual([])
  await Promise.all(browser.contexts().map((context) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await practice?.close()
  await rm(folder, { recursive: true, force: true })
})

test('a command is found in the menu, and only who gave it sees its answer, until they dismiss it', async () => {
  const page = await open('U0OPERATOR', 'C0INCIDENTS')
  const other = await open('U0APPROVER', 'C0INCIDENTS')
  const composer = page.getByRole('textbox', { name: 'Message #incidents' })
  await composer.pressSequentially('/d')
  await page.getByRole('option', { name: '/dr Rehearse' }).waitFor()
  await composer.press('Enter')
  expect(await composer.inputValue()).toBe('/dr ')
  await composer.pressSequentially('help')
  await composer.press('Enter')

  const answer = page.getByRole('article').filter({ hasText: 'Ask me for a gate or a drill, @olive.' })
  await answer.getByText('Only visible to you').waitFor()
  await say(page, '#incidents', 'done')
  await other.getByText('done', { exact: true }).waitFor()
  expect(await other.getByText('Ask me for a gate').count()).toBe(0)

  await answer.getByRole('button', { name: 'Dismiss message' }).click()
  await answer.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByText('done', { exact: true }).waitFor()
  expect(await answer.count()).toBe(0)
})

test('a button asks first, and what comes of it shows in every window', async () => {
  const page = await open('U0OPERATOR', 'C0PAYMENTS')
  const other = await open('U0APPROVER', 'C0PAYMENTS')
  await say(page, '#payments-dr', '/dr gate')
  const approve = other.getByRole('button', { name: 'Approve the DNS cutover' })
  await page.getByText('since Nov 18, 2026 6:06 AM').waitFor()
  await other.getByText('since Nov 18, 2026 3:06 AM').waitFor()

  await other.getByRole('button', { name: 'More actions' }).click()
  await other.getByRole('menuitem', { name: 'Ask for time' }).click()
  await page.getByText('@avery asks for time').waitFor()

  await approve.click()
  const question = other.getByRole('dialog', { name: 'Approve the cutover?' })
  await question.getByRole('button', { name: 'Not yet' }).click()
  await question.waitFor({ state: 'detached' })
  expect(practice.slack.calls().filter(({ method }) => method === 'chat.update')).toEqual([])

  await approve.click()
  await other.screenshot({ path: `${OUTPUT}/confirm.png` })
  await question.getByRole('button', { name: 'Yes, approve' }).click()
  await page.getByText('Approved by @avery').waitFor()
  expect(await page.getByRole('button', { name: 'Approve the DNS cutover' }).count()).toBe(0)
})

test('a modal holds the focus, shows what is wrong at the field, and closes once all is right', async () => {
  const page = await open('U0OPERATOR', 'C0INCIDENTS')
  await say(page, '#incidents', '/dr drill')
  const modal = page.getByRole('dialog', { name: 'Start a drill' })
  const plan = modal.getByRole('combobox', { name: 'Plan' })
  const reason = modal.getByRole('textbox', { name: 'Reason' })
  await modal.locator('select:focus').waitFor()

  await modal.getByRole('button', { name: 'Start drill' }).click()
  await modal.getByText('Please complete this required field.').last().waitFor()
  expect(await modal.getByRole('alert').count()).toBe(2)
  await plan.selectOption('payments')
  await reason.fill('because')
  await modal.getByRole('button', { name: 'Start drill' }).click()
  await modal.getByText('Say a little more.').waitFor()
  expect(await reason.getAttribute('aria-invalid')).toBe('true')
  await page.screenshot({ path: `${OUTPUT}/modal.png` })

  await reason.fill('quarterly rehearsal')
  await modal.getByRole('button', { name: 'Start drill' }).click()
  await modal.waitFor({ state: 'detached' })
  await page.getByText('@olive drills: quarterly rehearsal').waitFor()

  await say(page, '#incidents', '/dr drill')
  await modal.waitFor()
  await page.keyboard.press('Escape')
  await modal.waitFor({ state: 'detached' })
})

test('a reply shows live in the window of somebody else, who finds the thread again after a reload', async () => {
  const page = await open('U0OPERATOR', 'C0INCIDENTS')
  const other = await open('U0APPROVER', 'C0INCIDENTS')
  await say(page, '#incidents', 'Is the replica behind?')
  const question = page.getByRole('article').filter({ hasText: 'Is the replica behind?' })
  await question.hover()
  await question.getByRole('button', { name: 'Reply in thread' }).click()
  const thread = page.getByRole('complementary', { name: 'Thread' })
  await thread.getByRole('textbox', { name: 'Reply in thread' }).fill('Two seconds, @avery')
  await page.keyboard.press('Enter')

  await other.getByRole('button', { name: /1 reply/ }).click()
  const same = other.getByRole('complementary', { name: 'Thread' })
  await same.getByText('Two seconds, @avery').waitFor()
  await thread.getByRole('textbox').fill('and falling')
  await page.keyboard.press('Enter')
  await same.getByText('and falling').waitFor()
  await other.reload()
  await same.getByText('and falling').waitFor()
  await other.screenshot({ path: `${OUTPUT}/thread.png` })
})

test('one person plays everybody: what waits for somebody is counted, and seen when acting as them', async () => {
  const page = await open('U0OPERATOR', 'C0INCIDENTS')
  await say(page, '#incidents', 'Please look, @blake')
  await page.getByRole('button', { name: 'payments-dr' }).click()
  await page.getByRole('button', { name: 'Act as Blake Approver, 1 mention' }).click()
  await page.getByRole('button', { name: 'incidents 1 mention' }).click()
  await page.getByText('as Blake Approver').waitFor()
  await expect.poll(() => page.url()).toContain('as=U0APPROVER2&channel=C0INCIDENTS')
  await page.getByText('Please look, @blake').waitFor()
  await expect.poll(() => page.getByRole('button', { name: /mention/ }).allInnerTexts()).toEqual([])
})

test('a group is named by its handle, and what names it waits for its members alone', async () => {
  const page = await open('U0OPERATOR', 'C0INCIDENTS')
  await say(page, '#incidents', 'Who is here of @dr-approvers?')
  await page.getByText('Who is here of @dr-approvers?').waitFor()
  await page.getByRole('button', { name: 'payments-dr' }).click()
  await page.getByRole('button', { name: /Act as Avery Approver, \d+ mention/ }).waitFor()
  expect(await page.getByRole('button', { name: /Act as Val Viewer, \d+ mention/ }).count()).toBe(0)
  await page.getByRole('button', { name: /Act as Avery Approver/ }).click()
  await page.getByRole('button', { name: /incidents \d+ mention/ }).click()
  await page.locator('.mention-me', { hasText: '@dr-approvers' }).waitFor()
})

test('on a phone nothing scrolls sideways, and thread, drawer and modal fill the screen', async () => {
  const page = await open('U0OPERATOR', 'C0INCIDENTS', PHONE)
  await say(page, '#incidents', `A long word: ${'unbreakable'.repeat(30)}`)
  await page.getByText('A long word').waitFor()
  expect(await overflow(page)).toBe(0)
  await page.screenshot({ path: `${OUTPUT}/phone.png` })

  await page.getByRole('button', { name: 'Open the sidebar' }).click()
  await page.getByRole('button', { name: 'Act as Val Viewer' }).click()
  await page.getByText('as Val Viewer').waitFor()
  await page.getByRole('article').last().tap()
  await page.getByRole('article').last().getByRole('button', { name: 'Reply in thread' }).tap()
  await page.getByRole('complementary', { name: 'Thread' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Message #incidents' }).isVisible()).toBe(false)
  expect(await overflow(page)).toBe(0)
  await page.getByRole('button', { name: 'Close the thread' }).click()

  await say(page, '#incidents', '/dr drill')
  const modal = page.getByRole('dialog', { name: 'Start a drill' })
  await modal.waitFor()
  expect((await modal.boundingBox())?.width).toBe(PHONE.viewport.width)
})

test.each(['light', 'dark'] as const)('every text can be read in the %s', async (colorScheme) => {
  const page = await open('U0ADMIN', 'C0PAYMENTS', { colorScheme, deviceScaleFactor: 2 })
  await say(page, '#payments-dr', '/dr gate')
  await say(page, '#payments-dr', 'A `code`, a <https://example.com|link>, @olive and @ada')
  await say(page, '#payments-dr', '/nothing like it')
  await page.getByText('is not a valid command').waitFor()
  await page.getByText('waits, as @ada asked').last().waitFor()
  await page.screenshot({ path: `${OUTPUT}/${colorScheme}.png` })
  const faintTexts = await readFile(new URL('contrast.js', import.meta.url), 'utf8')
  expect(await page.evaluate(faintTexts)).toEqual([])
})

test('the page asks nobody else for anything, and comes back by itself when the workspace does', async () => {
  const hosts = new Set<string>()
  const page = await open('U0OPERATOR', 'C0INCIDENTS', {}, (url) => hosts.add(url.host))
  await say(page, '#incidents', 'before')
  await page.getByText('before', { exact: true }).waitFor()
  const { host, port } = new URL(practice.slack.url)
  await practice.close()
  await page.getByText('Reconnecting…').waitFor()
  await page.getByRole('textbox', { name: 'Message #incidents' }).fill('after')
  await page.keyboard.press('Enter')
  await page.getByText('The workspace cannot be reached.').waitFor()

  practice = await startPractice({ port: Number(port), stateFile: join(folder, 'workspace.json') })
  await practice.slack.person('U0APPROVER').say('C0INCIDENTS', 'meanwhile')
  await page.getByText('meanwhile', { exact: true }).waitFor()
  await page.getByText('before', { exact: true }).waitFor()
  // What could not be sent is still there to be sent.
  await page.getByRole('textbox', { name: 'Message #incidents' }).press('Enter')
  await page.getByRole('article').filter({ hasText: 'after' }).waitFor()
  expect([...hosts]).toEqual([host])
})

async function open(
  as: string,
  channel: string,
  options: BrowserContextOptions = {},
  requested?: (url: URL) => void,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  page.on('pageerror', (error) => failures.push(error.message))
  page.on('console', (line) => {
    // One test takes the workspace away, and the browser says that it is gone.
    if (line.type() === 'error' && !line.text().includes('net::ERR_')) failures.push(line.text())
  })
  page.on('request', (request) => requested?.(new URL(request.url())))
  await page.goto(`${practice.slack.url}/?as=${as}&channel=${channel}`)
  await page.getByRole('log').waitFor()
  return page
}

async function say(page: Page, where: string, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: `Message ${where}` })
  await composer.fill(text)
  await composer.press('Enter')
}

function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
}
