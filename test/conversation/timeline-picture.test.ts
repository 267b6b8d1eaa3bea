import { describe, expect, test } from 'vitest'
import { ALT_LIMIT } from '../../src/conversation/picture.ts'
import { timelinePicture } from '../../src/conversation/timeline-picture.ts'
import { taskId } from '../../src/domain/task.ts'
import { asTimeline, estate, minute, sampleRun } from './estates.ts'

const GATE = taskId.parse('approve-dns-cutover')
const payments = asTimeline(sampleRun('payments'), {
  task: GATE,
  from: minute(30),
  to: minute(40),
  what: 'approval of the DNS cutover',
})

test('a row is a task with its plan, what came of it, and its waits', () => {
  const { rows } = timelinePicture(payments)
  expect(rows).toHaveLength(5)
  expect(rows.find(({ id }) => id === GATE)).toMatchObject({
    symbol: '✓',
    note: '10 min, planned 8 min',
    critical: false,
    planned: { from: minute(24), to: minute(32) },
    actual: { from: minute(30), to: minute(40) },
    waits: [{ from: minute(30), to: minute(40) }],
  })
  expect(rows.filter(({ critical }) => critical).map(({ label }) => label)).toEqual(['Move the database'])
})

test('its words say what the picture says: planned and actual end, the critical path, the waiting', () => {
  expect(timelinePicture(payments, 'Asia/Kolkata').alt).toBe(
    'REAL, live recovery: the run of Payments as a timeline. Took 50 min, 10 min later than planned · 10 min waiting for people · ' +
      'objective 30 min not met. Started 19:30, ended 20:20, planned for 20:10, objective 20:00 (Asia/Kolkata). ' +
      'Critical path: Move the database. Waited for people: approval of the DNS cutover 10 min from 20:00.',
  )
})

test('time in which several things waited for people counts once', () => {
  const wait = { from: minute(0), to: minute(10), what: 'a' }
  const twice = asTimeline(sampleRun('payments'), wait, { ...wait, to: minute(15), what: 'b' })
  expect(timelinePicture(twice).subtitle).toContain('15 min waiting for people')
  expect(
    timelinePicture(twice)
      .rows.filter(({ state }) => !state)
      .map(({ label }) => label),
  ).toEqual(['a', 'b'])
})

describe('the axis', () => {
  test.each([
    ['UTC', ['14:00', '14:10', '14:20', '14:30', '14:40', '14:50']],
    ['Asia/Kathmandu', ['19:50', '20:00', '20:10', '20:20', '20:30']],
  ])('has round times of %s', (zone, labels) => {
    const { ticks, objective } = timelinePicture(payments, zone)
    expect(ticks.map(({ label }) => label)).toEqual(labels)
    expect(objective?.at).toBe(minute(30))
  })

  test('has seconds in a run of half a minute, and days in one of two days', () => {
    const lasting = (end: number) => {
      const { execution } = payments
      return timelinePicture({ execution: { ...execution, endedAt: minute(end) }, tasks: [], waits: [] })
    }
    expect(lasting(0.5).ticks.map(({ label }) => label)).toContain('14:00:10')
    expect(lasting(2_880).ticks.map(({ label }) => label)).toContain('24 Nov 12:00')
    expect(lasting(2_880).ticks.length).toBeLessThanOrEqual(5)
    expect(lasting(0).ticks.length).toBeGreaterThan(0)
  })

  test('is not squeezed by an objective that is far away', () => {
    const { span, objective } = timelinePicture({
      ...payments,
      execution: { ...payments.execution, objectives: { rtoMinutes: 600 } },
    })
    expect(span.to).toBe(minute(50))
    expect(objective?.label).toBe('RTO 00:00')
  })
})

test('of many tasks it shows what failed, what waited, the critical path and the longest, and says how many are left out', () => {
  const failed = taskId.parse('t-9-3')
  const run = estate(10, 50, (layer, place) => (layer === 9 && place === 3 ? { status: 'FAILED' } : {}))
  const waiting = taskId.parse('t-8-1')
  const { rows, remark, alt } = timelinePicture(
    asTimeline(run, { task: waiting, from: minute(5), to: minute(9), what: 'x' }),
  )
  expect(rows).toHaveLength(40)
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([failed, waiting]))
  expect(rows.filter(({ critical }) => critical)).toHaveLength(38)
  expect(remark).toContain('460 tasks left out')
  expect(alt).toContain('Not completed: Recover server 9-3 (failed)')
  expect(alt.length).toBeLessThanOrEqual(ALT_LIMIT)
  expect(timelinePicture(asTimeline(estate(59, 1))).rows).toHaveLength(59)
})
