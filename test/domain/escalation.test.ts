import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance } from '../../src/domain/advance.ts'
import { RUNGS } from '../../src/domain/escalation.ts'
import { planOf, run } from './run.ts'

/** A gate of a plan whose objective leaves that many minutes to spare; what comes after the gate takes 5, the gate itself 5. */
function atGate(spareMinutes?: number) {
  const made = run(
    planOf({
      recovery_plan_id: 'sample',
      ...(spareMinutes === undefined ? {} : { objectives: { rto_minutes: spareMinutes + 10 } }),
      tasks: [
        { task_id: 'gate', task_type: 'approval', expected_minutes: 5, task_successors: ['open'] },
        { task_id: 'open', task_type: 'work', expected_minutes: 5 },
      ],
    }),
  )
  made.settle()
  return made
}

/** After how many minutes each rung was taken, to a tenth. */
function ladder(made: ReturnType<typeof atGate>, minutes = 20): Record<string, number> {
  const taken: Record<string, number> = {}
  for (let tenth = 1; tenth <= minutes * 10; tenth++) {
    made.pass(0.1)
    const { rung } = made.task('gate')
    if (rung && taken[rung] === undefined) taken[rung] = tenth / 10
  }
  return taken
}

describe('a gate that nobody decides', () => {
  test('is asked for after 2, 5 and 10 minutes where there is time', () => {
    expect(ladder(atGate())).toEqual({ 'on-call': 2, others: 5, everybody: 10 })
    expect(ladder(atGate(120))).toEqual({ 'on-call': 2, others: 5, everybody: 10 })
  })

  test('is asked for sooner the less it can wait before the objective is missed', () => {
    const { 'on-call': first, others, everybody } = ladder(atGate(4))
    // A quarter, a half and four fifths of the four minutes, which begin to run once the gate takes longer than expected.
    expect(first).toBeLessThan(2)
    expect(others).toBeLessThan(5)
    expect(everybody).toBeLessThan(10)
  })

  test('gives people half a minute for each rung even where the objective is missed already', () => {
    const made = atGate()
    const late = run(
      planOf({
        recovery_plan_id: 'sample',
        objectives: { rto_minutes: 1 },
        tasks: [{ task_id: 'gate', task_type: 'approval' }],
      }),
    )
    late.settle()
    made.pass(0.4)
    late.pass(0.4)
    expect(late.task('gate').rung).toBeUndefined()
    late.pass(0.1)
    expect(late.task('gate').rung).toBe('on-call')
    late.pass(1)
    expect(late.task('gate').rung).toBe('everybody')
  })

  test('is not asked for three times at once after an outage of ours', () => {
    const made = atGate()
    const before = made.records.length
    made.pass(15)
    expect(made.task('gate').rung).toBe('everybody')
    expect(made.records.length).toBe(before + 1)
  })

  test('is asked for no more once it is decided, and from the start when it asks again', () => {
    const made = atGate()
    made.pass(6)
    made.ask({ asks: 'reject', task: 'gate', reason: 'not yet' })
    expect(made.task('gate').rung).toBeUndefined()
    made.ask({ asks: 'retry', task: 'gate' })
    made.settle()
    expect(made.task('gate')).toMatchObject({ status: 'PENDING_APPROVAL' })
    expect(made.task('gate').rung).toBeUndefined()
  })

  test('keeps its votes and its receipts through every rung', () => {
    const made = atGate()
    made.pass(3)
    const { deadline, startedAt } = made.task('gate')
    made.pass(8)
    expect(made.task('gate')).toMatchObject({ deadline, startedAt, rung: 'everybody' })
  })
})

test('a failure that waits for people is asked for in the same way', () => {
  const made = atGate()
  made.ask({ asks: 'approve', task: 'gate' })
  made.settle()
  made.fail('open')
  made.pass(2)
  expect(made.task('open').rung).toBe('on-call')
})

test('a paused run asks nobody again until it goes on', () => {
  const made = atGate()
  made.ask({ asks: 'pause' })
  made.pass(12)
  expect(made.task('gate').rung).toBeUndefined()
  made.ask({ asks: 'resume' })
  made.settle()
  expect(made.task('gate').rung).toBe('everybody')
})

test('rungs only rise, whenever somebody looks', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 240 }), { maxLength: 12 }), fc.nat(60), (steps, spare) => {
      const made = atGate(spare)
      let height = -1
      for (const seconds of steps) {
        made.pass(seconds / 60)
        if (made.task('gate').status !== 'PENDING_APPROVAL') break
        const { rung } = made.task('gate')
        const now = rung ? RUNGS.indexOf(rung) : -1
        expect(now).toBeGreaterThanOrEqual(height)
        height = now
        expect(advance(made.execution(), new Date(0))).toEqual([])
      }
    }),
    { numRuns: 60 },
  )
})
