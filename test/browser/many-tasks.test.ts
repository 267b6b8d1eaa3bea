import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { leapingClock } from '../support/leaping-clock.ts'
import { DESK, PHONE, practiceStory } from './practice-story.ts'

const clock = leapingClock()
const story = practiceStory('many-tasks', { speed: 1000, clock })
const MINUTE = 60_000

const SERVICES = 494
const CHECKS = 5
/** Five hundred tasks: one that opens the way to hundreds, and five checks that cannot succeed. */
const plan = {
  recovery_plan_id: 'estate',
  name: 'Estate',
  description: 'Sample data: many services that come back side by side.',
  objectives: { rto_minutes: 60 },
  tasks: [
    {
      ...{
        task_id: 'announce',
        task_type: 'wait',
        name: 'Let the announcement go out',
        inputs: { minutes: 1 },
      },
      task_successors: [...Array(SERVICES).keys()].map((at) => `service-${at}`),
    },
    ...Array.from({ length: SERVICES }, (_, at) => ({
      ...{
        task_id: `service-${at}`,
        task_type: 'wait',
        name: `Let service ${at} settle`,
        inputs: { minutes: 2 },
      },
      task_successors: at < CHECKS ? [`check-${at}`] : [],
    })),
    ...Array.from({ length: CHECKS }, (_, at) => ({
      ...{ task_id: `check-${at}`, task_type: 'ssm_automation', name: `Check service ${at}` },
      inputs: {
        document: 'Lifeboat-HealthCheck',
        document_version: '1',
        parameters: { Application: 'estate' },
      },
    })),
  ],
}

const thread = (page: Page) => page.getByRole('complementary', { name: 'Thread' })
const headline = (page: Page) => page.getByRole('region', { name: 'Today' })

/** Time leaps until the headline says so: what one leap finds not begun ends with the next. */
const leapsTo = (page: Page, says: RegExp) =>
  vi.waitFor(
    async () => {
      clock.leap(2 * MINUTE)
      await headline(page).getByText(says).waitFor({ timeout: 15_000 })
    },
    { timeout: 120_000 },
  )

test('a run of 500 tasks stays readable: one headline, few lines, and a card for what needs people', async () => {
  const put = await fetch(`${story.practice.apiUrl}/api/v1/plans/estate`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${story.practice.apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(plan),
  })
  expect(put.ok).toBe(true)
  const olive = await story.open('U0OPERATOR', 'C0PAYMENTS', DESK)
  const box = olive.getByRole('textbox', { name: /Message #/ })
  await box.fill('/dr drill estate')
  await box.press('Enter')
  await olive.getByRole('dialog').getByText('500').first().waitFor()
  await story.shot(olive, '1-preview')
  await olive.getByRole('button', { name: 'Start drill', exact: true }).click()
  await olive.getByRole('button', { name: /repl/ }).last().click()
  await leapsTo(olive, /[1-9]\d* of 500 tasks done/)
  // One message tells of as many as have begun by then; where two leaps went before it, it sums them up.
  await thread(olive)
    .getByText(/\d{2,} tasks started|📨/)
    .first()
    .waitFor()
  await story.shot(olive, '2-side-by-side')

  await leapsTo(olive, /495 of 500 tasks done/)
  await thread(olive)
    .getByRole('button', { name: /^Retry/ })
    .nth(CHECKS - 1)
    .waitFor()
  await story.shot(olive, '3-five-failed')
  const phone = await story.open('U0OPERATOR', 'C0PAYMENTS', PHONE)
  await phone
    .getByRole('button', { name: /^Retry/ })
    .first()
    .waitFor()
  await story.shot(phone, '4-on-a-phone')

  for (let check = 0; check < CHECKS; check++) {
    await box.fill(`/dr skip check-${check} seen by eye`)
    await box.press('Enter')
  }
  await thread(olive)
    .getByRole('img', { name: /as a timeline/ })
    .waitFor()
  await story.shot(olive, '5-ended')
  const said = story.practice.slack.state.messages('C0PAYMENTS')
  // The headline, a card for each of the first failures, and how it ended; all the rest is in the thread, and not much there.
  expect(said.filter(({ threadTs, alsoInChannel }) => !threadTs || alsoInChannel).length).toBeLessThanOrEqual(
    5,
  )
  expect(said.length).toBeLessThanOrEqual(45)
}, 240_000)
