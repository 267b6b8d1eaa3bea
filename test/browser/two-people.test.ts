import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { PHONE, practiceStory } from './practice-story.ts'

const story = practiceStory('two-people', { speed: 1000 })

const at = (person: string, dark = false): Promise<Page> =>
  story.open(person, 'C0PAYMENTS', { ...PHONE, colorScheme: dark ? 'dark' : 'light' })

const thread = (page: Page) => page.getByRole('complementary', { name: 'Thread' })

/** The approve button of the gate, in the thread. */
async function gate(page: Page) {
  await page.getByRole('button', { name: /repl/ }).last().click()
  const button = thread(page)
    .getByRole('button', { name: /^Approve/ })
    .first()
  await button.waitFor()
  await button.scrollIntoViewIfNeeded()
  return button
}

test('a real gate takes two: the starter is refused, one voice is not enough, nobody counts twice, the second opens it', async () => {
  const olive = await story.browser.newPage({
    viewport: { width: 1360, height: 900 },
    reducedMotion: 'reduce',
  })
  await olive.goto(`${story.practice.url}/?as=U0OPERATOR&channel=C0PAYMENTS`)
  const box = olive.getByRole('textbox', { name: /Message #/ })
  await box.fill('/dr failover storefront')
  await box.press('Enter')
  await olive.getByLabel(/Type the plan/).fill('Storefront')
  await olive.getByLabel(/Type the Region/).fill('us-west-2')
  await story.shot(olive, '1-preview')
  expect(await olive.getByRole('dialog').innerText()).toMatch(/Approve Move the database[\s\S]*2 there/)
  await olive.getByRole('button', { name: 'Start REAL failover' }).click()

  await (await gate(olive)).click()
  await olive.getByText(/You may not approve here/).waitFor()
  await story.shot(olive, '2-refused')

  const avery = await at('U0APPROVER')
  await (await gate(avery)).click()
  await thread(avery)
    .getByText(/says approve/)
    .first()
    .waitFor()
  await story.shot(avery, '3-one-of-two')
  await thread(avery)
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click()
  await avery.getByText(/is on record since/).waitFor()

  const blake = await at('U0APPROVER2', true)
  await (await gate(blake)).click()
  await thread(blake)
    .getByText(/Approve Move the database: approved/)
    .waitFor()
  await story.shot(blake, '4-approved-dark')
  expect(
    await thread(blake)
      .getByText(/says approve/)
      .count(),
  ).toBeGreaterThanOrEqual(2)
}, 120_000)
