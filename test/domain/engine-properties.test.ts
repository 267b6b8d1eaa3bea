import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankOf } from '../../src/domain/begin.ts'
import { evolve } from '../../src/domain/evolve.ts'
import { isFinished, mayStart, statusOf } from '../../src/domain/execution.ts'
import { PERSON_EVENTS } from '../../src/domain/transitions.ts'
import { planFrom, run } from './run.ts'

/** Edges lead from earlier to later tasks only, so every roll is a plan. */
const plans = fc
  .integer({ min: 1, max: 6 })
  .chain((size) =>
    fc.record({
      gates: fc.array(fc.boolean(), { minLength: size, maxLength: size }),
      edges: fc.array(fc.boolean(), { minLength: size * size, maxLength: size * size }),
      retries: fc.integer({ min: 0, max: 2 }),
    }),
  )
  .map(({ gates, edges, retries }) => {
    const ids = gates.map((gate, index) => `${gate ? 'gate' : 'task'}${index}`)
    const after = (from: number) => ids.filter((_id, to) => to > from && edges[from * ids.length + to])
    return planFrom(Object.fromEntries(ids.map((id, index) => [id, after(index)])), retries)
  })

const which = fc.nat(5)
const token = fc.constantFrom('one', 'two')
/** Mostly the attempt that stands, now and then the one before. */
const old = fc.constantFrom(0, 0, 0, 1)
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('advance' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('ask' as const),
        which,
        asks: fc.constantFrom(...PERSON_EVENTS),
        old,
      }),
    },
    fc.record({
      do: fc.constant('run' as const),
      asks: fc.constantFrom('pause', 'resume', 'resume', 'resume', 'resume', 'cancel'),
    }),
    fc.record({ do: fc.constant('pass' as const), minutes: fc.constantFrom(1, 29, 31, 61) }),
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('report' as const),
        which,
        says: fc.constantFrom(
          'intend',
          'withdraw',
          'running',
          'progress',
          'complete',
          'complete',
          'complete',
          'fail',
          'cancel',
        ),
        token,
        old,
      }),
    },
  ),
  { minLength: 10, maxLength: 80, size: 'max' },
)
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never

/** The report of fast-check names the seed and the path that repeat a failing roll. */
const DICE = { numRuns: 600 }

function take(made: ReturnType<typeof run>, ids: readonly string[], step: Step): void {
  const id = 'which' in step ? (ids[step.which % ids.length] ?? '') : ''
  switch (step.do) {
    case 'advance':
      made.step()
      return
    case 'pass':
      made.pass(step.minutes)
      return
    case 'run':
      made.ask({ asks: step.asks, reason: 'rolled' })
      return
    case 'ask':
      made.ask({
        asks: step.asks,
        task: id,
        reason: 'rolled',
        seen: { attempt: made.task(id).attempt - step.old },
      })
      return
    case 'report': {
      const attempt = made.task(id).attempt - step.old
      const failure = { kind: 'aws', message: 'It broke.' } as const
      const by = { token: step.token, notBefore: '2026-01-08T12:00:00.000Z', trouble: 'refused' }
      const more = { references: ['job-1'], adopted: false, detail: {}, lines: [], summary: 'Done.', failure }
      made.report(id, { says: step.says, ...by, ...more }, attempt)
    }
  }
}

describe('whatever people, workers and time do', () => {
  test('no promise is broken, and the records give the state again', () => {
    fc.assert(
      fc.property(plans, steps, (plan, rolled) => {
        const made = run(plan)
        const ids = plan.tasks.map(({ id }) => id)
        // The run throws as soon as a save breaks a promise.
        for (const step of rolled) take(made, ids, step)
        expect(made.records.reduce(evolve, blankOf(plan, 1, made.order))).toEqual(made.execution())
      }),
      DICE,
    )
  })

  test('advance comes to rest, and nothing that could go on is left behind', () => {
    fc.assert(
      fc.property(plans, steps, (plan, rolled) => {
        const made = run(plan)
        const ids = plan.tasks.map(({ id }) => id)
        for (const step of rolled) take(made, ids, step)
        made.settle()
        expect(made.step()).toBe(0)
        const tasks = [...made.execution().tasks.values()]
        const waiting = tasks.filter(
          ({ status }) => status === 'PENDING' || status === 'PAUSED' || status === 'RETRY',
        )
        for (const task of waiting) {
          const before = task.predecessors.map((id) => made.task(id).status)
          expect(before, 'an abandoned task takes along what waits for it').not.toContain('ABANDONED')
          if (made.execution().paused || task.status === 'PAUSED') continue
          expect(mayStart(made.execution(), task), 'what may start has started').toBe(false)
        }
      }),
      DICE,
    )
  })

  test('a run in which everyone answers and nothing fails is completed', () => {
    fc.assert(
      fc.property(plans, fc.infiniteStream(fc.nat()), (plan, dice) => {
        const made = run(plan)
        made.settle()
        while (!isFinished(made.execution())) {
          const open = [...made.execution().tasks.values()].filter(
            ({ status }) => status === 'IN_PROGRESS' || status === 'PENDING_APPROVAL',
          )
          const chosen = open[(dice.next().value ?? 0) % open.length]
          if (!chosen) throw new Error(`nobody can go on: ${made.statuses()}`)
          if (chosen.status === 'IN_PROGRESS') made.complete(chosen.id)
          else made.ask({ asks: 'approve', task: chosen.id })
          made.settle()
        }
        expect(statusOf(made.execution())).toBe('COMPLETED')
      }),
      DICE,
    )
  })
})
