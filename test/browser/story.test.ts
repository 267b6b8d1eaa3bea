import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { DESK, PHONE, practiceStory } from './practice-story.ts'

const story = practiceStory('story', { speed: 1000 })

const first = (page: Page, name: RegExp) => page.getByRole('button', { name }).first()

async function say(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /Message #/ })
  await box.fill(text)
  await box.press('Enter')
}

/** Opens the thread of the newest run, closing the one before. */
async function openThread(page: Page): Promise<void> {
  await page.getByRole('button', { name: /repl/ }).last().click()
}

/** Answers the failure that is on screen with a decision that asks why. */
async function decide(page: Page, decision: 'Skip' | 'Abandon', why: string): Promise<void> {
  await first(page, new RegExp(`^${decision}`)).click()
  const dialog = page.getByRole('dialog', { name: new RegExp(decision) })
  await dialog.getByLabel(/Reason/).fill(why)
  await story.shot(page, `${decision.toLowerCase()}-asks-why`)
  await dialog.getByRole('button', { name: new RegExp(`^${decision}`) }).click()
}

const thread = (page: Page) => page.getByRole('complementary', { name: 'Thread' })

test('a person flies a failover on the page: start, retry a failure, approve as somebody else, read the outcome', async () => {
  const page = await story.browser.newPage(DESK)
  await page.goto(`${story.practice.url}/?as=U0OPERATOR&channel=C0PAYMENTS`)
  await say(page, '/dr failover payments')
  await page.getByLabel(/Type the plan/).fill('Payments')
  await page.getByLabel(/Type the Region/).fill('us-west-2')
  await story.shot(page, '1-start')
  await page.getByRole('button', { name: 'Start REAL failover' }).click()

  await first(page, /repl/).click()
  await first(page, /^Retry/).waitFor()
  await story.shot(page, '2-failure')
  await first(page, /^Retry/).click()

  await first(page, /^Approve/).waitFor()
  await page.getByRole('button', { name: /Act as Avery/ }).click()
  const phone = await story.browser.newPage(PHONE)
  await phone.goto(page.url())
  await first(phone, /^Approve/).waitFor()
  await story.shot(phone, '3-approval-on-a-phone')
  await first(phone, /^Approve/).click()

  await page.getByText('Payments has ended').first().waitFor()
  await story.shot(page, '4-outcome')
  expect(await page.getByRole('button', { name: /^(Approve|Retry)/ }).count()).toBe(0)
})

test('a run that fails twice at the same task is retried twice, a hopeless check is skipped, and it finishes', async () => {
  const page = await story.browser.newPage(DESK)
  await page.goto(`${story.practice.url}/?as=U0OPERATOR&channel=C0INCIDENTS`)
  await say(page, '/dr failover ledger')
  await page.getByLabel(/Type the plan/).fill('Ledger')
  await page.getByLabel(/Type the Region/).fill('us-west-2')
  await page.getByRole('button', { name: 'Start REAL failover' }).click()
  await openThread(page)

  for (const attempt of [1, 2]) {
    await thread(page).getByText(`attempt ${attempt} ·`).waitFor()
    await first(page, /^Retry/).click()
    await thread(page)
      .getByText(new RegExp(`– attempt ${attempt + 1}`))
      .first()
      .waitFor()
  }
  await thread(page)
    .getByText(/answers 503/)
    .first()
    .waitFor()
  await first(page, /^Skip/).waitFor()
  await story.shot(page, '5-failed-again')
  await decide(page, 'Skip', 'The check asks the old Region; seen by hand that the application answers.')

  await first(page, /^Approve/).waitFor()
  await page.getByRole('button', { name: /Act as Avery/ }).click()
  await first(page, /^Approve/).click()
  await thread(page).getByText('Ledger has ended').first().waitFor()
  await story.shot(page, '6-finished-with-a-skip')
  expect(
    await thread(page)
      .getByText(/with one task skipped/)
      .count(),
  ).toBeGreaterThan(0)
})

test('in a second run a branch is abandoned: what it leads to does not run, the rest finishes', async () => {
  const page = await story.browser.newPage(DESK)
  await page.goto(`${story.practice.url}/?as=U0OPERATOR&channel=C0GENERAL`)
  await say(page, '/dr drill ledger')
  await page.getByRole('button', { name: 'Start drill' }).click()
  await openThread(page)
  await first(page, /^Abandon/).waitFor()
  await decide(page, 'Abandon', 'The check is broken; this drill was about the servers.')
  await thread(page).getByText('Ledger has ended').first().waitFor()
  await story.shot(page, '7-branch-abandoned')

  const stood = await statuses('ledger')
  expect(stood).toMatchObject({
    run: 'ABANDONED',
    'health-check': 'ABANDONED',
    'app-dns': 'ABANDONED',
    'recover-app': 'COMPLETED',
    'reports-dns': 'COMPLETED',
  })
})

const listed = z.object({
  executions: z.array(
    z.object({
      recovery_plan_id: z.string(),
      status: z.string(),
      tasks: z.array(z.object({ task_id: z.string(), status: z.string() })),
    }),
  ),
})

/** The newest run of the plan over the API: its status, and those of its tasks by their ids. */
async function statuses(plan: string): Promise<{ [name: string]: string }> {
  const response = await fetch(`${story.practice.apiUrl}/api/v1/executions`, {
    headers: { authorization: `Bearer ${story.practice.apiToken}` },
  })
  const run = listed.parse(await response.json()).executions.find((one) => one.recovery_plan_id === plan)
  const tasks = run?.tasks.map(({ task_id, status }) => [task_id, status]) ?? []
  return { run: run?.status ?? 'not there', ...Object.fromEntries(tasks) }
}
