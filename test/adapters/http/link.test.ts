import { expect, test } from 'vitest'
import { asText } from '../../../src/conversation/as-text.ts'
import { executionId } from '../../../src/domain/execution.ts'
import { receipt } from '../../../src/domain/receipt.ts'
import { RUN } from '../../engine/step-up-gate.ts'
import { browser } from './browser.ts'
import { ground } from './step-up-ground.ts'

const NO_STEP_UP = { step_up: false }

test('somebody whom nobody knows signs in, their account is linked, and what they asked for is done', async () => {
  const run = await ground(NO_STEP_UP)
  const [link, person] = [await run.link('slack:gus'), browser()]
  const page = await person.open(link)
  expect(page.status).toBe(200)
  for (const words of [
    'Whose account is this?',
    'slack:gus',
    'approve “Approve &lt;b&gt;the',
    'has somebody sent you this link?',
    'because slack:gus says so',
  ])
    expect(page.html).toContain(words)
  const done = await person.decide(link, 'gus@example.com')
  expect(done).toMatchObject({ status: 200, html: expect.stringContaining('Linked, and recorded') })
  expect((await run.gate()).status).toBe('COMPLETED')
  const [execution, gate] = [await run.current(), await run.gate()]
  expect(gate.decision?.by.id).toBe('slack:gus')
  if (!gate.decision) throw new Error('no decision')
  expect(done.html).toContain(receipt(execution.id, gate.id, 1, gate.decision))
  expect(await run.links.get('slack:gus')).toMatchObject({ human: 'gus@example.com' })
  // From now on they are known in chat.
  await run.say('slack:ann', 'retry')
  expect((await person.open(link)).status).toBe(410)
  expect(run.logged()).not.toContain(new URL(link).pathname.split('/').at(-1))
})

test('whoever is nobody here is linked and refused all the same, and nothing is recorded', async () => {
  const run = await ground(NO_STEP_UP)
  const done = await browser().decide(await run.link('slack:gus'), 'eve@example.com')
  expect(done).toMatchObject({
    status: 409,
    html: expect.stringContaining('This account belongs to eve@example.com'),
  })
  expect(done.html).toContain('You may not approve here')
  expect((await run.gate()).status).toBe('PENDING_APPROVAL')
  // Known now, and so refused without another link.
  expect(await run.say('slack:gus', 'approve')).toMatchObject({ refusal: { why: 'no-permission' } })
})

test('an address that another account on the platform has is not linked: a link that is passed on gives nobody a second voice', async () => {
  const run = await ground(NO_STEP_UP)
  run.taken.push('ann@example.com')
  const done = await browser().decide(await run.link('slack:gus'), 'ann@example.com')
  expect(done).toMatchObject({ status: 409, html: expect.stringContaining('has an account already') })
  expect(await run.links.get('slack:gus')).toBeUndefined()
  expect((await run.gate()).status).toBe('PENDING_APPROVAL')
})

test('where it takes two, what the linked account says is one voice, with its receipt', async () => {
  const run = await ground({ ...NO_STEP_UP, needs: [{ count: 2 }] })
  const done = await browser().decide(await run.link('slack:gus'), 'gus@example.com')
  expect(done.html).toMatch(/Recorded · receipt <code>[0-9a-f]{8}<\/code>[\s\S]*It takes more people/)
  expect((await run.gate()).votes).toMatchObject([{ human: 'gus@example.com' }])
})

test('who is linked and then asks at a gate with step_up signs in for that as well', async () => {
  const run = await ground()
  const linked = await browser().decide(await run.link('slack:gus'), 'gus@example.com')
  expect(linked.status).toBe(409)
  const [, next] = /href="([^"]+\/decide\/[^"]+)"/.exec(linked.html) ?? []
  if (!next) throw new Error('no link to the decision')
  expect((await browser().decide(next, 'gus@example.com')).status).toBe(200)
  expect((await run.gate()).status).toBe('COMPLETED')
})

test('it is good for five minutes, and changes nothing by being opened or by being declined', async () => {
  const run = await ground(NO_STEP_UP)
  const link = await run.link('slack:gus')
  await browser().open(link)
  expect((await browser().decide(link, '')).status).toBe(403)
  run.pass(5)
  expect((await browser().open(link)).status).toBe(410)
  expect((await browser().press(link)).status).toBe(410)
  expect(await run.links.get('slack:gus')).toBeUndefined()
  expect((await run.gate()).status).toBe('PENDING_APPROVAL')
})

test('no link is offered to whom an address is known of, nor to a token', async () => {
  const run = await ground(NO_STEP_UP)
  run.known['slack:gus'] = { email: 'eve@example.com' }
  expect(await run.say('slack:gus', 'approve')).toMatchObject({ refusal: { why: 'no-permission' } })
  run.known['token:ci'] = {}
  expect(await run.say('token:ci', 'approve')).toMatchObject({ refusal: { why: 'no-permission' } })
})

test('a run is paused, and another one started, by whom nobody knew, once they have signed in', async () => {
  const run = await ground(NO_STEP_UP)
  const pause = run.linkIn(await run.door.handle(RUN, { asks: 'pause' }, run.as('slack:otto')))
  expect((await browser().open(pause)).html).toContain('pause Payments')
  const done = await browser().decide(pause, 'otto@example.com')
  expect(done).toMatchObject({ status: 200, html: expect.stringContaining('Linked, and recorded') })
  expect((await run.current()).paused).toMatchObject({ by: { id: 'slack:otto' } })

  const id = executionId.parse('01LEDGER')
  const order = { id, plan: 'ledger', mode: 'recovery' as const, reason: 'The Region is gone.', places: [] }
  const start = run.linkIn(await run.door.start(order, run.as('slack:otto2')))
  const before = await browser().open(start)
  for (const words of ['start ledger · 🔴 REAL', 'The Region is gone.', 'class="recovery"'])
    expect(before.html).toContain(words)
  expect((await browser().decide(start, 'otto@example.com')).html).toContain('Linked, and recorded')
  expect(await run.runs.current(id)).toMatchObject({ mode: 'recovery', startedBy: { id: 'slack:otto2' } })
})

test('whoever may not even look gets the link with the answer to a command, and then asks again', async () => {
  const run = await ground(NO_STEP_UP)
  const ask = () => run.desk.command('drill ledger', run.as('slack:otto'))
  const reply = await ask()
  if (reply.kind !== 'whisper') throw new Error(`not a private answer: ${reply.kind}`)
  expect(asText(reply.card)).toContain('Then ask again here.')
  const [link = ''] = /http:\S+\/decide\/[\w-]+/.exec(asText(reply.card)) ?? []
  expect((await browser().open(link)).html).not.toContain('Wants to')
  const done = await browser().decide(link, 'otto@example.com')
  expect(done).toMatchObject({ status: 200, html: expect.stringContaining('it knows you now') })
  expect(await ask()).toMatchObject({ kind: 'form', form: { title: expect.stringContaining('drill') } })
})
