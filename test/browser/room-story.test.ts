import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { DESK, practiceStory } from './practice-story.ts'

const story = practiceStory('room', { speed: 3000, warRoom: 'real' })

async function say(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /Message #/ })
  await box.fill(text)
  await box.press('Enter')
}

const openThread = (page: Page) => page.getByRole('button', { name: /repl/ }).last().click()

test('the war room on the page: it appears, somebody takes command, a note is kept, and it is closed', async () => {
  const page = await story.browser.newPage(DESK)
  await page.goto(`${story.practice.url}/?as=U0OPERATOR&channel=C0PAYMENTS`)
  await say(page, '/dr failover payments')
  await page.getByLabel(/Type the plan/).fill('Payments')
  await page.getByLabel(/Type the Region/).fill('us-west-2')
  await page.getByRole('button', { name: 'Start REAL failover' }).click()
  await openThread(page)
  await page
    .getByText(/War room:/)
    .first()
    .waitFor()
  await story.shot(page, '1-thread-leads-to-room')

  const { id } = await story.practice.slack.until(() =>
    story.practice.slack
      .person('U0OPERATOR')
      .channels()
      .find(({ name, pins }) => name.startsWith('dr-real-') && pins.length > 0),
  )
  await page.goto(`${story.practice.url}/?as=U0OPERATOR&channel=${id}`)
  await page.getByRole('button', { name: 'Take command' }).click()
  await page.getByRole('button', { name: 'Give back command' }).waitFor()
  await say(page, 'Customers were told at 15:00')
  const said = story.practice.slack.until(() =>
    story.practice.slack
      .person('U0APPROVER')
      .messages(id)
      .find(({ text }) => text.startsWith('Customers')),
  )
  await story.practice.slack.person('U0APPROVER').react(await said, 'pushpin')
  await page
    .getByRole('button', { name: /^white check mark: / })
    .first()
    .waitFor()
  await story.shot(page, '2-command-and-note')

  const late = await story.browser.newPage(DESK)
  await story.practice.slack.person('U0VIEWER').join(id)
  await story.practice.slack.until(() => story.practice.slack.person('U0VIEWER').ephemerals(id).at(-1))
  await late.goto(`${story.practice.url}/?as=U0VIEWER&channel=${id}`)
  await late
    .getByText(/what you must know/)
    .first()
    .waitFor()
  await story.shot(late, '3-late-joiner')

  await openThread(page)
  await page
    .getByRole('button', { name: /^Retry/ })
    .first()
    .click()
  await story.practice.slack.until(() =>
    story.practice.slack
      .person('U0APPROVER')
      .messages(id)
      .find((message) => JSON.stringify(message).includes('decide:approve')),
  )
  const avery = await story.browser.newPage(DESK)
  await avery.goto(`${story.practice.url}/?as=U0APPROVER&channel=${id}`)
  await openThread(avery)
  await avery
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Close room' }).click()
  await story.practice.slack.until(() =>
    story.practice.slack
      .person('U0OPERATOR')
      .channels()
      .find((one) => one.id === id && one.archived),
  )
  await story.shot(page, '4-archived')
  expect(story.practice.slack.person('U0OPERATOR').troubles()).toEqual([])
}, 120_000)
