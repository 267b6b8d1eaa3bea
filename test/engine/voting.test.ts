import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { executionBody } from '../../src/adapters/http/shapes.ts'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryPlans } from '../../src/adapters/memory/plans.ts'
import { asText, plainText } from '../../src/conversation/as-text.ts'
import { attemptCard } from '../../src/conversation/decided-card.ts'
import { linesFor } from '../../src/conversation/thread-line.ts'
import { afterAction } from '../../src/domain/after-action.ts'
import { cardDigest, type Request } from '../../src/domain/decide.ts'
import { executionId, type Mode, taskOf } from '../../src/domain/execution.ts'
import { type Identity, policySchema } from '../../src/domain/permission.ts'
import { type Actor, taskId } from '../../src/domain/task.ts'
import { engine } from '../../src/engine/engine.ts'
import { keep } from '../../src/engine/keep.ts'
import { wake } from '../../src/engine/wake.ts'
import { TransientFailure } from '../../src/ports/failure.ts'
import { KINDS } from '../domain/run.ts'

const ID = executionId.parse('01VOTES')
const GATE = taskId.parse('gate')
const DBA = 'slack:S0DBA'
const APPROVERS = 'slack:S0APPROVERS'

/** Who is who; a test may change it while votes are under way. */
const everybody = (): { [id: string]: Partial<Identity> | undefined } => ({
  'slack:starter': { groups: [APPROVERS, DBA], email: 'starter@example.com' },
  'slack:ann': { groups: [APPROVERS], email: 'ann@example.com' },
  'slack:ben': { groups: [APPROVERS, DBA], email: 'ben@example.com' },
  'slack:cleo': { groups: [APPROVERS], email: 'cleo@example.com' },
  'slack:dan': { groups: [], email: 'dan@example.com' },
  'teams:ann': { groups: [APPROVERS], email: 'Ann@Example.com' },
  'slack:eve1': { groups: [APPROVERS] },
  'teams:eve2': { groups: [APPROVERS] },
  'token:ci': { groups: [], roles: ['admin'] },
  'token:ann-laptop': { groups: [], roles: ['approver'], email: 'ann@example.com' },
})

/** A run that stands at its gate, and people who decide about it through the engine's door. */
async function atGate(approvals: object[], editor = 'slack:cleo', mode: Mode = 'recovery') {
  const policy = policySchema.parse({
    bindings: [
      { role: 'approver', groups: [APPROVERS] },
      { role: 'operator', people: ['slack:starter', 'slack:dan'] },
      { role: 'admin', people: ['slack:cleo'] },
    ],
    approvals,
    humans: [{ human: 'eve@example.com', ids: ['slack:eve1', 'teams:eve2'] }],
  })
  const clock = manualClock('2026-01-08T12:00:00.000Z')
  const store = memoryExecutions()
  const log = pino({ level: 'silent' })
  const plans = memoryPlans()
  const known = everybody()
  const runs = keep(store, clock)
  const queue = { put: async () => true, trouble: async () => undefined, close: async () => {} }
  const door = engine({
    ...{ keep: runs, index: store, queue, clock, log, plans, policy, kinds: KINDS },
    directory: {
      identify: async (actor) => {
        const found = known[actor.id]
        if (!found) throw new TransientFailure(`Nobody knows ${actor.id}.`)
        return { actor, groups: [], ...found }
      },
    },
  })
  const as = (id: string): Actor => ({ kind: id.startsWith('token:') ? 'token' : 'person', id, name: id })
  const asker = (id: string) => ({ actor: as(id), source: 'test' })
  const document = {
    recovery_plan_id: 'payments',
    tasks: [
      { task_id: 'gate', task_type: 'approval', task_successors: ['open'] },
      { task_id: 'open', task_type: 'work' },
    ],
  }
  await plans.put({ id: 'payments', hash: 'h', document, savedAt: '', savedBy: editor })
  const started = await door.start({ id: ID, plan: 'payments', mode, places: [] }, asker('slack:starter'))
  expect(started.kind).toBe('done')
  const current = async () => {
    const execution = await store.load(ID)
    if (!execution) throw new Error('no run')
    return execution
  }
  const gate = async () => taskOf(await current(), GATE)
  return {
    door,
    known,
    clock,
    current,
    gate,
    records: () => store.changesSince(ID, 0),
    async pass(minutes: number) {
      clock.advance(minutes * 60_000)
      await wake(ID, { keep: runs })
    },
    async say(
      id: string,
      asks: 'approve' | 'reject' | 'skip' | 'abandon' | 'retry',
      more: Partial<Extract<Request, { task: string }>> = {},
    ) {
      const request = { asks, task: 'gate', reason: `because ${id} says so`, ...more }
      const handled = await door.handle(ID, request, asker(id))
      return handled.kind === 'refused' ? handled.refusal.why : (await gate()).status
    },
  }
}

const TWO = [{ needs: [{ count: 2, groups: [APPROVERS] }] }]

describe('a gate that takes two', () => {
  test('waits for the second, then opens, and both are on record with a receipt', async () => {
    const run = await atGate(TWO)
    expect(await run.say('slack:ann', 'approve')).toBe('PENDING_APPROVAL')
    const waiting = asText(attemptCard(await run.current(), await run.gate(), 1))
    expect(waiting).toMatch(
      /slack:ann says approve · 12:00 UTC · “because slack:ann says so” · receipt [0-9a-f]{8}/,
    )
    expect(await run.say('slack:ben', 'approve')).toBe('COMPLETED')
    const decided = asText(attemptCard(await run.current(), await run.gate(), 1))
    expect(decided).toMatch(/slack:ann says approve[^\n]*receipt[\s\S]*slack:ben says approve[^\n]*receipt/)
  })

  test('tells the thread of the first voice, and of the decision once', async () => {
    const run = await atGate(TWO)
    await run.say('slack:ann', 'approve')
    await run.say('slack:ben', 'approve')
    const lines = linesFor(await run.records(), await run.current()).map(plainText)
    expect(lines.filter((line) => line.includes('gate'))).toEqual([
      '🗳️ gate: slack:ann says approve · “because slack:ann says so”, and more are needed',
      '✅ gate approved by slack:ann and slack:ben · “because slack:ben says so”',
    ])
  })

  test.each([
    ['on another platform, known by their address', 'slack:ann', 'teams:ann'],
    ['by a token of theirs', 'slack:ann', 'token:ann-laptop'],
    ['by a link in the policy', 'slack:eve1', 'teams:eve2'],
  ])('counts one human once: %s', async (_how, first, second) => {
    const run = await atGate([{ needs: [{ count: 2 }] }])
    expect(await run.say(first, 'approve')).toBe('PENDING_APPROVAL')
    expect(await run.say(second, 'approve')).toBe('already-voted')
    expect((await run.gate()).votes).toHaveLength(1)
  })

  test('takes no token that belongs to nobody', async () => {
    const run = await atGate(TWO)
    expect(await run.say('token:ci', 'approve')).toBe('nobody')
  })

  test('weighs skip and abandon as much as approve, and does not add them up', async () => {
    const run = await atGate(TWO)
    expect(await run.say('slack:ann', 'skip')).toBe('PENDING_APPROVAL')
    expect(await run.say('slack:ben', 'approve')).toBe('PENDING_APPROVAL')
    expect(await run.say('slack:cleo', 'skip')).toBe('SKIPPED')
  })

  test('lets somebody change their mind: the last word counts', async () => {
    const run = await atGate(TWO)
    await run.say('slack:ann', 'approve')
    await run.say('slack:ann', 'skip')
    expect(await run.say('slack:ben', 'approve')).toBe('PENDING_APPROVAL')
    expect((await run.gate()).votes?.map((vote) => vote.for)).toEqual(['skip', 'approve'])
  })

  test('cannot be gone around by one voice after it was rejected', async () => {
    const run = await atGate(TWO)
    expect(await run.say('slack:ann', 'reject')).toBe('FAILED')
    expect(await run.say('slack:ann', 'skip')).toBe('FAILED')
    expect(await run.say('slack:ben', 'skip')).toBe('SKIPPED')
  })

  test('forgets what was said about an attempt when it asks again', async () => {
    const run = await atGate(TWO)
    await run.say('slack:ann', 'approve')
    await run.say('slack:ben', 'reject')
    await run.say('slack:ben', 'retry')
    expect((await run.gate()).status).toBe('PENDING_APPROVAL')
    expect(await run.say('slack:ben', 'approve')).toBe('PENDING_APPROVAL')
  })

  test('two who press at the same moment are both counted, and it opens once', async () => {
    const run = await atGate(TWO)
    const digest = cardDigest(await run.current(), await run.gate())
    const seen = { seen: { attempt: 1, digest } }
    const told = await Promise.all(
      ['slack:ann', 'slack:ben', 'slack:cleo'].map((id) => run.say(id, 'approve', seen)),
    )
    expect((await run.gate()).status).toBe('COMPLETED')
    expect(told.filter((one) => one === 'already-decided')).toHaveLength(1)
    const moves = (await run.records())
      .flatMap(({ changes }) => changes)
      .filter((one) => one.what === 'moved' && one.event === 'approve')
    expect(moves).toHaveLength(1)
  })
})

test('card, API and report name a vote and a decision by the same receipt', async () => {
  const run = await atGate(TWO)
  await run.say('slack:ann', 'approve')
  await run.say('slack:ben', 'approve')
  const execution = await run.current()
  const [gate] = executionBody(execution).tasks
  const card = asText(attemptCard(execution, await run.gate(), 1))
  const { decisions } = afterAction(execution, await run.records(), run.clock.now())
  const receipts = decisions.flatMap(({ receipt }) => receipt ?? [])
  expect(receipts).toHaveLength(3)
  const inApi = [...(gate?.votes ?? []).map(({ receipt }) => receipt), gate?.decision?.receipt]
  expect(inApi).toEqual(receipts)
  for (const receipt of receipts) expect(card).toContain(receipt)
})

describe('whoever votes is looked up when it counts', () => {
  test('somebody who lost the group between pressing and saving is refused', async () => {
    const run = await atGate(TWO)
    run.known['slack:ann'] = { groups: [], email: 'ann@example.com' }
    expect(await run.say('slack:ann', 'approve')).toBe('no-permission')
  })

  test('the vote of somebody who has left since counts no more', async () => {
    const run = await atGate(TWO)
    await run.say('slack:ann', 'approve')
    run.known['slack:ann'] = { groups: [], email: 'ann@example.com' }
    expect(await run.say('slack:ben', 'approve')).toBe('PENDING_APPROVAL')
    expect(await run.say('slack:cleo', 'approve')).toBe('COMPLETED')
  })

  test('nothing is recorded while the directory does not answer', async () => {
    const run = await atGate(TWO)
    run.known['slack:ann'] = undefined
    const before = (await run.current()).version
    expect(await run.say('slack:ann', 'approve')).toBe('directory-unavailable')
    expect((await run.current()).version).toBe(before)
  })

  test('nor while it does not say who voted before', async () => {
    const run = await atGate(TWO)
    await run.say('slack:ann', 'approve')
    run.known['slack:ann'] = undefined
    expect(await run.say('slack:ben', 'approve')).toBe('directory-unavailable')
  })
})

describe('four eyes', () => {
  const FOUR = [{ needs: [{ groups: [APPROVERS] }], four_eyes: true }]

  test('whoever started the run does not decide, nor whoever edited its plan last', async () => {
    const run = await atGate(FOUR)
    for (const asks of ['approve', 'skip', 'abandon'] as const) {
      expect(await run.say('slack:starter', asks)).toBe('own-work')
      expect(await run.say('slack:cleo', asks)).toBe('own-work')
    }
    expect(await run.say('slack:ann', 'approve')).toBe('COMPLETED')
  })

  test('stopping is nobody’s privilege: the starter may reject', async () => {
    const run = await atGate(FOUR)
    expect(await run.say('slack:starter', 'reject')).toBe('FAILED')
  })

  test('a plan that came from a folder was edited by no human being', async () => {
    const run = await atGate(FOUR, 'plans-folder')
    expect(await run.say('slack:cleo', 'approve')).toBe('COMPLETED')
  })
})

describe('one of each group', () => {
  const EACH = [{ needs: [{ groups: [APPROVERS] }, { groups: [DBA] }] }]

  test('takes two people, though one is in both', async () => {
    const run = await atGate(EACH)
    expect(await run.say('slack:ben', 'approve')).toBe('PENDING_APPROVAL')
    expect(await run.say('slack:ann', 'approve')).toBe('COMPLETED')
  })

  test('two of one group are not enough', async () => {
    const run = await atGate(EACH)
    await run.say('slack:ann', 'approve')
    expect(await run.say('slack:cleo', 'approve')).toBe('PENDING_APPROVAL')
  })

  test('an approver who is in neither is told whom it takes', async () => {
    const run = await atGate([{ needs: [{ groups: [DBA] }] }])
    const handled = await run.door.handle(
      ID,
      { asks: 'approve', task: 'gate' },
      {
        actor: { kind: 'person', id: 'slack:ann', name: 'Ann' },
        source: 'test',
      },
    )
    expect(handled).toMatchObject({
      kind: 'refused',
      refusal: { why: 'not-asked', needs: [{ groups: [DBA] }] },
    })
  })
})

describe('a veto', () => {
  const VETO = [{ needs: [{ count: 2, groups: [APPROVERS] }], veto: { people: ['slack:dan', 'slack:ben'] } }]

  test('stops it, also from somebody who has no seat', async () => {
    const run = await atGate(VETO)
    expect(await run.say('slack:dan', 'reject')).toBe('FAILED')
  })

  test('any other no is on record and stops nobody', async () => {
    const run = await atGate(VETO)
    expect(await run.say('slack:ann', 'reject')).toBe('PENDING_APPROVAL')
    expect((await run.gate()).votes?.[0]).toMatchObject({ for: 'reject', by: { id: 'slack:ann' } })
    await run.say('slack:ben', 'approve')
    expect(await run.say('slack:cleo', 'approve')).toBe('COMPLETED')
  })
})

describe('break glass', () => {
  const GLASS = [
    {
      needs: [{ count: 2, groups: [DBA] }],
      four_eyes: true,
      break_glass: { people: ['slack:dan', 'slack:starter', 'slack:cleo'] },
    },
  ]
  const glass = { breakGlass: true as const }

  test('two who are named for it open the gate, four eyes or not, and it is told loudly', async () => {
    const run = await atGate(GLASS)
    expect(await run.say('slack:dan', 'approve', glass)).toBe('PENDING_APPROVAL')
    expect(await run.say('slack:starter', 'approve', glass)).toBe('COMPLETED')
    const lines = linesFor(await run.records(), await run.current()).map(plainText)
    expect(lines.filter((line) => line.includes('BREAK GLASS'))).toHaveLength(2)
  })

  test('one is not enough, nor one twice, nor one beside a usual vote', async () => {
    const run = await atGate(GLASS)
    await run.say('slack:dan', 'approve', glass)
    expect(await run.say('slack:dan', 'approve', glass)).toBe('already-voted')
    expect(await run.say('slack:ben', 'approve')).toBe('PENDING_APPROVAL')
  })

  test('nobody else may, and nobody without a reason', async () => {
    const run = await atGate(GLASS)
    expect(await run.say('slack:ann', 'approve', glass)).toBe('not-asked')
    expect(await run.say('slack:dan', 'approve', { ...glass, reason: '🔥' })).toBe('reason-missing')
  })
})

test('a vote counts for exactly what was shown: another card’s fingerprint is refused', async () => {
  const run = await atGate(TWO)
  expect(await run.say('slack:ann', 'approve', { seen: { attempt: 1, digest: 'of-something-else' } })).toBe(
    'changed-since-shown',
  )
  expect((await run.gate()).votes).toBeUndefined()
})

describe('silence', () => {
  const rule = { modes: ['drill'], on_silence: 'decline', needs: [{ count: 2 }] }
  const minutes = 31

  test('declines the gate of a drill where its rule says so, and what comes after it does not run', async () => {
    const run = await atGate([rule], 'slack:cleo', 'drill')
    await run.pass(minutes)
    const tasks = [...(await run.current()).tasks.values()].map(({ status, failure }) => [
      status,
      failure?.kind,
    ])
    expect(tasks).toEqual([
      ['ABANDONED', 'expired'],
      ['ABANDONED', undefined],
    ])
    const lines = linesFor(await run.records(), await run.current()).map(plainText)
    expect(lines).toContain('🚫 gate declined: Nobody decided within 30 minutes. A drill ends so.')
  })

  test('holds a real failover: the gate has expired, and people decide', async () => {
    const run = await atGate([rule])
    await run.pass(minutes)
    expect(await run.gate()).toMatchObject({ status: 'FAILED', failure: { kind: 'expired' } })
  })
})
