import { mkdir, readFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { furnish, type Room, startRoom } from './room-app.ts'

const OUTPUT = 'test/output/war-room'
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

let browser: Browser
let room: Room
/** What the browser complained about. */
const failures: string[] = []

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true })
  browser = await launchChromium()
  room = await startRoom()
})
afterEach(async () => {
  expect(failures.splice(0)).toEqual([])
  await Promise.all(browser.contexts().map((context) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await room?.close()
})

test('a new room is there at once for who is invited, with its topic, bookmarks and pinned message', async () => {
  const page = await open('U0OPERATOR', 'C0INCIDENTS')
  const id = await furnish(room, 'dr-one')
  await page.getByRole('button', { name: 'dr-one' }).click()
  await page.getByText('DRILL · payments · started 13:05').waitFor()
  const bookmark = page.getByRole('navigation', { name: 'Bookmarks' }).getByRole('link', { name: 'The plan' })
  expect(await bookmark.getAttribute('href')).toBe('https://example.com/plan')
  await page.getByRole('img', { name: '3 members: Rehearser, Olive Operator, Avery Approver' }).waitFor()
  await page.getByRole('button', { name: '1 pinned' }).click()
  await page.getByRole('group', { name: 'Pinned messages' }).getByText('2 of 4 done').waitFor()
  await page.screenshot({ path: `${OUTPUT}/pinned.png` })
  await page.keyboard.press('Escape')

  await room.app.client.conversations.archive({ channel: id })
  await page.getByText('#dr-one has been archived.').waitFor()
  await page.getByText('archived', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'React with eyes' }).count()).toBe(0)
})

test('who is taken out of a room does not see it any more', async () => {
  const id = await furnish(room, 'dr-gone')
  const page = await open('U0APPROVER', id)
  await page.getByRole('heading', { name: '# dr-gone' }).first().waitFor()
  await room.app.client.conversations.kick({ channel: id, user: 'U0APPROVER' })
  await page.getByRole('textbox', { name: 'Message #incidents' }).waitFor()
  expect(await page.getByRole('button', { name: 'dr-gone' }).count()).toBe(0)
})

test('pictures stand in the thread with their alternative text, and reports open', async () => {
  const id = await furnish(room, 'dr-two')
  const page = await open('U0OPERATOR', id)
  await page.getByRole('button', { name: /3 replies/ }).click()
  const thread = page.getByRole('complementary', { name: 'Thread' })
  await thread.getByRole('img', { name: 'The plan as a map' }).waitFor()
  await isDrawn(page, 'The plan as a map')
  await thread.getByText('Timeline', { exact: true }).waitFor()
  const report = thread.getByRole('link', { name: 'Open report.md' })
  const [opened] = await Promise.all([page.context().waitForEvent('page'), report.click()])
  await opened.getByText('# Report').waitFor()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    thread.getByRole('link', { name: 'Download Timeline' }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('timeline.json')
})

test('an image block shows what was uploaded', async () => {
  const { client } = room.app
  const file = await readFile(new URL('../../src/sandbox/slack/practice-page.png', import.meta.url))
  const { files } = Object(await client.filesUploadV2({ file, filename: 'map.png' }))
  const slack_file = { id: files[0].files[0].id }
  await client.chat.postMessage({
    channel: 'C0PAYMENTS',
    text: 'Map',
    blocks: [{ type: 'image', alt_text: 'A map in a block', slack_file }],
  })
  const page = await open('U0VIEWER', 'C0PAYMENTS')
  await page.getByRole('img', { name: 'A map in a block' }).waitFor()
  await isDrawn(page, 'A map in a block')
})

test('a reaction is put, counted, joined and taken away, and the app hears of it', async () => {
  const page = await open('U0OPERATOR', 'C0PAYMENTS')
  const other = await open('U0APPROVER', 'C0PAYMENTS')
  await say(page, '#payments-dr', 'Is it back?')
  const message = page.getByRole('article').filter({ hasText: 'Is it back?' })
  await message.hover()
  await message.getByRole('button', { name: 'React with eyes' }).click()
  await other.getByRole('button', { name: 'eyes: Olive Operator' }).click()
  const mine = page.getByRole('button', { name: 'eyes: Olive Operator, Avery Approver' })
  await page.getByRole('button', { name: /2 replies/ }).waitFor()
  await mine.click()
  await page.getByRole('button', { name: 'eyes: Avery Approver' }).waitFor()
})

test('the app is spoken to by its name', async () => {
  const page = await open('U0ADMIN', 'C0INCIDENTS')
  await say(page, '#incidents', '@rehearser status')
  await page.getByText('All is well, @ada.').waitFor()
})

test('the app’s Home is filled when it is opened, and its buttons work', async () => {
  const page = await open('U0VIEWER', 'D0VIEWER')
  await page.getByRole('button', { name: 'Home' }).click()
  const home = page.getByRole('region', { name: 'Home of Rehearser' })
  await home.getByText('Two runs wait for you').waitFor()
  await page.screenshot({ path: `${OUTPUT}/home.png` })
  await home.getByRole('button', { name: 'Refresh' }).click()
  await home.getByText('Nothing waits for you').waitFor()
  await page.reload()
  await home.waitFor()
  await page.getByRole('button', { name: 'Messages' }).click()
  await say(page, 'Rehearser', 'hello')
  await page.getByText('Hello to you.').waitFor()
})

test('what the app says directly is marked unread until it is read', async () => {
  const page = await open('U0APPROVER2', 'C0INCIDENTS')
  const { client } = room.app
  const { channel } = await client.conversations.open({ users: 'U0APPROVER2' })
  await client.chat.postMessage({ channel: String(channel?.id), text: 'Your approval is wanted' })
  await page.getByRole('button', { name: 'Rehearser 1 mention' }).click()
  await page.getByText('Your approval is wanted').waitFor()
  expect(await page.getByRole('button', { name: 'Rehearser 1 mention' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Home' }).click()
  await client.chat.postMessage({ channel: String(channel?.id), text: 'It is urgent' })
  await page.getByRole('button', { name: 'Rehearser 1 mention' }).waitFor()
})

test('shortcuts are where one writes, and in the menu of a message', async () => {
  const page = await open('U0OPERATOR', 'C0INCIDENTS')
  await page.getByRole('button', { name: 'Shortcuts' }).click()
  await page.getByRole('menuitem', { name: 'Start a drill' }).click()
  const modal = page.getByRole('dialog', { name: 'Start a drill' })
  await modal.waitFor()
  await page.keyboard.press('Escape')
  await modal.waitFor({ state: 'detached' })

  await say(page, '#incidents', 'The replica is behind')
  const message = page.getByRole('article').filter({ hasText: 'The replica is behind' })
  await message.hover()
  await message.getByRole('button', { name: 'Message menu' }).click()
  await page.screenshot({ path: `${OUTPUT}/menu.png` })
  await page.getByRole('menuitem', { name: 'Note in timeline' }).click()
  await page.getByText('It stands in the timeline.').waitFor()
})

test('public channels are found and joined', async () => {
  await room.app.client.conversations.create({ name: 'open-room' })
  const page = await open('U0VIEWER', 'C0INCIDENTS')
  await page.getByRole('button', { name: 'Browse channels' }).click()
  await page.getByRole('dialog', { name: 'Channels' }).getByText('# open-room').waitFor()
  await page.screenshot({ path: `${OUTPUT}/browse.png` })
  await page.getByRole('button', { name: 'Join open-room' }).click()
  await say(page, '#open-room', 'here I am')
  await page.getByText('here I am', { exact: true }).waitFor()
})

test('a status is chosen, and everybody sees it', async () => {
  const page = await open('U0ADMIN', 'C0INCIDENTS')
  const other = await open('U0VIEWER', 'C0INCIDENTS')
  await page.getByRole('combobox', { name: 'Your status' }).selectOption('Do not disturb')
  await other.getByText('Do not disturb · May do everything').waitFor()
  await page.getByRole('combobox', { name: 'Your status' }).selectOption('Online')
  await other.getByText('Do not disturb · May do everything').waitFor({ state: 'detached' })
})

test.each(['light', 'dark'] as const)('every text of a room can be read in the %s', async (colorScheme) => {
  const id = await furnish(room, `dr-${colorScheme}`)
  const page = await open('U0OPERATOR', id, { colorScheme, viewport: { width: 1440, height: 900 } })
  await page.getByRole('button', { name: /3 replies/ }).click()
  await page.getByRole('img', { name: 'The plan as a map' }).waitFor()
  await page.getByRole('button', { name: 'eyes: Avery Approver' }).first().click()
  await page.getByRole('button', { name: /4 replies/ }).waitFor()
  await page.screenshot({ path: `${OUTPUT}/${colorScheme}.png` })
  expect(await faintTexts(page)).toEqual([])
  await page.goto(`${room.slack.url}/?as=U0OPERATOR&channel=D0OPERATOR&tab=home`)
  await page.getByText('Two runs wait for you').waitFor()
  await page.getByRole('button', { name: 'Browse channels' }).click()
  await page.getByText('# general').waitFor()
  await page.screenshot({ path: `${OUTPUT}/${colorScheme}-home.png` })
  expect(await faintTexts(page)).toEqual([])
})

test.each(['light', 'dark'] as const)('all of it fits a phone in the %s', async (colorScheme) => {
  const id = await furnish(room, `dr-phone-${colorScheme}`)
  const page = await open('U0OPERATOR', id, { ...PHONE, colorScheme })
  await page.getByText('Promote the replica').waitFor()
  const message = page.getByRole('article').first()
  await message.getByText('Promote the replica').tap()
  await page.screenshot({ path: `${OUTPUT}/phone-${colorScheme}.png` })
  await message.getByRole('button', { name: 'React with pushpin' }).tap()
  await page.getByRole('button', { name: 'pushpin: Olive Operator' }).waitFor()
  expect(await overflow(page)).toBe(0)
  await page.getByRole('button', { name: '1 pinned' }).tap()
  await page.getByRole('group', { name: 'Pinned messages' }).getByText('2 of 4 done').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /replies/ }).tap()
  await page.getByRole('img', { name: 'The plan as a map' }).waitFor()
  await page.screenshot({ path: `${OUTPUT}/phone-${colorScheme}-thread.png` })
  expect(await overflow(page)).toBe(0)
  await page.getByRole('button', { name: 'Close the thread' }).tap()
  await page.getByRole('button', { name: 'Shortcuts' }).tap()
  await page.getByRole('menuitem', { name: 'Start a drill' }).tap()
  await page.getByRole('dialog', { name: 'Start a drill' }).getByRole('button', { name: 'Cancel' }).tap()
  await page.getByRole('button', { name: 'Open the sidebar' }).tap()
  await page.getByRole('button', { name: 'Browse channels' }).tap()
  const channels = page.getByRole('dialog', { name: 'Channels' })
  await channels.getByText('# general').waitFor()
  await page.screenshot({ path: `${OUTPUT}/phone-${colorScheme}-browse.png` })
  await channels.getByRole('button', { name: 'Close' }).tap()
  await page.screenshot({ path: `${OUTPUT}/phone-${colorScheme}-sidebar.png` })
  await page.getByRole('button', { name: /^Rehearser/ }).tap()
  await page.getByRole('button', { name: 'Home' }).tap()
  await page.getByText('Two runs wait for you').waitFor()
  await page.screenshot({ path: `${OUTPUT}/phone-${colorScheme}-home.png` })
  expect(await overflow(page)).toBe(0)
})

async function open(as: string, channel: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  page.on('pageerror', (error) => failures.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error') failures.push(line.text())
  })
  await page.goto(`${room.slack.url}/?as=${as}&channel=${channel}`)
  await page.getByRole('log').waitFor()
  return page
}

async function say(page: Page, where: string, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: `Message ${where}` })
  await composer.fill(text)
  await composer.press('Enter')
}

async function faintTexts(page: Page): Promise<unknown> {
  return page.evaluate(await readFile(new URL('contrast.js', import.meta.url), 'utf8'))
}

function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
}

/** The picture with this alternative text has come, and is one. */
async function isDrawn(page: Page, alt: string): Promise<void> {
  const width = () => page.evaluate<number>(`document.querySelector('img[alt="${alt}"]').naturalWidth`)
  await expect.poll(width).toBeGreaterThan(0)
}
