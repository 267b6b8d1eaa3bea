import { describe, expect, test } from 'vitest'
import { receipt } from '../../../src/domain/receipt.ts'
import { TransientFailure } from '../../../src/ports/failure.ts'
import type { Fault } from '../../../src/sandbox/identity/tokens.ts'
import { browser } from './browser.ts'
import { ground } from './step-up-ground.ts'

const moves = async (run: Awaited<ReturnType<typeof ground>>) =>
  (await run.records()).filter(({ changes }) =>
    changes.some((one) => one.what === 'moved' && one.event === 'approve'),
  )

describe('the way from the link to the decision', () => {
  test('shows what is decided, signs in, records it once with a receipt, and the link is used', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    const page = await person.open(link)
    expect(page.status).toBe(200)
    for (const words of [
      '🔴 REAL',
      'Opens the way to Move the customers',
      'ann@example.com',
      'Sign in to approve',
    ])
      expect(page.html).toContain(words)

    const callback = await person.upToCallback(link)
    const done = await person.open(callback)
    expect(done.status).toBe(200)
    const [execution, gate] = [await run.current(), await run.gate()]
    expect(gate.status).toBe('COMPLETED')
    if (!gate.decision) throw new Error('no decision')
    expect(done.html).toContain(receipt(execution.id, gate.id, 1, gate.decision))
    expect(await moves(run)).toMatchObject([{ by: { id: 'slack:ann' }, source: 'sign-in' }])
    for (const again of [await person.open(link), await person.press(link), await person.open(callback)]) {
      expect(again).toMatchObject({ status: 410, html: expect.stringContaining('This link has been used') })
    }
  })

  test('counts one voice where it takes two, and says that more are needed', async () => {
    const run = await ground({ needs: [{ count: 2 }] })
    const done = await browser().decide(await run.link())
    expect(done.html).toMatch(/Recorded · receipt <code>[0-9a-f]{8}<\/code>[\s\S]*It takes more people/)
    await browser().decide(await run.link('slack:ben'), 'ben@example.com')
    expect((await run.gate()).status).toBe('COMPLETED')
  })

  test('works where the provider tells the address only at its userinfo endpoint', async () => {
    const run = await ground()
    run.identity.misbehave('small-token')
    expect((await browser().decide(await run.link())).status).toBe(200)
  })

  test('survives a restart between the question and the answer, and one in the middle of the sign-in', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    await run.restart()
    const callback = await person.upToCallback(link)
    await run.restart()
    expect((await person.open(callback)).status).toBe(200)
    expect((await run.gate()).status).toBe('COMPLETED')
  })

  test('in two tabs at once decides once; the other one says that the link has been used', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    const callbacks = [await person.upToCallback(link), await person.upToCallback(link)]
    const ends = await Promise.all(callbacks.map(person.open))
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 410])
    expect(await moves(run)).toHaveLength(1)
  })
})

test('whoever opens a link, however often and by whatever method reads, changes nothing', async () => {
  const run = await ground()
  const link = await run.link()
  const before = (await run.current()).version
  await Promise.all([1, 2, 3].map(() => browser().open(link)))
  await fetch(link, { method: 'HEAD' })
  await browser().open(`${run.publicUrl}/decide/callback?code=guessed&state=guessed`)
  expect((await run.current()).version).toBe(before)
  expect((await browser().decide(link)).status).toBe(200)
})

describe('nobody else can finish it', () => {
  test('another person who signs in is refused, and the link stays good for its own', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    const refused = await person.decide(link, 'ben@example.com')
    expect(refused).toMatchObject({ status: 403, html: expect.stringContaining('Somebody else signed in') })
    expect((await run.gate()).status).toBe('PENDING_APPROVAL')
    expect(run.logged()).toContain('somebody else signed in for a decision')
    expect((await person.decide(link)).status).toBe(200)
  })

  test.each<[Fault, string]>([
    ['forged', 'could not be verified'],
    ['expired', 'could not be verified'],
    ['other-nonce', 'could not be verified'],
    ['other-audience', 'could not be verified'],
    ['stale', 'was not a fresh one'],
    ['unverified', 'no verified address'],
    ['no-address', 'no verified address'],
  ])('a sign-in that is %s is refused, and the link stays good', async (fault, words) => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    run.identity.misbehave(fault)
    expect(await person.decide(link)).toMatchObject({ status: 403, html: expect.stringContaining(words) })
    expect((await run.gate()).status).toBe('PENDING_APPROVAL')
    run.identity.misbehave()
    expect((await person.decide(link)).status).toBe(200)
  })

  test('nor a browser that did not begin it, nor one that changed its cookie', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    const callback = await person.upToCallback(link)
    expect((await browser().open(callback)).status).toBe(403)
    for (const [name, value] of person.jar) person.jar.set(name, `${value.slice(0, -2)}AA`)
    expect(await person.open(callback)).toMatchObject({
      status: 403,
      html: expect.stringContaining('not begun here'),
    })
    expect((await run.gate()).status).toBe('PENDING_APPROVAL')
  })

  test('nor a page elsewhere, which sends the form for them', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await person.press(link, site)).status).toBe(403)
    const old = await fetch(link, { method: 'POST', headers: { origin: 'https://elsewhere.example.com' } })
    expect(old.status).toBe(403)
    expect(person.jar.size).toBe(0)
  })

  test('somebody who loses the right to it while they sign in is refused', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    const callback = await person.upToCallback(link)
    run.known['slack:ann'] = { email: 'ann.left@example.com' }
    expect((await person.open(callback)).status).toBe(403)
    expect((await run.gate()).status).toBe('PENDING_APPROVAL')
  })
})

describe('every other end is said', () => {
  test('a cancelled sign-in, which leads back to the decision', async () => {
    const run = await ground()
    const link = await run.link()
    const end = await browser().decide(link, '')
    expect(end).toMatchObject({ status: 403, html: expect.stringContaining('You did not sign in') })
    expect(end.html).toContain(`href="${new URL(link).pathname}"`)
  })

  test('a link after five minutes, wherever on the way they end', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    const callback = await person.upToCallback(link)
    run.pass(5)
    for (const end of [await person.open(callback), await person.open(link), await person.press(link)]) {
      expect(end).toMatchObject({ status: 410, html: expect.stringContaining('This link has expired') })
    }
    expect((await run.gate()).status).toBe('PENDING_APPROVAL')
  })

  test('a gate that has been decided or asked anew since', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    const callback = await person.upToCallback(link)
    await run.say('slack:ben', 'reject')
    expect(await person.open(link)).toMatchObject({ status: 409, html: expect.stringContaining('slack:ben') })
    await run.say('slack:ben', 'retry')
    expect(await person.open(callback)).toMatchObject({
      status: 409,
      html: expect.stringContaining('attempt 2'),
    })
    expect((await run.gate()).status).toBe('PENDING_APPROVAL')
  })

  test('a provider that does not answer, before and after the sign-in; the link stays good', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    const callback = await person.upToCallback(link)
    run.identity.misbehave('away')
    for (const end of [await person.open(callback), await person.press(link)]) {
      expect(end).toMatchObject({ status: 503, html: expect.stringContaining('does not answer') })
    }
    await run.identity.close()
    expect((await person.press(link)).status).toBe(503)
    expect((await person.open(link)).status).toBe(200)
  })

  test('a provider that is gone holds up no emergency: two of those named open the gate, on record as without a sign-in', async () => {
    const run = await ground({ break_glass: { people: ['slack:ann', 'slack:ben'] } })
    const inEmergency = (who: string) => run.say(who, 'approve', undefined, { breakGlass: true })
    const needed = { refusal: { why: 'step-up-needed' } }
    expect(await inEmergency('slack:ann')).toMatchObject(needed)
    run.identity.misbehave('away')
    expect(await run.say('slack:ann', 'approve')).toMatchObject(needed)
    expect(await inEmergency('slack:ann')).toMatchObject({ kind: 'done' })
    await run.identity.close()
    expect(await inEmergency('slack:ben')).toMatchObject({ kind: 'done' })
    const { status, votes } = await run.gate()
    expect([status, votes?.map(({ breakGlass }) => breakGlass)]).toEqual([
      'COMPLETED',
      ['without-sign-in', 'without-sign-in'],
    ])
  })

  test('a store that does not answer once the link is used: it says so, and how to get a new one', async () => {
    const run = await ground()
    const [link, person] = [await run.link(), browser()]
    run.breakDoor(new TransientFailure('DynamoDB could not save.'))
    const end = await person.decide(link)
    expect(end).toMatchObject({ status: 503, html: expect.stringContaining('press its button again') })
    expect((await person.open(link)).status).toBe(410)
  })

  test('a bug of ours, with the name under which the log has it', async () => {
    const run = await ground()
    const link = await run.link()
    run.breakDoor(new Error('a bug'))
    const end = await browser().decide(link)
    const [, id = 'none'] = /The log has it as (\w{26})/.exec(end.html) ?? []
    expect(end.status).toBe(500)
    expect(run.logged()).toContain(id)
  })

  test('unknown links, until there are too many of them; a known one still opens', async () => {
    const run = await ground()
    const link = await run.link()
    const statuses: number[] = []
    for (let guess = 0; guess < 21; guess += 1) {
      const id = String(guess).padStart(32, 'x')
      statuses.push((await browser().open(`${run.publicUrl}/decide/${id}`)).status)
    }
    expect(statuses).toEqual([...Array(20).fill(404), 429])
    expect((await browser().open(link)).status).toBe(200)
    run.pass(1)
    for (const id of ['short', '%E0%A4%A']) {
      expect((await browser().open(`${run.publicUrl}/decide/${id}`)).status).toBe(404)
    }
  })
})

test('no page can be framed, kept, scripted or sent elsewhere, and nothing of a plan becomes a tag', async () => {
  const run = await ground()
  const [link, person] = [await run.link(), browser()]
  const pages = [
    await person.open(link),
    await person.open(`${run.publicUrl}/decide/unknown`),
    await person.decide(link),
  ]
  for (const { headers, html } of pages) {
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' .*; frame-ancestors 'none'; base-uri 'none'/,
    )
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(html).not.toMatch(/<script|<b>the|javascript:/)
  }
  expect(pages[0]?.html).toContain('&lt;b&gt;the&lt;/b&gt;')
})

test('the cookie of a sign-in is for this place and no script, and nothing that signs in is logged', async () => {
  const run = await ground()
  const [link, person] = [await run.link(), browser()]
  const begun = await person.press(link)
  expect(begun.status).toBe(303)
  expect(begun.headers.get('set-cookie')).toMatch(/Path=\/decide; HttpOnly; SameSite=Lax$/)
  const asked = new URL(begun.to).searchParams
  expect(asked.get('prompt')).toBe('login')
  expect(asked.get('max_age')).toBe('0')
  const callback = await person.signInAt(begun.to, 'ben@example.com')
  await person.open(callback)
  run.identity.misbehave('forged')
  await person.decide(link)
  run.breakDoor(new Error('a bug'))
  run.identity.misbehave()
  await person.decide(link)
  const secrets = [
    link.slice(-32),
    new URL(callback).searchParams.get('code'),
    asked.get('state'),
    'sample-client-secret',
  ]
  expect(run.logged()).not.toBe('')
  for (const secret of secrets) expect(run.logged()).not.toContain(secret)
})

test('the pages are in the language that the browser asks for, where we have it', async () => {
  const run = await ground()
  const link = await run.link()
  const says = async (languages?: string) => (await browser(languages).open(link)).html
  for (const languages of ['de-AT,de;q=0.9,en;q=0.8', 'fr, de;q=0.5'])
    expect(await says(languages)).toContain('Anmelden, um freizugeben')
  for (const languages of [undefined, '*', 'fr', 'en-GB, de;q=0.5', 'x'])
    expect(await says(languages)).toContain('Sign in to approve')
  const done = await browser('de').decide(link)
  expect(done.html).toContain('Festgehalten')
  expect(done.html).toContain('<html lang="de">')
})
