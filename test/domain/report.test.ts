import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/domain/report.ts'
import { planFrom, run } from './run.ts'

const started = () => {
  const made = run(planFrom({ a: [] }))
  made.settle()
  return made
}
const intend = (token: string): Report => ({ says: 'intend', token })
const running = (token: string): Report => ({ says: 'running', token, references: ['job-1'], adopted: false })
const withdraw = (token: string): Report => ({
  says: 'withdraw',
  token,
  notBefore: '2026-01-08T12:01:00.000Z',
  trouble: 'refused',
})

describe('a report counts', () => {
  test('only for the attempt that runs now', () => {
    const made = started()
    made.fail('a')
    expect(made.report('a', { says: 'complete', summary: 'late' })).toBe(0)
    made.ask({ asks: 'retry', task: 'a' })
    made.settle()
    expect(made.report('a', { says: 'complete', summary: 'late' }, 1)).toBe(0)
    expect(made.task('a').status).toBe('IN_PROGRESS')
    expect(made.report('a', { says: 'complete', summary: 'Done.' }, 2)).toBe(1)
    expect(made.task('a')).toMatchObject({ status: 'COMPLETED', summary: 'Done.' })
  })

  test('for the first who intends to send, until that is taken back', () => {
    const made = started()
    expect(made.report('a', intend('one'))).toBe(1)
    expect(made.report('a', intend('two'))).toBe(0)
    expect(made.report('a', running('two'))).toBe(0)
    expect(made.report('a', withdraw('two'))).toBe(0)
    expect(made.report('a', withdraw('one'))).toBe(1)
    expect(made.task('a').effect).toMatchObject({ phase: 'ready', sends: 1, tries: 1, trouble: 'refused' })
    expect(made.report('a', intend('two'))).toBe(1)
    expect(made.task('a').effect).toMatchObject({ phase: 'starting', sends: 2, token: 'two' })
    expect(made.report('a', running('two'))).toBe(1)
    expect(made.report('a', running('two'))).toBe(0)
    expect(made.task('a').effect).toMatchObject({ phase: 'running', references: ['job-1'] })
  })

  test('for progress only of what runs', () => {
    const made = started()
    const progress: Report = { says: 'progress', detail: { done: 1 }, lines: ['one'] }
    expect(made.report('a', progress)).toBe(0)
    made.report('a', intend('one'))
    expect(made.report('a', progress)).toBe(0)
    made.report('a', running('one'))
    expect(made.report('a', progress)).toBe(1)
    expect(made.task('a').effect).toMatchObject({ detail: { done: 1 } })
  })

  test.each(['pause', 'cancel'] as const)('not for a new intent after %s', (asks) => {
    const made = started()
    made.ask({ asks, reason: 'wait' })
    expect(made.report('a', intend('one'))).toBe(0)
  })

  test('for a cancelled attempt only in a cancelled run', () => {
    const made = started()
    expect(made.report('a', { says: 'cancel', summary: 'Stopped.' })).toBe(0)
    made.ask({ asks: 'cancel', reason: 'over' })
    expect(made.report('a', { says: 'cancel', summary: 'Stopped.' })).toBe(1)
  })

  test('for no task that the run does not have', () => {
    const made = started()
    expect(made.report('b', intend('one'), 1)).toBe(0)
  })
})
