import { describe, expect, test } from 'vitest'
import { cardDigest, REASON_LIMIT, type Request } from '../../src/domain/decide.ts'
import { planFrom, run } from './run.ts'

const settled = (edges: Parameters<typeof planFrom>[0]) => {
  const made = run(planFrom(edges))
  made.settle()
  return made
}
const refusal = (made: ReturnType<typeof run>, request: Request) => {
  const version = made.execution().version
  const decided = made.ask(request)
  expect(made.execution().version).toBe(decided.kind === 'refused' ? version : version + 1)
  return decided.kind === 'refused' ? decided.refusal : undefined
}

describe('a request about a task', () => {
  test('that the plan does not have is refused with the nearest name', () => {
    const made = settled({ database: [] })
    expect(refusal(made, { asks: 'hold', task: 'databse' })).toMatchObject({
      why: 'no-such-task',
      nearest: ['database'],
    })
    expect(refusal(made, { asks: 'hold', task: '__proto__' })).toMatchObject({ why: 'no-such-task' })
  })

  test('that the table has no cell for is refused with what is possible', () => {
    const made = settled({ a: ['b'], b: [] })
    expect(refusal(made, { asks: 'skip', task: 'a', reason: 'known' })).toMatchObject({
      why: 'not-allowed',
      status: 'IN_PROGRESS',
      possible: [],
    })
    expect(refusal(made, { asks: 'skip', task: 'b', reason: 'known' })).toBeUndefined()
  })

  test('that somebody was quicker with is refused with who it was', () => {
    const made = settled({ gate: ['b'], b: [] })
    expect(refusal(made, { asks: 'approve', task: 'gate' })).toBeUndefined()
    expect(refusal(made, { asks: 'reject', task: 'gate', reason: 'no' })).toMatchObject({
      why: 'already-decided',
      decision: { event: 'approve', by: { name: 'Anna' } },
    })
  })

  test('that saw an older attempt is refused, and the present one is not', () => {
    const made = settled({ a: [] })
    made.fail('a')
    made.ask({ asks: 'retry', task: 'a' })
    made.settle()
    made.fail('a')
    expect(refusal(made, { asks: 'retry', task: 'a', seen: { attempt: 1 } })).toMatchObject({
      why: 'outdated',
      seen: 1,
      attempt: 2,
    })
    expect(refusal(made, { asks: 'retry', task: 'a', seen: { attempt: 2 } })).toBeUndefined()
  })

  test('that saw another card than what stands is refused', () => {
    const made = settled({ gate: [] })
    const attempt = 1
    expect(
      refusal(made, { asks: 'approve', task: 'gate', seen: { attempt, digest: 'other' } }),
    ).toMatchObject({
      why: 'changed-since-shown',
    })
    const digest = cardDigest(made.execution(), made.task('gate'))
    expect(refusal(made, { asks: 'approve', task: 'gate', seen: { attempt, digest } })).toBeUndefined()
  })

  test('from the card of a gate is refused once the gate was rejected, though a failure offers the same', () => {
    const made = settled({ gate: [] })
    const seen = { attempt: 1, digest: cardDigest(made.execution(), made.task('gate')) }
    made.ask({ asks: 'reject', task: 'gate', reason: 'no' })
    const rejected = { why: 'already-decided', decision: { event: 'reject' } }
    const request = { asks: 'skip', task: 'gate', reason: 'known' } as const
    expect(refusal(made, { ...request, seen })).toMatchObject(rejected)
    expect(refusal(made, { ...request, seen: { attempt: 1, status: 'PENDING_APPROVAL' } })).toMatchObject(
      rejected,
    )
    expect(refusal(made, { ...request, seen: { attempt: 1, status: 'FAILED' } })).toBeUndefined()
  })

  test('to retry what is completed is refused once a successor has begun, and not before', () => {
    const begun = settled({ a: ['b'], b: [] })
    begun.complete('a')
    expect(refusal(begun, { asks: 'retry', task: 'a' })).toMatchObject({
      why: 'successor-begun',
      successor: 'b',
    })
    const held = settled({ a: ['b'], b: [] })
    held.ask({ asks: 'hold', task: 'b' })
    held.complete('a')
    expect(refusal(held, { asks: 'retry', task: 'a' })).toBeUndefined()
  })

  test('to adopt is possible only where something may be running in AWS, and names one thing', () => {
    const made = settled({ a: [] })
    made.fail('a')
    expect(refusal(made, { asks: 'adopt', task: 'a' })).toEqual({
      why: 'no-such-work',
      task: 'a',
      candidates: [],
    })

    made.ask({ asks: 'retry', task: 'a' })
    made.settle()
    const candidates = [['drsjob-1'], ['drsjob-2']]
    made.report('a', { says: 'fail', failure: { kind: 'unknown', message: 'Two jobs.', candidates } })
    const several = { why: 'no-such-work', candidates: ['drsjob-1', 'drsjob-2'] }
    expect(refusal(made, { asks: 'adopt', task: 'a' })).toMatchObject(several)
    expect(refusal(made, { asks: 'adopt', task: 'a', reference: 'drsjob-9' })).toMatchObject(several)
    expect(refusal(made, { asks: 'adopt', task: 'a', reference: 'drsjob-2' })).toBeUndefined()
    expect(made.task('a')).toMatchObject({
      status: 'IN_PROGRESS',
      attempt: 2,
      effect: { phase: 'running', references: ['drsjob-2'], adopted: true },
      decision: { event: 'adopt' },
    })
  })

  test('to adopt what ran out of time gives the attempt as long again', () => {
    const made = settled({ a: [] })
    made.report('a', { says: 'intend', token: 't' })
    made.report('a', { says: 'running', token: 't', references: ['drsjob-1'], adopted: false })
    made.pass(61)
    expect(made.task('a').failure?.kind).toBe('timed-out')
    made.pass(60)
    expect(refusal(made, { asks: 'adopt', task: 'a' })).toBeUndefined()
    made.pass(59)
    expect(made.task('a').status).toBe('IN_PROGRESS')
    made.pass(2)
    expect(made.task('a').failure?.kind).toBe('timed-out')
  })

  test('to retry what was taken along is refused while the one before it is abandoned', () => {
    const made = settled({ gate: ['b'], b: [] })
    made.ask({ asks: 'abandon', task: 'gate', reason: 'lost' })
    made.settle()
    expect(refusal(made, { asks: 'retry', task: 'b' })).toMatchObject({
      why: 'predecessor-abandoned',
      predecessor: 'gate',
    })
    expect(refusal(made, { asks: 'retry', task: 'gate' })).toBeUndefined()
  })
})

describe('a reason', () => {
  test.each(['skip', 'abandon', 'reject'] as const)('is needed to %s', (asks) => {
    const made = settled({ gate: [] })
    for (const reason of [undefined, '', '  ', '🔥!']) {
      const request = { asks, task: 'gate', ...(reason === undefined ? {} : { reason }) }
      expect(refusal(made, request)).toMatchObject({ why: 'reason-missing', subject: 'gate' })
    }
    expect(refusal(made, { asks, task: 'gate', reason: 'agreed' })).toBeUndefined()
  })

  test('may be as long as a chat lets it be, and no longer', () => {
    const made = settled({ gate: [] })
    expect(
      refusal(made, { asks: 'approve', task: 'gate', reason: 'x'.repeat(REASON_LIMIT + 1) }),
    ).toMatchObject({
      why: 'reason-too-long',
      length: REASON_LIMIT + 1,
    })
    expect(refusal(made, { asks: 'approve', task: 'gate', reason: 'x'.repeat(REASON_LIMIT) })).toBeUndefined()
  })

  test('that holds a secret is refused', () => {
    const made = settled({ gate: [] })
    const reason = `key ${'AKIA'}${'A'.repeat(16)}`
    expect(refusal(made, { asks: 'approve', task: 'gate', reason })).toMatchObject({
      why: 'reason-holds-secret',
    })
  })
})

describe('a request about the run', () => {
  test('to be what it is already is refused', () => {
    const made = settled({ a: [] })
    expect(refusal(made, { asks: 'resume' })).toEqual({ why: 'already-so', state: 'running' })
    expect(refusal(made, { asks: 'pause' })).toBeUndefined()
    expect(refusal(made, { asks: 'pause' })).toEqual({ why: 'already-so', state: 'paused' })
    expect(refusal(made, { asks: 'resume' })).toBeUndefined()
    expect(refusal(made, { asks: 'cancel', reason: 'over' })).toBeUndefined()
    expect(refusal(made, { asks: 'cancel', reason: 'over' })).toEqual({
      why: 'already-so',
      state: 'cancelled',
    })
  })

  test('is refused when the run has ended, or was cancelled', () => {
    const made = settled({ a: [] })
    made.complete('a')
    expect(refusal(made, { asks: 'pause' })).toMatchObject({ why: 'execution-ended', status: 'COMPLETED' })
    const cancelled = settled({ gate: [] })
    cancelled.ask({ asks: 'cancel', reason: 'over' })
    expect(refusal(cancelled, { asks: 'approve', task: 'gate' })).toMatchObject({ why: 'execution-ended' })
  })
})
