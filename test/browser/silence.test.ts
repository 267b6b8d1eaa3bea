import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { leapingClock } from '../support/leaping-clock.ts'
import { DESK, PHONE, practiceStory } from './practice-story.ts'

const clock = leapingClock()
const story = practiceStory('silence', { speed: 1000, clock })
const SECOND = 1_000

/** What Lifeboat writes to this person alone, on a phone. */
const letters = (person: string) => story.open(person, `D0${person.slice(2)}`, PHONE)
const thread = (page: Page) => page.getByRole('complementary', { name: 'Thread' })
const approve = (where: Page | ReturnType<typeof thread>) =>
  where.getByRole('button', { name: /^Approve/ }).last()

test('nobody decides: who is on call is asked, then the others, then everybody; the gate expires, is asked again, and two open it', async () => {
  const olive = await story.open('U0OPERATOR', 'C0PAYMENTS', DESK)
  const box = olive.getByRole('textbox', { name: /Message #/ })
  await box.fill('/dr failover storefront')
  await box.press('Enter')
  await olive.getByLabel(/Type the plan/).fill('Storefront')
  await olive.getByLabel(/Type the Region/).fill('us-west-2')
  await olive.getByRole('button', { name: 'Start REAL failover' }).click()
  await olive.getByRole('button', { name: /repl/ }).last().click()
  await approve(thread(olive)).waitFor()
  await thread(olive)
    .getByText(/Start the queue completed/)
    .waitFor()

  // The objective is out of reach already, so the ladder is as steep as it may be.
  clock.leap(31 * SECOND)
  await thread(olive)
    .getByText(/Reminder to those on call/)
    .waitFor()
  const blake = await letters('U0APPROVER2')
  await approve(blake).waitFor()
  await story.shot(blake, '1-on-call')

  clock.leap(30 * SECOND)
  await thread(olive)
    .getByText(/Everybody else who may decide is asked/)
    .waitFor()
  const avery = await letters('U0APPROVER')
  await approve(avery).waitFor()
  await story.shot(avery, '2-others')

  clock.leap(30 * SECOND)
  await olive
    .getByRole('region', { name: 'Today' })
    .getByText(/Still nobody has decided/)
    .waitFor()
  await story.shot(olive, '3-everybody')

  clock.leap(30 * 60 * SECOND)
  await thread(olive)
    .getByText(/expired without a decision/)
    .waitFor()
  await story.shot(olive, '4-expired')
  await blake.getByText(/expired without a decision/).waitFor()
  await story.shot(blake, '5-expired-on-the-phone')
  expect(await approve(blake).count()).toBe(0)

  await thread(olive)
    .getByRole('button', { name: /^Retry/ })
    .click()
  await olive.getByText('Who may: Blake Approver (on call)').first().waitFor()
  await story.shot(olive, '6-refused')

  await blake.getByRole('button', { name: /^Retry/ }).click()
  await approve(thread(olive)).waitFor()
  await story.shot(olive, '7-asked-again')
  clock.leap(31 * SECOND)
  await approve(blake).click()
  await blake
    .getByText(/says approve/)
    .first()
    .waitFor()
  await story.shot(blake, '8-one-of-two')
  clock.leap(30 * SECOND)
  await approve(avery).click()
  await thread(olive)
    .getByText(/Approve Move the database: approved/)
    .waitFor()
  await story.shot(olive, '9-approved')
}, 120_000)
