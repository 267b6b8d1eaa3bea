import { describe, expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { asText, plainText } from '../../src/conversation/as-text.ts'
import { attemptCard } from '../../src/conversation/decided-card.ts'
import { askingOf } from '../../src/conversation/gate-in-words.ts'
import { reportMarkdown } from '../../src/conversation/report-text.ts'
import { linesFor } from '../../src/conversation/thread-line.ts'
import { afterAction } from '../../src/domain/after-action.ts'
import type { LinkTicket } from '../../src/domain/link.ts'
import { policySchema } from '../../src/domain/permission.ts'
import type { Proof, Ticket } from '../../src/domain/step-up.ts'
import { atStepUpGate, GATE, RUN } from './step-up-gate.ts'

async function ground(rule: object = {}) {
  const clock = manualClock()
  const offered: (Ticket | LinkTicket)[] = []
  let isThere = true
  const stepUp = {
    offer: async (ticket: Ticket | LinkTicket) => `https://dr.example.com/decide/${offered.push(ticket)}`,
    answers: async () => isThere,
  }
  const provider = (comes: 'goes' | 'comes back') => {
    isThere = comes === 'comes back'
  }
  return { clock, offered, provider, ...(await atStepUpGate({ clock, stepUp, rule })) }
}

const NEEDED = { kind: 'refused', refusal: { why: 'step-up-needed' } }

describe('a gate with step_up', () => {
  test('is not decided without a sign-in: the answer is a link, and nothing is recorded', async () => {
    const run = await ground()
    const before = (await run.current()).version
    for (const asks of ['approve', 'skip', 'abandon'] as const) {
      expect(await run.say('slack:ann', asks)).toMatchObject(NEEDED)
    }
    expect((await run.current()).version).toBe(before)
    expect(run.offered.map((ticket) => 'asks' in ticket && ticket.asks)).toEqual([
      'approve',
      'skip',
      'abandon',
    ])
    expect(run.offered[0]).toEqual({
      execution: RUN,
      task: GATE,
      attempt: 1,
      digest: await run.digest(),
      asks: 'approve',
      actor: { kind: 'person', id: 'slack:ann', name: 'slack:ann' },
      human: 'ann@example.com',
      reason: 'because slack:ann says so',
      expiresAt: '2026-01-08T12:05:00.000Z',
    })
  })

  test('opens with a fresh proof of exactly this', async () => {
    const run = await ground()
    expect(await run.say('slack:ann', 'approve', await run.proof())).toMatchObject({ kind: 'done' })
    expect((await run.gate()).status).toBe('COMPLETED')
    expect(run.offered).toEqual([])
  })

  test.each<[string, Partial<Proof>]>([
    ['another digest', { digest: 'of-something-else' }],
    ['another attempt', { attempt: 2 }],
    ['another decision', { asks: 'skip' }],
    ['breaking the glass', { breakGlass: true }],
    ['another human', { human: 'ben@example.com' }],
    ['a time five minutes ago', { at: '2026-01-08T11:55:00.000Z' }],
    ['a time to come', { at: '2026-01-08T12:00:01.000Z' }],
    ['no time at all', { at: 'soon' }],
  ])('refuses a proof of %s', async (_what, wrong) => {
    const run = await ground()
    expect(await run.say('slack:ann', 'approve', await run.proof(wrong))).toMatchObject(NEEDED)
    expect((await run.gate()).status).toBe('PENDING_APPROVAL')
  })

  test('takes a proof until it is five minutes old', async () => {
    const run = await ground()
    const proof = await run.proof()
    run.clock.advance(5 * 60_000 - 1)
    expect(await run.say('slack:ann', 'approve', proof)).toMatchObject({ kind: 'done' })
  })

  test('takes the proof of the first attempt for no later one', async () => {
    const run = await ground()
    const proof = await run.proof()
    await run.say('slack:ben', 'reject')
    await run.say('slack:ben', 'retry')
    expect(await run.say('slack:ann', 'approve', proof)).toMatchObject(NEEDED)
  })

  test('may be rejected by anybody who may decide, without a sign-in', async () => {
    const run = await ground()
    expect(await run.say('slack:ann', 'reject')).toMatchObject({ kind: 'done' })
    expect((await run.gate()).status).toBe('FAILED')
  })

  test('offers no link to who may not decide, has no reason to skip, or comes too late', async () => {
    const run = await ground()
    expect(await run.say('slack:starter', 'skip', undefined, { reason: '' })).toMatchObject({
      refusal: { why: 'reason-missing' },
    })
    run.known['slack:ann'] = undefined
    expect(await run.say('slack:ann', 'approve')).toMatchObject({ refusal: { why: 'directory-unavailable' } })
    await run.say('slack:ben', 'approve', await run.proof({ human: 'ben@example.com' }))
    expect(await run.say('slack:starter', 'approve')).toMatchObject({ refusal: { why: 'already-decided' } })
    expect(run.offered).toEqual([])
  })

  test('takes no token that belongs to nobody, and nobody without an address; a link in the policy is one', async () => {
    const run = await ground()
    expect(await run.say('token:ci', 'approve')).toMatchObject({ refusal: { why: 'nobody' } })
    expect(await run.say('slack:nemo', 'approve')).toMatchObject({
      refusal: { why: 'link-needed', because: { why: 'step-up-impossible', lacks: 'address' } },
    })
    expect(await run.say('teams:ann', 'approve')).toMatchObject(NEEDED)
    expect(run.offered.map((ticket) => ('human' in ticket ? ticket.human : 'links'))).toEqual([
      'links',
      'ann@example.com',
    ])
  })

  test('asks each of several people for a sign-in of their own', async () => {
    const run = await ground({ needs: [{ count: 2 }] })
    await run.say('slack:ann', 'approve', await run.proof())
    expect((await run.gate()).votes).toHaveLength(1)
    expect(await run.say('slack:ben', 'approve', await run.proof())).toMatchObject(NEEDED)
    await run.say('slack:ben', 'approve', await run.proof({ human: 'ben@example.com' }))
    expect((await run.gate()).status).toBe('COMPLETED')
  })

  test('asks for one in an emergency as well', async () => {
    const run = await ground({ break_glass: { people: ['slack:ann', 'slack:ben'] } })
    const glass = { breakGlass: true as const }
    expect(await run.say('slack:ann', 'approve', await run.proof(), glass)).toMatchObject(NEEDED)
    expect(run.offered[0]).toMatchObject({ breakGlass: true })
    expect(await run.say('slack:ann', 'approve', await run.proof(glass), glass)).toMatchObject({
      kind: 'done',
    })
  })
})

describe('an emergency while nobody can sign in', () => {
  const named = { break_glass: { people: ['slack:ann', 'slack:ben'] } }
  const glass = { breakGlass: true as const }

  test('waits for no provider: it counts, and everybody reads that nobody had signed in', async () => {
    const run = await ground(named)
    run.provider('goes')
    expect(await run.say('slack:ann', 'approve', undefined, glass)).toMatchObject({ kind: 'done' })
    const [execution, gate] = [await run.current(), await run.gate()]
    const said = linesFor(await run.records(), execution)
      .map(plainText)
      .join('\n')
    expect(said).toContain(
      'WITHOUT the sign-in that it takes: the identity provider does not answer. One more of those named',
    )
    expect(asText(attemptCard(execution, gate, 1))).toContain('BREAK GLASS, no sign-in to be had · slack:ann')
    expect(await run.say('slack:ann', 'approve', undefined, glass)).toMatchObject({
      refusal: { why: 'already-voted' },
    })
    await run.say('slack:ben', 'approve', undefined, glass)
    expect((await run.gate()).status).toBe('COMPLETED')
    const report = reportMarkdown(
      afterAction(await run.current(), await run.records(), run.clock.now()),
      'UTC',
    )
    expect(report.match(/BREAK GLASS, no sign-in to be had/g)).toHaveLength(4)
  })

  test('takes one again as soon as it can be had: who has none on record may sign in after all', async () => {
    const run = await ground(named)
    run.provider('goes')
    await run.say('slack:ann', 'approve', undefined, glass)
    run.provider('comes back')
    expect(await run.say('slack:ann', 'approve', undefined, glass)).toMatchObject(NEEDED)
    expect(await run.say('slack:ben', 'approve', undefined, glass)).toMatchObject(NEEDED)
    await run.say('slack:ann', 'approve', await run.proof(glass), glass)
    expect((await run.gate()).votes).toMatchObject([{ human: 'ann@example.com', breakGlass: true }])
    run.provider('goes')
    expect(await run.say('slack:ann', 'approve', undefined, glass)).toMatchObject({
      refusal: { why: 'already-voted' },
    })
    expect((await run.gate()).votes).toMatchObject([{ breakGlass: true }])
  })

  test('opens the gate where nobody has set up a sign-in', async () => {
    const run = await atStepUpGate({ clock: manualClock(), rule: named })
    await run.say('slack:ann', 'approve', undefined, glass)
    await run.say('slack:ben', 'approve', undefined, glass)
    expect((await run.gate()).status).toBe('COMPLETED')
  })

  test('is the only thing that goes without', async () => {
    const run = await ground(named)
    run.provider('goes')
    for (const asks of ['approve', 'skip', 'abandon'] as const) {
      expect(await run.say('slack:ann', asks)).toMatchObject(NEEDED)
    }
    expect(await run.say('slack:starter', 'approve', undefined, glass)).toMatchObject({ kind: 'refused' })
  })
})

test('with nowhere to sign in, the gate is refused with what an admin has to set', async () => {
  const run = await atStepUpGate({ clock: manualClock() })
  const no = { refusal: { why: 'step-up-impossible', lacks: 'set-up' } }
  expect(await run.say('slack:ann', 'approve')).toMatchObject(no)
  expect(await run.say('slack:ann', 'reject')).toMatchObject({ kind: 'done' })
})

test('the card says beforehand that deciding takes a sign-in', async () => {
  const run = await ground()
  const policy = policySchema.parse({ bindings: [], approvals: [{ step_up: true }] })
  const [execution, gate] = [await run.current(), await run.gate()]
  expect(asText(attemptCard(execution, gate, 1, askingOf(policy, execution, gate, 'slack')))).toContain(
    'Deciding takes a fresh sign-in; rejecting does not.',
  )
  expect(asText(attemptCard(execution, gate, 1))).not.toContain('sign-in')
})

test('where there is nowhere to sign in, nobody is offered to link an account', async () => {
  const run = await atStepUpGate({ clock: manualClock(), rule: { step_up: false } })
  expect(await run.say('slack:gus', 'approve')).toMatchObject({ refusal: { why: 'no-permission' } })
})

test('what the platform says of somebody goes before what they were linked to', async () => {
  const run = await atStepUpGate({ clock: manualClock(), rule: { step_up: false } })
  await run.links.keep('slack:gus', { human: 'gus@example.com', at: '2026-01-08T12:00:00.000Z' })
  run.known['slack:gus'] = { email: 'eve@example.com' }
  expect(await run.say('slack:gus', 'approve')).toMatchObject({ refusal: { why: 'no-permission' } })
  run.known['slack:gus'] = {}
  expect(await run.say('slack:gus', 'approve')).toMatchObject({ kind: 'done' })
})
