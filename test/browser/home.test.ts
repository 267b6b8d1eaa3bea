import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { DESK, PHONE, practiceStory } from './practice-story.ts'

const TALL = { ...DESK, viewport: { width: 1360, height: 1400 } }
const story = practiceStory('home', { speed: 3000 })

const waiting = (page: Page) => page.getByText('Waiting for you', { exact: true })

async function openHome(page: Page, as: string): Promise<void> {
  await page.goto(`${story.practice.url}/?as=${as}&channel=D0${as.slice(2)}`)
  await page.getByRole('button', { name: 'Home', exact: true }).click()
  await waiting(page).waitFor()
}

test('somebody starts a drill from their Home, and an approver decides on theirs, on a phone too', async () => {
  const olive = await story.browser.newPage(TALL)
  olive.setDefaultTimeout(10_000)
  await openHome(olive, 'U0OPERATOR')
  await olive.getByText('Nothing waits for you').first().waitFor()
  await story.shot(olive, '1-nothing-waits')
  await olive.getByRole('button', { name: 'Start a drill: Storefront' }).click()
  await olive.getByRole('button', { name: 'Start drill', exact: true }).click()

  const avery = await story.browser.newPage({ ...TALL, colorScheme: 'dark' })
  await openHome(avery, 'U0APPROVER')
  await avery
    .getByRole('button', { name: /^Approve/ })
    .first()
    .waitFor()
  await story.shot(avery, '2-waits-dark')
  const phone = await story.browser.newPage(PHONE)
  await openHome(phone, 'U0APPROVER')
  await phone
    .getByRole('button', { name: /^Approve/ })
    .first()
    .waitFor()
  await story.shot(phone, '3-waits-on-a-phone')
  await phone
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click()
  await phone.getByText(/^Done\./).waitFor()
  await story.shot(phone, '4-done-on-a-phone')
  expect(await phone.getByText(/^Done\./).count()).toBe(1)

  await avery.getByText('Nothing waits for you').first().waitFor({ timeout: 20_000 })
})

test('a plan and its mode are chosen in a form, on a phone, and the runs are seen on another Home', async () => {
  const phone = await story.browser.newPage({ ...PHONE, colorScheme: 'dark' })
  phone.setDefaultTimeout(10_000)
  await phone.goto(`${story.practice.url}/?as=U0OPERATOR&channel=C0INCIDENTS`)
  await phone.getByRole('textbox', { name: /Message #/ }).waitFor()
  await story.practice.slack.person('U0OPERATOR').shortcut('start-run')
  await phone.getByRole('radio', { name: /Payments/ }).click()
  await phone.getByRole('radio', { name: /REAL/ }).click()
  await story.shot(phone, '5-choose-on-a-phone')
  await phone.getByRole('button', { name: 'Show what happens' }).click()
  await phone.getByLabel(/Type the plan/).fill('Payments')
  await phone.getByLabel(/Type the Region/).fill('us-west-2')
  await story.shot(phone, '6-preview-on-a-phone')
  await phone.getByRole('button', { name: 'Start REAL failover' }).click()

  const val = await story.browser.newPage(TALL)
  await openHome(val, 'U0VIEWER')
  await val.getByRole('button', { name: /^Status of Payments/ }).waitFor({ timeout: 20_000 })
  await story.shot(val, '7-viewer')
  expect(await val.getByRole('button', { name: 'Start a drill: Payments' }).count()).toBe(0)
})
