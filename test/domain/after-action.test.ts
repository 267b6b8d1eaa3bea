import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterAction } from '../../src/domain/after-action.ts'
import { waited } from '../../src/domain/forecast.ts'
import { inMinutes } from '../../src/domain/minutes.ts'
import { receipt } from '../../src/domain/receipt.ts'
import { taskId } from '../../src/domain/task.ts'
import { historyOf, minute } from '../support/histories.ts'
import { planFrom, planOf, run, timedPlan } from './run.ts'

const START = Date.parse('2026-01-08T12:00:00.000Z')
const at = (minutes: number): Date => new Date(START + minutes * 60_000)
const clock = (minutes: number): string => at(minutes).toISOString()

/** A run with a failure, a wait, a skip and an approval: it ends after 60 minutes, 23 more than planned. */
function eventful() {
  const made = run(timedPlan())
  made.settle()
  made.pass(10)
  made.complete('fetch')
  made.pass(5)
  made.report('check', {
    says: 'fail',
    failure: { kind: 'aws', message: 'Key AKIAABCDEFGHIJKLMNOP is unknown.' },
  })
  made.pass(5)
  made.ask({ asks: 'skip', task: 'check', reason: 'known to be flaky' })
  made.pass(10)
  made.fail('load')
  made.pass(4)
  made.ask({ asks: 'retry', task: 'load' })
  made.settle()
  made.pass(16)
  made.complete('load')
  made.pass(6)
  made.ask({ asks: 'approve', task: 'gate' })
  made.settle()
  made.pass(4)
  made.complete('open')
  return made
}
const reported = (made: ReturnType<typeof run>, now: Date) => afterAction(made.execution(), made.records, now)

test('the objective for time is compared with the time from the declaration to the last task', () => {
  const { run: told, objectives } = reported(eventful(), at(600))
  expect(told).toMatchObject({ id: '01SAMPLE', mode: 'drill', status: 'COMPLETED', endedAt: clock(60) })
  expect(objectives.rto).toEqual({ objectiveMinutes: 60, actualMinutes: 60, met: true, healthChecks: 0 })
})

test('a run that is over its time has missed its objective; one that still can meet it has not said yet', () => {
  const made = run(timedPlan())
  made.settle()
  expect(reported(made, at(59)).objectives.rto).toEqual({ objectiveMinutes: 60, healthChecks: 0 })
  expect(reported(made, at(61)).objectives.rto.met).toBe(false)
})

test('a run that was cancelled in time has not met its objective', () => {
  const made = run(timedPlan())
  made.ask({ asks: 'cancel', reason: 'false alarm' })
  made.settle()
  const { run: told, objectives } = reported(made, at(1))
  expect([told.status, objectives.rto.met]).toEqual(['CANCELLED', false])
})

test('health counts from the declaration to the last check of health, once all of them are completed', () => {
  const tasks = [
    { task_id: 'web', task_type: 'work', health_check: true },
    { task_id: 'data', task_type: 'work', health_check: true },
    { task_id: 'report', task_type: 'work' },
  ]
  const made = run(planOf({ recovery_plan_id: 'sample', tasks }))
  made.settle()
  made.pass(3)
  made.complete('data')
  expect(reported(made, at(3)).objectives.rto).toEqual({ healthChecks: 2 })
  made.pass(4)
  made.complete('web')
  made.pass(9)
  made.complete('report')
  expect(reported(made, at(20)).objectives.rto).toMatchObject({ actualMinutes: 16, toHealthMinutes: 7 })
})

test('the recovery point is not known until a task says which it used; then the oldest one counts', () => {
  const made = run(timedPlan())
  made.settle()
  const told = (recoveryPoints: { [server: string]: string }) => {
    made.report('fetch', { says: 'progress', detail: { recoveryPoints }, lines: [] })
    return reported(made, at(1)).objectives.rpo
  }
  made.report('fetch', { says: 'intend', token: 't' })
  made.report('fetch', { says: 'running', token: 't', references: ['job-1'], adopted: false })
  expect(reported(made, at(1)).objectives.rpo).toEqual({ objectiveMinutes: 15, recoveryPoints: 0 })
  expect(told({ one: clock(-4), two: clock(-20) })).toMatchObject({ worstMinutes: 20, met: false })
  // Server two was recovered again, from data newer than the declaration.
  expect(told({ two: clock(2) })).toEqual({
    objectiveMinutes: 15,
    worstMinutes: 4,
    met: true,
    recoveryPoints: 2,
    oldest: { task: 'fetch', of: 'one', at: clock(-4) },
  })
  expect(told({ one: 'yesterday, perhaps' }).worstMinutes).toBe(4)
})

test('each task is told as it was planned and as it went', () => {
  const { tasks } = reported(eventful(), at(60))
  const load = tasks.find(({ id }) => id === 'load')
  expect(load).toMatchObject({
    status: 'COMPLETED',
    attempts: 2,
    failures: 1,
    critical: true,
    planned: { from: clock(10), to: clock(30), minutes: 20 },
    actual: { from: clock(10), to: clock(50), minutes: 40 },
    lateMinutes: 20,
    overMinutes: 20,
    waitedMinutes: 4,
  })
  expect(tasks.find(({ id }) => id === 'open')).toMatchObject({ lateMinutes: 23, overMinutes: 2 })
})

test('waiting is told by decision, and how much of it made the run longer', () => {
  const { waiting, criticalPath } = reported(eventful(), at(60))
  expect(criticalPath).toEqual(['fetch', 'load', 'gate', 'open'])
  expect(waiting).toMatchObject({ totalMinutes: 15, criticalMinutes: 10, pausedMinutes: 0 })
  expect(
    waiting.waits.map(({ task, for: what, minutes, critical }) => [task, what, minutes, critical]),
  ).toEqual([
    ['check', 'failure', 5, false],
    ['load', 'failure', 4, true],
    ['gate', 'approval', 6, true],
  ])
})

test('a wait that lasts counts up to now, and a pause is told beside it', () => {
  const made = run(planFrom({ gate: [] }))
  made.settle()
  made.pass(3)
  made.ask({ asks: 'pause' })
  made.pass(4)
  made.ask({ asks: 'resume' })
  const { waiting } = reported(made, at(9))
  expect(waiting).toMatchObject({ totalMinutes: 9, pausedMinutes: 4, waits: [{ minutes: 9 }] })
  expect(waiting.waits[0]).not.toHaveProperty('endedBy')
})

test('a decision is told with who, why, how long it was waited for, and the receipt of its card', () => {
  const made = eventful()
  const { decisions } = reported(made, at(60))
  expect(decisions.map(({ what, task, waitedMinutes }) => [what, task, waitedMinutes])).toEqual([
    ['start', undefined, undefined],
    ['skip', 'check', 5],
    ['retry', 'load', 4],
    ['approve', 'gate', 6],
  ])
  const skipped = made.task('check').decision
  if (!skipped) throw new Error('nobody skipped')
  expect(decisions[1]).toMatchObject({
    reason: 'known to be flaky',
    by: { id: 'slack:U1' },
    receipt: receipt(made.execution().id, taskId.parse('check'), 1, skipped),
  })
})

test('a failure is told without its secrets and with what became of it', () => {
  const { failures } = reported(eventful(), at(60))
  expect(failures).toMatchObject([
    { task: 'check', kind: 'aws', message: 'Key [an AWS access key id removed] is unknown.' },
    { task: 'load', attempt: 1, became: { event: 'retry', by: { name: 'Anna' } } },
  ])
  expect(failures[0]?.became).toMatchObject({ event: 'skip', reason: 'known to be flaky' })
  const standing = run(planFrom({ task: [] }))
  standing.settle()
  standing.fail('task')
  expect(reported(standing, at(0)).failures[0]).not.toHaveProperty('became')
})

test('a deviation is what went another way than planned; what only began late is none', () => {
  const { deviations } = reported(eventful(), at(60))
  expect(deviations.map(({ kind, task }) => `${kind} ${task}`)).toEqual([
    'skipped check',
    'retried load',
    'late load',
    'late gate',
    'late open',
  ])
  const ideal = run(timedPlan())
  ideal.settle()
  for (const [task, minutes] of [
    ['fetch', 10],
    ['check', 3],
    ['load', 17],
  ] as const) {
    ideal.pass(minutes)
    ideal.complete(task)
  }
  expect(reported(ideal, at(30)).deviations).toEqual([])
})

test('the chain is intact as it was written, and no longer when a record is changed, dropped or swapped', () => {
  const made = eventful()
  const { chain } = reported(made, at(60))
  expect(chain).toEqual({
    records: made.records.length,
    firstHash: made.records[0]?.hash,
    lastHash: made.execution().lastChangeHash,
    intact: true,
  })
  const [first, second, ...rest] = made.records
  if (!first || !second) throw new Error('no records')
  const damaged = [
    [first, { ...second, source: 'api' }, ...rest],
    [first, ...rest],
    [second, first, ...rest],
    made.records.slice(0, -1),
  ]
  for (const records of damaged)
    expect(afterAction(made.execution(), records, at(60)).chain.intact).toBe(false)
})

test('whatever happens in a run: the report is plain JSON, tells every change, and waits as the cards say', () => {
  const dice = fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 60 })
  const sample = planFrom({ a: ['b', 'gate'], b: ['c'], gate: ['c'], c: [] }, 1)
  fc.assert(
    fc.property(dice, fc.nat({ max: 100 }), (rolled, later) => {
      const { execution, records } = historyOf(sample, rolled)
      const now = new Date(Date.parse(minute(rolled.length)) + later * 60_000)
      const report = afterAction(execution, records, now)
      expect(JSON.parse(JSON.stringify(report))).toEqual(report)
      expect(report.timeline.length).toBe(records.flatMap(({ changes }) => changes).length)
      expect(report.chain.intact).toBe(true)
      expect(report.waiting.totalMinutes).toBe(inMinutes(waited(execution, now)))
      expect(report.waiting.criticalMinutes).toBeLessThanOrEqual(report.waiting.totalMinutes)
    }),
  )
})
