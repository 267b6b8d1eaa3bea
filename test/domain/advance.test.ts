import { describe, expect, test } from 'vitest'
import { advance, MOVES_PER_SAVE } from '../../src/domain/advance.ts'
import { isFinished, statusOf } from '../../src/domain/execution.ts'
import { planFrom, run } from './run.ts'

const settled = (edges: Parameters<typeof planFrom>[0], retries = 0) => {
  const made = run(planFrom(edges, retries))
  made.settle()
  return made
}
const abandon = (task: string) => ({ asks: 'abandon', task, reason: 'lost' }) as const

describe('a task starts', () => {
  test('when every predecessor is completed or skipped, and not before', () => {
    const made = settled({ a: ['c'], b: ['c'], c: [] })
    expect(made.statuses()).toBe('a:IN_PROGRESS b:IN_PROGRESS c:PENDING')
    made.complete('a')
    expect(made.task('c').status).toBe('PENDING')
    made.fail('b')
    made.ask({ asks: 'skip', task: 'b', reason: 'known' })
    made.settle()
    expect(made.statuses()).toBe('a:COMPLETED b:SKIPPED c:IN_PROGRESS')
  })

  test('with the time it may take, and an approval with the time it may wait', () => {
    const made = settled({ a: [], gate: [] })
    expect(made.task('a').deadline).toBe('2026-01-08T13:00:00.000Z')
    expect(made.task('gate')).toMatchObject({
      status: 'PENDING_APPROVAL',
      deadline: '2026-01-08T12:30:00.000Z',
    })
  })

  test('not while the run is paused, nor while it is held itself', () => {
    const made = run(planFrom({ a: [], b: [] }))
    made.ask({ asks: 'hold', task: 'b' })
    made.ask({ asks: 'pause' })
    made.settle()
    expect(made.statuses()).toBe('a:PENDING b:PAUSED')
    made.ask({ asks: 'resume' })
    made.settle()
    expect(made.statuses()).toBe('a:IN_PROGRESS b:PAUSED')
    made.ask({ asks: 'release', task: 'b' })
    made.settle()
    expect(made.task('b').status).toBe('IN_PROGRESS')
  })

  test(`with at most ${MOVES_PER_SAVE - 1} others in one save`, () => {
    const ids = Array.from({ length: 200 }, (_, index) => [`t${index}`, []] as const)
    const made = run(planFrom(Object.fromEntries(ids)))
    expect([made.step(), made.step(), made.step(), made.step()]).toEqual([90, 90, 20, 0])
  })
})

describe('an abandoned task', () => {
  test.each([
    ['before', ['abandon', 'complete']],
    ['after', ['complete', 'abandon']],
  ])(
    'takes the join along when it is abandoned %s the other branch completes (b.1 row 5)',
    (_when, order) => {
      const made = settled({ gate: ['join'], b: ['join'], join: ['end'], end: [] })
      for (const what of order) {
        if (what === 'complete') made.complete('b')
        else made.ask(abandon('gate'))
        made.settle()
      }
      expect(made.statuses()).toBe('gate:ABANDONED b:COMPLETED join:ABANDONED end:ABANDONED')
      expect(statusOf(made.execution())).toBe('ABANDONED')
    },
  )

  test('brings back on retry what it took along, and only that (b.1 row 6)', () => {
    const made = settled({ gate: ['b', 'own'], b: ['c'], c: [], own: [] })
    made.ask(abandon('own'))
    made.ask(abandon('gate'))
    made.settle()
    expect(made.statuses()).toBe('gate:ABANDONED b:ABANDONED c:ABANDONED own:ABANDONED')
    made.ask({ asks: 'retry', task: 'gate' })
    made.settle()
    expect(made.statuses()).toBe('gate:PENDING_APPROVAL b:PENDING c:PENDING own:ABANDONED')
    expect(isFinished(made.execution())).toBe(false)
  })
})

describe('time', () => {
  test('expires an approval that nobody decided, and that is no rejection', () => {
    const made = settled({ gate: ['b'], b: [] })
    made.pass(29)
    expect(made.task('gate').status).toBe('PENDING_APPROVAL')
    made.pass(1)
    expect(made.task('gate')).toMatchObject({ status: 'FAILED', failure: { kind: 'expired' } })
    expect(made.task('b').status).toBe('PENDING')
  })

  test('fails an attempt that takes too long, and says what may still run (b.1 row 10)', () => {
    const made = settled({ a: [] }, 3)
    made.report('a', { says: 'intend', token: 'mine' })
    made.report('a', { says: 'running', token: 'mine', references: ['drsjob-1'], adopted: false })
    made.pass(60)
    expect(made.task('a')).toMatchObject({
      status: 'FAILED',
      attempt: 1,
      failure: {
        kind: 'timed-out',
        message: 'Not finished within 60 minutes. drsjob-1 may still be running in AWS.',
      },
    })
  })

  test('stops for nobody who paused: a running attempt still times out', () => {
    const made = settled({ a: [] })
    made.ask({ asks: 'pause' })
    made.pass(60)
    expect(made.task('a').status).toBe('FAILED')
  })
})

describe('the engine tries again by itself', () => {
  test('as often as the plan says, and then leaves it to people', () => {
    const made = settled({ a: [] }, 2)
    made.fail('a', 'aws')
    expect(made.task('a')).toMatchObject({ status: 'IN_PROGRESS', attempt: 2 })
    made.fail('a', 'aws')
    made.fail('a', 'aws')
    expect(made.task('a')).toMatchObject({ status: 'FAILED', attempt: 3 })
  })

  test('not after a rejection, and not while the run is paused', () => {
    const made = settled({ gate: [], a: [] }, 2)
    made.ask({ asks: 'reject', task: 'gate', reason: 'no' })
    made.ask({ asks: 'pause' })
    made.fail('a', 'aws')
    expect(made.statuses()).toBe('gate:FAILED a:FAILED')
    made.ask({ asks: 'resume' })
    made.settle()
    expect(made.statuses()).toBe('gate:FAILED a:IN_PROGRESS')
  })
})

describe('a cancelled run', () => {
  test('cancels what is open, leaves what runs to its worker, and starts nothing', () => {
    const made = settled({ a: ['c'], gate: [], c: [] })
    made.ask({ asks: 'cancel', reason: 'over' })
    made.settle()
    expect(made.statuses()).toBe('a:IN_PROGRESS gate:CANCELLED c:CANCELLED')
    made.report('a', { says: 'cancel', summary: 'Stopped.' })
    made.settle()
    expect(made.task('a').status).toBe('CANCELLED')
    expect(statusOf(made.execution())).toBe('CANCELLED')
    expect(made.execution().endedAt).toBe('2026-01-08T12:00:00.000Z')
  })

  test('still lets a running attempt time out', () => {
    const made = settled({ a: [] })
    made.ask({ asks: 'cancel', reason: 'over' })
    made.pass(60)
    expect(made.task('a').status).toBe('CANCELLED')
  })
})

describe('what the ancestor gets wrong', () => {
  test('a failure shows in the status of the run (b.1 row 1)', () => {
    const made = settled({ a: ['b'], b: [] })
    made.fail('a')
    expect(statusOf(made.execution())).toBe('FAILED')
  })

  test('two predecessors that finish in one save do not lose the join (b.1 row 2)', () => {
    const made = settled({ a: ['c'], b: ['c'], c: [] })
    made.report('a', { says: 'complete', summary: 'Done.' })
    made.report('b', { says: 'complete', summary: 'Done.' })
    made.settle()
    expect(made.task('c').status).toBe('IN_PROGRESS')
  })

  test('a retry does not finish a run whose leaves wait for it (b.1 rows 7 and 11)', () => {
    const made = settled({ a: ['leaf'], leaf: [], loose: [] })
    made.ask({ asks: 'skip', task: 'leaf', reason: 'known' })
    made.complete('loose')
    made.fail('a')
    expect(isFinished(made.execution())).toBe(false)
    expect(statusOf(made.execution())).toBe('FAILED')
    made.ask({ asks: 'skip', task: 'a', reason: 'known' })
    expect(statusOf(made.execution())).toBe('COMPLETED')
    expect(advance(made.execution(), new Date('2027-01-01'))).toEqual([])
  })

  test('a plan with tasks that wait for each other is no plan (b.1 row 12)', () => {
    expect(() => planFrom({ root: ['a'], a: ['b'], b: ['a'] })).toThrow('a → b → a')
  })
})
