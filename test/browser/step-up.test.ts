import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { DESK, PHONE, practiceStory } from './practice-story.ts'

const story = practiceStory('step-up', { speed: 3000 })

const button = (page: Page, name: RegExp | string) => page.getByRole('button', { name }).first()

/** What the browser itself objects to, e.g. a form that the page's own rules forbid. That a refusal is a 403 is no such thing. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) complaints.push(text)
  })
  return complaints
}

/** The page fits the phone, and its one button a thumb. */
async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate('document.documentElement.scrollWidth')
  expect(wide).toBe(PHONE.viewport.width)
  const box = await page.getByRole('button').first().boundingBox()
  expect(box?.height).toBeGreaterThanOrEqual(48)
}

async function linkFor(desk: Page): Promise<string> {
  const link = desk.getByRole('link', { name: 'Sign in to approve' }).last()
  await link.waitFor()
  return (await link.getAttribute('href')) ?? ''
}

test('a gate that cannot be undone is opened on a phone: link, sign-in, wrong person, right person, recorded', async () => {
  const response = await fetch(`${story.practice.apiUrl}/api/v1/executions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${story.practice.apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ recovery_plan_id: 'vault', mode: 'recovery' }),
  })
  expect(response.status).toBe(201)
  const desk = await story.browser.newPage(DESK)
  await desk.goto(`${story.practice.url}/?as=U0APPROVER&channel=C0INCIDENTS`)
  await button(desk, /repl/).click()
  await desk.getByText('Deciding takes a fresh sign-in').first().waitFor()
  await button(desk, /^Approve/).click()
  const link = await linkFor(desk)
  await story.shot(desk, '1-private-link')

  const phone = await story.browser.newPage(PHONE)
  const complaints = complaintsOf(phone)
  await phone.goto(link)
  await fits(phone)
  await story.shot(phone, '2-decision', { fullPage: true })
  await phone.emulateMedia({ colorScheme: 'dark' })
  await story.shot(phone, '3-decision-dark', { fullPage: true })
  await phone.emulateMedia({ colorScheme: 'light' })

  await button(phone, 'Sign in to approve').click()
  await fits(phone)
  await story.shot(phone, '4-provider')
  await button(phone, /Blake Approver/).click()
  await phone.getByRole('heading', { name: 'Somebody else signed in' }).waitFor()
  await story.shot(phone, '5-somebody-else')

  await phone.getByRole('link', { name: 'Back to the decision' }).click()
  await button(phone, 'Sign in to approve').click()
  await button(phone, /Avery Approver/).click()
  await phone.getByText('Recorded · receipt').waitFor()
  await story.shot(phone, '6-recorded')
  const receipt = await phone.locator('code').first().textContent()
  await desk.getByText(`receipt ${receipt}`).first().waitFor()
  await story.shot(desk, '7-card-shows-it')

  await phone.goto(link)
  await phone.getByRole('heading', { name: 'This link has been used' }).waitFor()
  expect(complaints).toEqual([])
}, 120_000)
