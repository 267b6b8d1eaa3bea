import { describe, expect, test } from 'vitest'
import { begin, blankOf } from '../../src/domain/begin.ts'
import { isIntact } from '../../src/domain/change.ts'
import { evolve, touched } from '../../src/domain/evolve.ts'
import { planFrom, run } from './run.ts'

describe('a fresh execution', () => {
  test('stands at version 1, with every task pending at its first attempt', () => {
    const plan = planFrom({ a: ['b'], b: [] })
    const { order } = run(plan)
    const { execution, record } = begin(plan, 7, { ...order, reason: 'rehearsal' })
    expect(execution).toMatchObject({
      version: 1,
      plan: { id: 'sample', version: 7, hash: plan.hash },
      reason: 'rehearsal',
      lastChangeHash: record.hash,
    })
    expect([...execution.tasks.values()].map(({ status, attempt }) => [status, attempt])).toEqual([
      ['PENDING', 1],
      ['PENDING', 1],
    ])
    expect(record).toMatchObject({
      version: 1,
      previousHash: '',
      changes: [{ what: 'begun', plan: 'sample', planVersion: 7, mode: 'drill' }],
    })
    expect(execution.endedAt).toBeUndefined()
  })
})

describe('an attempt in parts', () => {
  test('is rebuilt from its records, also one stored before there were parts', () => {
    const plan = planFrom({ a: [] })
    const made = run(plan)
    made.settle()
    made.report('a', { says: 'queue', because: 'full', place: 1, notBefore: made.order.at })
    made.report('a', { says: 'intend', token: 'one' })
    made.report('a', { says: 'running', token: 'one', references: ['job-1'], adopted: false })
    const old = made.task('a')
    expect(old.effect).toEqual({
      phase: 'running',
      ...{ at: made.order.at, references: ['job-1'], adopted: false, detail: {} },
    })
    made.report('a', { says: 'intend', token: 'two', after: 1 })
    made.report('a', { says: 'running', token: 'two', references: ['job-2'], adopted: false })
    expect(made.records.reduce(evolve, blankOf(plan, 1, made.order))).toEqual(made.execution())
    expect(made.task('a').effect).toMatchObject({ references: ['job-1', 'job-2'] })
  })
})

describe('the records of a run', () => {
  const plan = planFrom({ gate: ['b'], b: [] })
  const made = run(plan)
  made.settle()
  made.ask({ asks: 'approve', task: 'gate', reason: 'looks well' })
  made.settle()
  made.report('b', { says: 'intend', token: 'one' })
  made.report('b', { says: 'running', token: 'one', references: ['job-1'], adopted: true })
  made.report('b', {
    says: 'fail',
    failure: { kind: 'aws', message: 'It broke.' },
    carry: { launched: ['s-1'] },
  })

  test('give its state again when they are replayed', () => {
    expect(made.records.reduce(evolve, blankOf(plan, 1, made.order))).toEqual(made.execution())
  })

  test('form a chain that shows when one is changed', () => {
    for (const [index, record] of made.records.entries()) {
      expect(isIntact(record)).toBe(true)
      expect(record.previousHash).toBe(made.records[index - 1]?.hash ?? '')
      expect(isIntact({ ...record, source: 'elsewhere' })).toBe(false)
    }
  })

  test('name the tasks that they touch', () => {
    expect(made.records.map(touched)).toEqual([[], ['gate'], ['gate'], ['b'], ['b'], ['b'], ['b']])
  })

  test('keep who decided and why, and what the failed attempt leaves to the next', () => {
    expect(made.task('gate').decision).toMatchObject({
      event: 'approve',
      by: { name: 'Anna' },
      reason: 'looks well',
    })
    expect(made.task('b')).toMatchObject({ effect: { references: ['job-1'] }, carry: { launched: ['s-1'] } })
    made.ask({ asks: 'retry', task: 'b' })
    made.settle()
    expect(made.task('b')).toMatchObject({ attempt: 2, carry: { launched: ['s-1'] } })
    expect(made.task('b').effect).toBeUndefined()
    expect(made.task('b').failure).toBeUndefined()
  })

  test('say when the run ended, and no more when it goes on', () => {
    made.pass(5)
    made.complete('b')
    expect(made.execution().endedAt).toBe('2026-01-08T12:05:00.000Z')
    made.ask({ asks: 'retry', task: 'b' })
    expect(made.execution().endedAt).toBeUndefined()
  })
})
