import type { Browser, Locator, Page } from 'playwright-core'
import { bot } from '../../src/sandbox/playground/example-corp.ts'

/** Which of several: the newest in which these words stand. */
export interface Which {
  readonly within?: string | RegExp
}

/**
 * Olive Operator's hands on the page of the Playground, and her eyes. What is not named by `within` is the newest:
 * the last in the personal chat, and in a channel the last of the uppermost thread.
 */
export interface PlaygroundPage {
  readonly page: Page
  inChannel(name: string): Promise<void>
  inPersonalChat(): Promise<void>
  /** Mentions the bot in a new post of the channel. */
  mention(text: string): Promise<void>
  /** Mentions the bot in a reply: without a mention it would not hear it. */
  replyInThread(text: string, which?: Which): Promise<void>
  /** Says it to the bot in the personal chat. */
  say(text: string): Promise<void>
  /** Presses the button of a card. */
  press(title: string, which?: Which): Promise<void>
  /** Writes into the text or number input of a card. */
  fill(label: string, text: string, which?: Which): Promise<void>
  /** Chooses from the closed list of a card. */
  choose(label: string, option: string, which?: Which): Promise<void>
  /** Ticks a box, or an open choice, of a card. */
  tick(label: string, which?: Which): Promise<void>
  /** The newest card with these words, once it is there. */
  cardWith(text: string | RegExp): Promise<Locator>
  /** The newest words of a message, once they are there. */
  words(text: string | RegExp): Promise<Locator>
  /** The strip below a pressed card, once it says this: the bot's words to the one who pressed. */
  notice(text: string | RegExp): Promise<Locator>
  screenshot(file: string): Promise<void>
}

const VIEWPORT = { width: 1360, height: 900 }
const CARD = '.ac-adaptiveCard'
const POST_PLACEHOLDER = 'Start a new post'
const MESSAGE_PLACEHOLDER = 'Type a message...'

/** Opens the page. It tells nothing of what was said before: the story begins here. */
export async function openPlayground(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<PlaygroundPage> {
  const page = await browser.newPage({ viewport: VIEWPORT, reducedMotion: 'reduce', ...options })
  // It asks Microsoft for fonts; a card may ask this machine for pictures.
  await page.route(
    ({ hostname }) => hostname !== new URL(url).hostname && hostname !== 'localhost',
    (route) => route.abort(),
  )
  await page.goto(url)
  const hideLog = page.getByRole('button', { name: 'Hide log panel' })
  await hideLog.click()

  const post = page.getByRole('button', { name: 'Post', exact: true })
  let inTeam = false
  const newest = (things: Locator) =>
    inTeam ? threads(page).filter({ has: things }).first().locator(things).last() : things.last()
  const inNewestCard = (thing: Locator, { within = '' }: Which = {}) =>
    newest(page.locator(CARD).filter({ has: thing, hasText: within })).locator(thing)

  return {
    page,
    inChannel: async (name) => {
      await page.getByRole('treeitem', { name: new RegExp(` - ${name}$`) }).click()
      await post.waitFor()
      inTeam = true
    },
    inPersonalChat: async () => {
      await page.getByRole('treeitem', { name: 'Personal Chat' }).click()
      await post.waitFor({ state: 'detached' })
      inTeam = false
    },
    mention: async (text) => {
      await writeMention(page, page.getByRole('textbox').first(), text)
      await post.click()
      await page.getByText(POST_PLACEHOLDER).waitFor()
      await threads(page).filter({ hasText: text }).first().waitFor()
    },
    replyInThread: async (text, { within = '' } = {}) => {
      const thread = threads(page).filter({ hasText: within }).first()
      await writeMention(page, thread.getByRole('textbox').last(), text)
      await thread.getByRole('button', { name: 'Send Message' }).click()
      await thread.getByText(MESSAGE_PLACEHOLDER).waitFor()
    },
    say: async (text) => {
      await page.getByRole('textbox').last().click()
      await page.keyboard.insertText(text)
      await page.getByRole('button', { name: 'Send Message' }).click()
      await page.getByText(MESSAGE_PLACEHOLDER).waitFor()
    },
    press: async (title, which) => {
      await inNewestCard(page.getByRole('button', { name: title, exact: true }), which).click()
    },
    fill: async (label, text, which) => {
      const input = named(page, 'textbox', label).or(named(page, 'spinbutton', label))
      await inNewestCard(input, which).fill(text)
    },
    choose: async (label, option, which) => {
      await inNewestCard(named(page, 'combobox', label), which).click()
      await page.getByRole('option', { name: option, exact: true }).click()
    },
    tick: async (label, which) => {
      const box = named(page, 'checkbox', label).or(named(page, 'radio', label))
      await inNewestCard(box, which).check()
    },
    cardWith: async (text) => {
      const card = newest(page.locator(CARD).filter({ hasText: text }))
      await card.waitFor()
      return card
    },
    words: async (text) => {
      const words = newest(page.getByText(text))
      await words.waitFor()
      return words
    },
    notice: async (text) => {
      const dismiss = page.getByRole('button', { name: 'Dismiss Invoke Message' })
      const strip = newest(dismiss.locator('xpath=..').filter({ hasText: text }))
      await strip.waitFor()
      return strip
    },
    screenshot: async (file) => {
      // Each warning of the tool opens it again.
      if (await hideLog.isVisible()) await hideLog.click()
      await page.screenshot({ path: file })
    },
  }
}

/** The posts of the channel with all their replies, the newest post first. */
const threads = (page: Page): Locator =>
  page.getByRole('group').filter({ has: page.getByRole('button', { name: 'Send Message' }) })

const named = (page: Page, role: Parameters<Page['getByRole']>[0], name: string): Locator =>
  page.getByRole(role, { name, exact: true })

async function writeMention(page: Page, box: Locator, text: string): Promise<void> {
  await box.click()
  // Only keys that are really typed bring up the list of names.
  await page.keyboard.type('@')
  await page.getByRole('menuitem', { name: bot.name }).click()
  await page.keyboard.insertText(` ${text}`)
}
