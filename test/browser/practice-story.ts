import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import { launchChromium } from '../support/chromium.ts'

export const DESK = { viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' } as const
export const PHONE = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' } as const

export interface PracticeStory {
  readonly practice: Practice
  readonly browser: Browser
  /** The page as this person sees that channel. */
  open(person: string, channel: string, how: BrowserContextOptions): Promise<Page>
  /** A picture of the page, kept in the output under the story's name. */
  shot(page: Page, name: string, options?: { readonly fullPage?: true }): Promise<unknown>
}

type Options = Omit<Parameters<typeof startPractice>[0], 'folder' | 'port' | 'say' | 'logLevel'>

/** All that `npm start` starts, and Chromium to look at it, for the tests of one file. */
export function practiceStory(name: string, options: Options): PracticeStory {
  const output = resolve(import.meta.dirname, '../output', name)
  let folder: string
  let practice: Practice
  let browser: Browser

  beforeAll(async () => {
    mkdirSync(output, { recursive: true })
    folder = mkdtempSync(join(tmpdir(), `lifeboat-${name}-`))
    practice = await startPractice({ ...options, folder, port: 0, say: () => {}, logLevel: 'error' })
    browser = await launchChromium()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await practice?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  return {
    get practice() {
      return practice
    },
    get browser() {
      return browser
    },
    async open(person, channel, how) {
      const page = await browser.newPage(how)
      await page.goto(`${practice.url}/?as=${person}&channel=${channel}`)
      return page
    },
    shot: (page, file, how = {}) => page.screenshot({ ...how, path: join(output, `${file}.png`) }),
  }
}
