import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/domain/report.ts'
import { sendingOf, type Task } from '../../src/domain/task.ts'
import { planFrom, run } from './run.ts'

const started = () => {
  const made = run(planFrom({ a: [] }))
  made.settle()
  return made
}
const intend = (token: string): Report => ({ says: 'intend', token })
const running = (token: string): Report => ({ says: 'running', token, references: ['job-1'], adopted: false })
const withdraw = (token: string, more: { givenUp?: true } = {}): Report => ({
  says: 'withdraw',
  token,
  notBefore: '2026-01-08T12:01:00.000Z',
  trouble: 'refused',
  ...more,
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

describe('a further part', () => {
  const first = () => {
    const made = started()
    made.report('a', intend('one'))
    made.report('a', running('one'))
    return made
  }
  const more = (token: string, after: number): Report => ({ says: 'intend', token, after })
  const second = (token: string): Report => ({ says: 'running', token, references: ['job-2'], adopted: true })

  test('is started as the first one is, and its references join those of the parts that run', () => {
    const made = first()
    const { at } = { at: undefined, ...made.task('a').effect }
    made.pass(1)
    expect(made.report('a', more('two', 1))).toBe(1)
    expect(made.task('a').effect).toMatchObject({
      phase: 'running',
      references: ['job-1'],
      further: { phase: 'starting', token: 'two', sends: 1, tries: 0 },
    })
    expect(made.report('a', running('one'))).toBe(0)
    expect(made.report('a', second('two'))).toBe(1)
    expect(made.task('a').effect).toEqual({
      phase: 'running',
      at,
      references: ['job-1', 'job-2'],
      adopted: true,
      detail: {},
    })
  })

  test('is intended by nobody who saw fewer parts than run, or takes it for the first', () => {
    const made = first()
    expect(made.report('a', intend('two'))).toBe(0)
    expect(made.report('a', more('two', 0))).toBe(0)
    expect(made.report('a', more('two', 1))).toBe(1)
    expect(made.report('a', more('three', 1))).toBe(0)
    expect(made.report('a', second('two'))).toBe(1)
    expect(made.report('a', more('three', 1))).toBe(0)
    expect(made.report('a', more('three', 2))).toBe(1)
  })

  test('is queued by nobody who saw fewer parts than run', () => {
    const made = first()
    const queue = { says: 'queue', because: 'full', notBefore: '2026-01-08T12:00:10.000Z' } as const
    expect(made.report('a', queue)).toBe(0)
    expect(made.report('a', { ...queue, after: 0 })).toBe(0)
    expect(made.report('a', { ...queue, after: 1 })).toBe(1)
    expect(made.task('a').effect).toMatchObject({
      references: ['job-1'],
      further: { queued: { because: 'full' } },
    })
  })

  test('is no first part', () => {
    expect(started().report('a', more('one', 0))).toBe(0)
  })

  test('is taken back and tried again while the others run, until it is given up', () => {
    const made = first()
    made.report('a', more('two', 1))
    expect(made.report('a', withdraw('two'))).toBe(1)
    expect(made.task('a').effect).toMatchObject({
      references: ['job-1'],
      further: { phase: 'ready', tries: 1, sends: 1, trouble: 'refused' },
    })
    made.report('a', more('three', 1))
    expect(made.report('a', withdraw('three', { givenUp: true }))).toBe(1)
    expect(made.task('a').effect).toMatchObject({ further: { phase: 'ready', tries: 2, givenUp: true } })
    expect(made.report('a', more('four', 1))).toBe(0)
    const progress: Report = { says: 'progress', detail: { done: 1 }, lines: [] }
    expect(made.report('a', progress)).toBe(1)
    expect(made.task('a').effect).toMatchObject({ detail: { done: 1 }, further: { givenUp: true } })
  })

  test('is not given up where it is the first', () => {
    const made = started()
    made.report('a', intend('one'))
    made.report('a', withdraw('one', { givenUp: true }))
    expect(made.report('a', intend('two'))).toBe(1)
  })

  test.each(['pause', 'cancel'] as const)('is not intended after %s', (asks) => {
    const made = first()
    made.ask({ asks, reason: 'wait' })
    expect(made.report('a', more('two', 1))).toBe(0)
  })

  test('whose start is unclear stays so when the overdue attempt is adopted', () => {
    const made = first()
    made.report('a', more('two', 1))
    made.pass(61)
    expect(made.task('a')).toMatchObject({ status: 'FAILED', failure: { kind: 'timed-out' } })
    made.ask({ asks: 'adopt', task: 'a', reference: 'job-1', reason: 'it runs' })
    expect(made.task('a').effect).toMatchObject({
      references: ['job-1'],
      further: { phase: 'starting', token: 'two' },
    })
    expect(made.report('a', second('two'))).toBe(1)
  })

  /** Two workers, each with a view that may be old, do in any order what a worker does; the first number is how many parts there are. */
  test('is started by one worker only, and none is left out, in whatever order two of them look and send', () => {
    const steps = fc.array(fc.tuple(fc.nat(1), fc.nat(9)), { minLength: 20, maxLength: 200, size: 'max' })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (parts, rolled) => {
        const made = started()
        const sent: number[] = []
        const workers = [0, 1].map(() => ({ seen: made.task('a'), token: '' }))
        const referencesOf = ({ effect }: Task) =>
          effect?.phase === 'running' ? effect.references : undefined
        let tokens = 0
        for (const [who, does] of rolled) {
          const worker = workers[who]
          if (!worker) throw new Error('no such worker')
          const references = referencesOf(worker.seen)
          if (worker.token) {
            const { token } = worker
            const part = referencesOf(made.task('a'))?.length ?? 0
            worker.token = ''
            if (does < 2) made.report('a', withdraw(token))
            else if (does < 4) made.report('a', { says: 'queue', token, because: 'full', notBefore: '' })
            else {
              sent.push(part)
              made.report('a', { says: 'running', token, references: [`job-${part}`], adopted: false })
            }
          } else if (does < 5) worker.seen = made.task('a')
          else if ((references?.length ?? 0) < parts && sendingOf(worker.seen)?.phase !== 'starting') {
            const token = `${++tokens}`
            const after = references ? { after: references.length } : {}
            if (made.report('a', { says: 'intend', token, ...after }) > 0) worker.token = token
          }
        }
        const all = Array.from(sent, (_, place) => place)
        expect(sent).toEqual(all)
        expect(referencesOf(made.task('a')) ?? []).toEqual(all.map((part) => `job-${part}`))
        expect(sent.length).toBeLessThanOrEqual(parts)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a start that waits', () => {
  const queue = (because: string, more: { token?: string; place?: number } = {}): Report => ({
    ...{ says: 'queue', because, notBefore: '2026-01-08T12:00:10.000Z' },
    ...more,
  })

  test('is told when what it waits for, or its place, is another one, and counts no try', () => {
    const made = started()
    expect(made.report('a', queue('full', { place: 2 }))).toBe(1)
    expect(made.task('a').effect).toMatchObject({
      phase: 'ready',
      ...{ sends: 0, tries: 0, trouble: 'full', notBefore: '2026-01-08T12:00:10.000Z' },
      queued: { because: 'full', place: 2 },
    })
    expect(made.report('a', queue('full', { place: 2 }))).toBe(0)
    expect(made.report('a', queue('full', { place: 1 }))).toBe(1)
    expect(made.report('a', queue('held'))).toBe(1)
    expect(made.report('a', intend('one'))).toBe(1)
    expect(made.task('a').effect).toMatchObject({ phase: 'starting', queued: { because: 'held' } })
  })

  test('waits on when AWS refuses it for want of room, which is no news where it waited for that before', () => {
    const made = started()
    const changed = () => made.records.at(-1)?.changes
    made.report('a', intend('one'))
    expect(made.report('a', queue('full'))).toBe(0)
    expect(made.report('a', queue('full', { token: 'two' }))).toBe(0)
    expect(made.report('a', queue('full', { token: 'one' }))).toBe(1)
    expect(changed()).not.toMatchObject([{ again: true }])
    const { queued } = sendingOf(made.task('a')) ?? {}
    made.pass(1)
    made.report('a', intend('two'))
    expect(made.report('a', queue('full', { token: 'two' }))).toBe(1)
    expect(changed()).toMatchObject([{ what: 'queued', again: true }])
    expect(sendingOf(made.task('a'))).toMatchObject({ phase: 'ready', sends: 2, tries: 0, queued })
  })
})
