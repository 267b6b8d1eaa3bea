import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Forecast, forecast, planned, spare, waited, waitsOf } from '../../src/domain/forecast.ts'
import { isOver } from '../../src/domain/transitions.ts'
import { planFrom, planOf, run, timedPlan } from './run.ts'

const START = Date.parse('2026-01-08T12:00:00.000Z')
const minute = (at: number): number => (at - START) / 60_000
const at = (minutes: number): Date => new Date(START + minutes * 60_000)
const ends = ({ spans }: Forecast) => Object.fromEntries([...spans].map(([id, { to }]) => [id, minute(to)]))

test('a plan ends when its longest chain does, and what is beside that chain has time to spare', () => {
  const made = run(timedPlan())
  const found = planned(made.execution())
  expect(minute(found.finish)).toBe(37)
  expect(found.critical).toEqual(['fetch', 'load', 'gate', 'open'])
  expect([...found.spans].map(([id, { slack }]) => [id, slack / 60_000])).toContainEqual(['check', 17])
})

test('what ended early brings the finish forward, what is late puts it off by what it is late', () => {
  const made = run(timedPlan())
  made.settle()
  made.pass(4)
  made.complete('fetch')
  expect(minute(forecast(made.execution(), at(4)).finish)).toBe(31)
  // load was expected at 24; at 30 it still runs.
  made.pass(26)
  expect(ends(forecast(made.execution(), at(30)))).toMatchObject({ load: 30, gate: 35, open: 37 })
})

test('a failure counts as what it will take to run it again, from now on', () => {
  const made = run(timedPlan())
  made.settle()
  made.fail('fetch')
  expect(minute(forecast(made.execution(), at(0)).finish)).toBe(37)
  made.pass(15)
  expect(minute(forecast(made.execution(), at(15)).finish)).toBe(52)
})

test('what was abandoned, and what only it leads to, is expected never', () => {
  const made = run(timedPlan())
  made.settle()
  made.complete('fetch')
  made.fail('check')
  made.ask({ asks: 'abandon', task: 'check', reason: 'not today' })
  const found = forecast(made.execution(), at(0))
  expect(Object.keys(ends(found)).sort()).toEqual(['fetch', 'load'])
  expect(minute(found.finish)).toBe(20)
})

test('a gate may wait as long as the forecast stays within the objective', () => {
  const made = run(timedPlan())
  made.settle()
  made.complete('fetch')
  made.complete('load')
  made.complete('check')
  const { id } = made.task('gate')
  // At 0: gate 5, open 7; the objective is 60.
  expect(spare(made.execution(), forecast(made.execution(), at(0)), id)).toBe(53 * 60_000)
  made.pass(20)
  expect(spare(made.execution(), forecast(made.execution(), at(20)), id)).toBe(38 * 60_000)
})

describe('the time spent waiting for people', () => {
  test('counts a gate while it asks and a failure while it stands, and overlaps once', () => {
    const made = run(planFrom({ gate: [], task: [] }))
    made.settle()
    made.pass(10)
    made.fail('task')
    made.pass(10)
    expect(waited(made.execution(), at(20))).toBe(20 * 60_000)
    made.ask({ asks: 'approve', task: 'gate' })
    made.pass(5)
    expect(waited(made.execution(), at(25))).toBe(25 * 60_000)
    made.ask({ asks: 'skip', task: 'task', reason: 'done by hand' })
    expect(waited(made.execution(), at(90))).toBe(25 * 60_000)
  })

  test('an expired gate waits on until somebody decides', () => {
    const made = run(planFrom({ gate: [] }))
    made.settle()
    made.pass(30)
    expect(made.task('gate').failure?.kind).toBe('expired')
    made.pass(12)
    made.ask({ asks: 'retry', task: 'gate' })
    made.settle()
    made.pass(3)
    made.ask({ asks: 'approve', task: 'gate' })
    expect(waitsOf(made.execution(), at(99))).toHaveLength(1)
    expect(waited(made.execution(), at(99))).toBe(45 * 60_000)
  })

  test('a failure that the engine tries again by itself waits for nobody', () => {
    const made = run(planFrom({ task: [] }, 1))
    made.settle()
    made.pass(3)
    made.fail('task', 'aws')
    expect(made.task('task').attempt).toBe(2)
    expect(waited(made.execution(), at(9))).toBe(0)
  })

  test('a gate that is asked again and again keeps a bounded list, and loses no minute between its first and last', () => {
    const made = run(planFrom({ gate: [] }))
    made.settle()
    for (let turn = 0; turn < 30; turn++) {
      made.pass(1)
      made.ask({ asks: 'reject', task: 'gate', reason: 'not yet' })
      made.ask({ asks: 'retry', task: 'gate' })
      made.settle()
    }
    expect(made.task('gate').waits?.length).toBe(20)
    expect(waited(made.execution(), at(30))).toBe(30 * 60_000)
  })
})

test('no task is expected before its predecessors end, nothing after the finish, and the critical path is a chain to it', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 7 })
  const edges = fc.array(fc.boolean(), { minLength: 49, maxLength: 49 })
  const ended = fc.array(fc.nat(6), { maxLength: 7 })
  fc.assert(
    fc.property(sizes, edges, ended, fc.nat(200), (minutes, has, done, passed) => {
      const ids = minutes.map((_, index) => `t${index}`)
      const made = run(
        planOf({
          recovery_plan_id: 'sample',
          tasks: ids.map((task_id, from) => ({
            task_id,
            task_type: 'work',
            timeout_minutes: 1_000,
            expected_minutes: minutes[from] ?? 1,
            task_successors: ids.filter((_, to) => to > from && has[from * 7 + to]),
          })),
        }),
      )
      made.settle()
      for (const index of done) {
        const id = ids[index]
        if (id !== undefined && made.task(id).status === 'IN_PROGRESS') made.complete(id)
      }
      made.pass(passed)
      const execution = made.execution()
      const { spans, finish, critical } = forecast(execution, at(passed))
      for (const [id, { from, to, slack }] of spans) {
        expect(to).toBeLessThanOrEqual(finish)
        expect(to + slack).toBeLessThanOrEqual(finish)
        expect(from).toBeLessThanOrEqual(to)
        for (const before of made.task(id).predecessors)
          if (!isOver(made.task(id).status)) expect(spans.get(before)?.to).toBeLessThanOrEqual(to)
      }
      const last = critical.at(-1)
      expect(last && spans.get(last)?.to).toBe(finish)
      critical.forEach((id, index) => {
        const before = critical[index - 1]
        if (before) expect(made.task(id).predecessors).toContain(before)
      })
      expect(new Set(spans.keys())).toEqual(new Set(execution.tasks.keys()))
    }),
    { numRuns: 200 },
  )
})
