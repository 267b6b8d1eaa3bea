import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Playground } from '../../src/sandbox/playground/start.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'
import { launchChromium } from '../support/chromium.ts'
import { openPlayground, type PlaygroundPage } from './playground.ts'

const OUTPUT = join(import.meta.dirname, '../output/teams')
let folder: string
let practice: Practice
let playground: Playground
let browser: Browser
let olive: PlaygroundPage

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-playground-'))
  practice = await startPractice({
    ...{ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'warn', teams: 'playground' },
  })
  if (!practice.playground) throw new Error('The Playground is not installed.')
  playground = practice.playground
  browser = await launchChromium()
  olive = await openPlayground(browser, playground.url)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

const shot = (name: string) => olive.screenshot(join(OUTPUT, `${name}.png`))
const inSlack = (part: string) =>
  practice.slack.until(() =>
    practice.slack
      .person('U0APPROVER')
      .messages('C0INCIDENTS')
      .findLast((message) => JSON.stringify(message).includes(part)),
  )

test('the page of the practice Slack leads to Teams', async () => {
  const page = await browser.newPage()
  await page.goto(`${practice.url}/?as=U0OPERATOR&channel=C0INCIDENTS`)
  const link = page.getByRole('link', { name: 'Microsoft Teams' })
  expect(await link.getAttribute('href')).toBe(playground.url)
  await page.screenshot({ path: join(OUTPUT, '0-slack-leads-here.png') })
  await page.close()
})

test('a drill by mention in Teams: a failure is decided in its card, an approver in Slack opens the gate, both tell the end', async () => {
  await olive.inChannel('Incidents')
  await olive.mention('drill payments')
  await olive.cardWith('A rehearsal: production stays where it is.')
  await shot('1-form')
  await olive.press('Start drill')

  const failed = { within: 'payments-cache-1 did not answer' }
  const failure = await olive.cardWith(failed.within)
  await olive.press('Skip task…', failed)
  const reason = { within: 'Reason' }
  await (await olive.cardWith('Reason')).scrollIntoViewIfNeeded()
  await shot('2-skip-asks-why')
  await olive.press('Back', reason)
  await failure.getByRole('button', { name: 'Retry' }).waitFor()
  await failure.scrollIntoViewIfNeeded()
  await shot('3-failure')
  await olive.press('Retry', failed)

  const waiting = { within: 'Decide by' }
  const gate = await olive.cardWith(waiting.within)
  await gate.scrollIntoViewIfNeeded()
  await olive.press('Approve', waiting)
  const refusal = await olive.notice('approver')
  expect(await refusal.innerText()).toContain('operator')
  await shot('4-refused')

  const asked = await inSlack('decide:approve')
  await practice.slack.person('U0APPROVER').click(asked, 'decide:approve')
  await (await olive.cardWith('Approved by')).scrollIntoViewIfNeeded()
  const end = await olive.cardWith('Payments has ended')
  await end.scrollIntoViewIfNeeded()
  await shot('5-outcome')
  expect(await end.innerText()).toContain('Completed')
  await inSlack('Payments has ended')
}, 120_000)
