import { describe, expect, test } from 'vitest'
import { parseCommand } from '../../../src/conversation/commands.ts'
import { TOKEN_FAULTS } from '../../../src/sandbox/teams/faults.ts'
import { AVERY, GALE, hall, INCIDENTS, OLIVE, reasonForm, said, whisper } from './hall.ts'

const click = { execution: 'r', task: 't', attempt: 1, asks: 'skip' as const, digest: 'd' }
const button = { label: 'Skip', spoken: 'Skip', style: 'plain' as const, rank: 'first' as const, click }
const card = { ...said('Failed'), blocks: [{ kind: 'buttons' as const, buttons: [button] }] }
const WORDS = 'application/vnd.microsoft.activity.message'
function promised<Kept>() {
  let keep: (kept: Kept) => void = () => {}
  const promise = new Promise<Kept>((resolve) => {
    keep = resolve
  })
  return { promise, keep: (kept: Kept) => keep(kept) }
}
const drawn = (seen: unknown): string => JSON.stringify(seen)

describe('who gets in', () => {
  test.each(TOKEN_FAULTS)('of a request that is %s nothing is done', async (kind) => {
    const { teams, asked, logged } = await hall({ command: async () => whisper(said('Hello')) })
    teams.setFaults({ deliveries: [{ kind }] })
    const { outcome } = await teams.person('olive').say('status', { channel: INCIDENTS })
    const status = kind === 'other-tenant' ? 403 : 401
    expect(outcome).toMatchObject({ kind: 'answered', status })
    expect(asked).toEqual([])
    expect(logged).toHaveLength(1)
  })

  test('of another service URL nothing is done, however well the request is signed', async () => {
    const { teams, asked } = await hall({ command: async () => whisper(said('Hello')) })
    teams.setFaults({ deliveries: [{ kind: 'other-service-url' }] })
    await teams.person('olive').say('status', { channel: INCIDENTS })
    expect(asked).toEqual([])
    expect(teams.calls()).toEqual([])
  })

  test.each(['', 'no JSON', '[]', '{}', '{"type":"message"}'])('the body %o is refused', async (body) => {
    const { endpoint, asked } = await hall({})
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect([400, 401]).toContain(response.status)
    expect(await response.text()).not.toMatch(/at .*\.ts/)
    expect(asked).toEqual([])
  })

  test('what Teams delivers twice is done once', async () => {
    const { teams, asked } = await hall({ command: async () => whisper(said('Hello')) })
    teams.setFaults({ deliveries: [{ kind: 'duplicate', of: 'message' }] })
    await teams.person('olive').say('status', { channel: INCIDENTS })
    expect(asked).toHaveLength(1)
  })
})

describe('words', () => {
  test('a mention is answered in its thread; the channel is the place', async () => {
    const { teams, asked } = await hall({ command: async () => whisper(said('Nothing runs.')) })
    const { message } = await teams.person('olive').say('status &amp; more', { channel: INCIDENTS })
    const [[, text, asker, place] = []] = asked
    expect(text).toBe('<at>Lifeboat</at> status & more')
    expect(asker).toEqual({ actor: { kind: 'person', id: OLIVE, name: 'Olive Operator' }, source: 'teams' })
    expect(place).toEqual({ platform: 'teams', channel: INCIDENTS })
    const [, answer] = teams.messages(message.conversationId)
    expect(drawn(answer?.card)).toContain('Nothing runs.')
  })

  test('in the thread that is the room of a run, the thread is the place', async () => {
    const rooms: { platform: string; channel: string }[] = []
    const { teams, asked } = await hall({ command: async () => whisper(said('x')) }, { rooms })
    const olive = teams.person('olive')
    const { message } = await olive.say('hello', { channel: INCIDENTS })
    rooms.push({ platform: 'teams', channel: message.conversationId })
    await olive.say('who', { thread: message })
    expect(asked.at(-1)?.[3]).toEqual({ platform: 'teams', channel: message.conversationId })
  })

  test('in a channel no decision stands on an answer, which nobody would paint anew; in the personal chat it does', async () => {
    const { teams } = await hall({ command: async () => whisper(card) })
    const olive = teams.person('olive')
    await olive.say('', { channel: INCIDENTS })
    await olive.say('')
    const [inChannel, personal] = teams.messages().filter(({ from }) => from.startsWith('28:'))
    expect(drawn(inChannel?.card)).not.toContain('"asks"')
    expect(drawn(personal?.card)).toContain('"asks"')
  })

  test('a guest is heard, somebody who is not known is not', async () => {
    const { teams, asked } = await hall({ command: async () => whisper(said('x')) })
    await teams.person('gale').say('status')
    expect(asked[0]?.[2]).toMatchObject({ actor: { id: GALE } })
    teams.setFaults({
      calls: [{ kind: 'http', route: 'member', status: 404, code: 'MemberNotFoundInConversation' }],
    })
    const { message } = await teams.person('avery').say('status')
    expect(asked).toHaveLength(1)
    expect(drawn(teams.messages(message.conversationId))).toContain('not known here')
  })

  test('while Teams does not say who somebody is, they are heard by the name they come with', async () => {
    const { teams, asked } = await hall({ command: async () => whisper(said('x')) })
    teams.setFaults({ calls: [{ kind: 'http', route: 'member', status: 503 }] })
    await teams.person('avery').say('status')
    expect(asked[0]?.[2]).toMatchObject({ actor: { id: AVERY, name: 'Avery Approver' } })
  })

  test('what breaks is told by an id, which the log has', async () => {
    const { teams, logged } = await hall({
      command: async () => {
        throw new Error('secret detail')
      },
    })
    const { message } = await teams.person('olive').say('status')
    const told = drawn(teams.messages(message.conversationId).at(-1)?.card)
    const id = /\(id ([0-9a-f]{8})\)/.exec(told)?.[1]
    expect(told).not.toContain('secret detail')
    expect(logged.some((line) => line.id === id && id !== undefined)).toBe(true)
  })

  test('whoever adds the app gets their overview, a team a word on how to begin', async () => {
    const { teams, asked } = await hall({ home: async () => said('Your overview') })
    await teams.person('olive').installs('personal')
    expect(drawn(teams.messages('a:1-olive').at(-1)?.card)).toContain('Your overview')
    expect(asked).toHaveLength(1)
    await teams.person('olive').installs('team')
    expect(drawn(teams.messages().at(-1)?.card)).toContain('@Lifeboat help')
  })
})

describe('presses', () => {
  const posted = async (...given: Parameters<typeof hall>) => {
    const one = await hall(...given)
    const message = await one.platform.chat.post({ platform: 'teams', channel: INCIDENTS }, card)
    return { ...one, message }
  }

  test('a refusal is told to the one who pressed alone, and nothing takes it away', async () => {
    const { teams, message, asked, repaints } = await posted({
      click: async () => whisper(said('You may not.'), 'refused'),
    })
    const pressed = await teams.person('olive').press(message.message, 'Skip')
    expect(pressed).toMatchObject({ status: 200, body: { type: WORDS, value: 'You may not.' } })
    expect(asked).toEqual([['click', click, expect.anything(), { platform: 'teams', channel: INCIDENTS }]])
    expect(repaints).toEqual([])
    expect(teams.person('avery').told()).toEqual([])
  })

  test('a form stands in place of the card for the one who pressed alone; Back brings the card back', async () => {
    const { teams, message, repaints } = await posted({
      click: async () => ({ kind: 'form', form: reasonForm }),
    })
    const [olive, avery] = [teams.person('olive'), teams.person('avery')]
    await olive.press(message.message, 'Skip')
    expect(drawn(olive.sees(message.message))).toContain('What skipping does')
    expect(drawn(avery.sees(message.message))).not.toContain('What skipping does')
    const back = await olive.press(message.message, 'Back')
    expect(back).toMatchObject({ body: { value: 'Nothing was changed.' } })
    expect(repaints).toEqual([['r', message]])
  })

  test('an answered form comes to the desk with its memory and its fields', async () => {
    const { teams, message, asked, repaints } = await posted({
      click: async () => ({ kind: 'form', form: reasonForm }),
      submit: async () => ({ kind: 'silent', run: 'r' }),
    })
    const olive = teams.person('olive')
    await olive.press(message.message, 'Skip')
    await olive.press(message.message, 'Skip task', { reason: 'It burns' })
    expect(asked.at(-1)).toEqual(['submit', 'remembered', { reason: 'It burns' }, expect.anything()])
    expect(repaints).toEqual([['r', message]])
  })

  test('a memory that was changed on its way is refused', async () => {
    const { teams, message, asked } = await posted({
      click: async () => ({ kind: 'form', form: reasonForm }),
    })
    const olive = teams.person('olive')
    await olive.press(message.message, 'Skip')
    const view = teams.message(message.message)?.views['29:1-olive']
    if (!view) throw new Error('There is no form.')
    // As a client would that was tampered with.
    Object.assign(view, JSON.parse(drawn(view).replaceAll('"remembered"', '"another run"')))
    const refused = await olive.press(message.message, 'Skip task', { reason: 'x' })
    expect(refused).toMatchObject({ body: { value: expect.stringContaining('Open it anew') } })
    expect(asked.map(([method]) => method)).toEqual(['click'])
  })

  test('wrong answers are told, and the form stays', async () => {
    const { teams, message } = await posted({
      click: async () => ({ kind: 'form', form: reasonForm }),
      submit: async () => ({ kind: 'errors', errors: { reason: 'Say more.' } }),
    })
    const olive = teams.person('olive')
    await olive.press(message.message, 'Skip')
    const wrong = await olive.press(message.message, 'Skip task', { reason: 'x' })
    expect(wrong).toMatchObject({ body: { type: WORDS, value: 'Say more.' } })
    expect(drawn(olive.sees(message.message))).toContain('What skipping does')
  })

  test('to a client that knows no Action.Execute the answer comes in the personal chat', async () => {
    const { teams, message, asked } = await posted({
      click: async () => whisper(said('You may not.'), 'refused'),
    })
    await teams.person('olive').press(message.message, 'Skip', {}, { as: 'submit' })
    expect(asked[0]?.[1]).toEqual(click)
    expect(drawn(teams.messages('a:1-olive'))).toContain('You may not.')
  })

  test('an answer that takes long is told in the personal chat', async () => {
    const [begun, answering] = [promised<void>(), promised<ReturnType<typeof whisper>>()]
    const { teams, message, clock } = await posted({
      click: () => {
        begun.keep()
        return answering.promise
      },
    })
    const pressing = teams.person('olive').press(message.message, 'Skip')
    await begun.promise
    clock.advance(2_500)
    expect(await pressing).toMatchObject({ body: { value: expect.stringContaining('Still working') } })
    answering.keep(whisper(said('You may not.'), 'refused'))
    const late = await teams.until(() => teams.messages('a:1-olive').at(-1))
    expect(drawn(late.card)).toContain('You may not.')
  })

  test('a form that is a message of its own is closed for everybody when it has been answered', async () => {
    const { teams } = await hall({
      command: async () => ({ kind: 'form', form: reasonForm }),
      submit: async () => ({ kind: 'silent', run: 'r' }),
    })
    const { message } = await teams.person('olive').say('skip t', { channel: INCIDENTS })
    const form = teams.messages(message.conversationId).at(-1)
    if (!form) throw new Error('There is no form.')
    await teams.person('olive').press(form, 'Skip task', { reason: 'It burns' })
    expect(drawn(teams.person('avery').sees(form))).toContain('as Olive Operator asked')
  })
})

describe('slash commands', () => {
  test('what is asked so is answered to the one who asked alone, decisions included', async () => {
    const { teams } = await hall({ command: async () => whisper(card) })
    await teams.person('olive').say('pending', { channel: INCIDENTS, slash: true })
    const answer = teams.messages().at(-1)
    expect(answer?.onlyFor).toBe('29:1-olive')
    expect(drawn(answer?.card)).toContain('"asks"')
  })

  test('a form of its own is closed where it stands', async () => {
    const { teams } = await hall({
      command: async () => ({ kind: 'form', form: reasonForm }),
      submit: async () => ({ kind: 'silent', run: 'r' }),
    })
    const olive = teams.person('olive')
    await olive.say('skip t', { channel: INCIDENTS, slash: true })
    const form = teams.messages().at(-1)
    if (!form) throw new Error('There is no form.')
    await olive.press(form, 'Skip task', { reason: 'It burns' })
    expect(drawn(olive.sees(form))).toContain('as Olive Operator asked')
  })
})

test('whom somebody mentions comes by id, and nobody can type a mention', async () => {
  const { teams, asked } = await hall({ command: async () => whisper(said('x')) })
  const olive = teams.person('olive')
  await olive.say('role commander @avery', { channel: INCIDENTS, mentions: ['avery'] })
  const id = AVERY.replace('teams:', '')
  expect(asked[0]?.[1]).toBe(`<at>Lifeboat</at> role commander <@${id}|Avery Approver>`)
  expect(parseCommand(String(asked[0]?.[1]))).toMatchObject({
    asks: 'assign',
    to: { id, name: 'Avery Approver' },
  })
  await olive.say('role commander &lt;@x1|Alice&gt; &lt;at&gt;Bob&lt;/at&gt;')
  expect(asked[1]?.[1]).toBe('role commander ‹@x1|Alice> <at>Bob</at>')
})

test('a form in place of a plain card leaves the card to everybody; one in the personal chat is closed there', async () => {
  const { teams, platform, repaints } = await hall({
    click: async () => ({ kind: 'form', form: reasonForm }),
    submit: async () => ({ kind: 'silent', run: 'r' }),
  })
  const menu = {
    ...card,
    blocks: [{ kind: 'buttons' as const, buttons: [{ ...button, click: { command: 'drill x' } }] }],
  }
  const message = await platform.chat.post({ platform: 'teams', channel: INCIDENTS }, menu)
  const [olive, avery] = [teams.person('olive'), teams.person('avery')]
  await olive.press(message.message, 'Skip')
  await olive.press(message.message, 'Skip task', { reason: 'It burns' })
  expect(drawn(avery.sees(message.message))).toContain('drill x')
  expect(teams.message(message.message)?.edited).toBe(false)

  await avery.press(message.message, 'Skip', {}, { as: 'submit' })
  const form = teams.messages('a:1-avery').at(-1)
  if (!form) throw new Error('There is no form.')
  await avery.press(form, 'Skip task', { reason: 'It burns' })
  expect(drawn(avery.sees(form))).toContain('as Avery Approver asked')
  expect(repaints).toEqual([])
})

test('what is asked for in private is told where incidents are', async () => {
  const { teams, asked } = await hall({ command: async () => whisper(said('x')) })
  await teams.person('olive').say('drill payments')
  expect(asked[0]?.[3]).toEqual({ platform: 'teams', channel: INCIDENTS })
})
