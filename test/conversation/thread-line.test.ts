import { describe, expect, test } from 'vitest'
import { plainText } from '../../src/conversation/as-text.ts'
import { linesFor } from '../../src/conversation/thread-line.ts'
import { type Change, recordOf } from '../../src/domain/change.ts'
import { evolve } from '../../src/domain/evolve.ts'
import type { Execution } from '../../src/domain/execution.ts'
import { planFrom, run } from '../domain/run.ts'
import { ANN, after, failedDns, moved, the } from './payments.ts'

const NOW = new Date('2026-11-23T14:10:00.000Z')

test('the thread tells each move in one line, and the cascade in one for all', () => {
  const told = (id: string, event: Parameters<typeof moved>[2], before = failedDns()) => {
    const { record, execution } = moved(before, id, event, 20, { reason: 'why' })
    return linesFor([record], execution).map(plainText)
  }
  expect(told('dns', 'retry')).toEqual(['🔁 DNS cutover retried by Ann · “why” – attempt 2'])
  expect(told('dns', 'skip')).toEqual(['⏭️ DNS cutover skipped by Ann · “why”'])
  const gone = after(failedDns(), ['dns', 'abandon', 10])
  expect(told('mail', 'cascade', gone)).toEqual([
    '🚫 one task abandoned, because a task before was: Tell customers',
  ])
  const running = after(failedDns(), ['dns', 'retry', 10], ['dns', 'start', 10])
  expect(told('dns', 'complete', running)).toEqual(['✅ DNS cutover completed in 10 min'])
})

test('of what runs, the thread names the first reference and counts the others', () => {
  const running = (...references: string[]) => {
    const run = after(failedDns(), ['dns', 'retry', 10], ['dns', 'start', 10])
    const change: Change = {
      what: 'running',
      task: the(run, 'dns').id,
      attempt: 2,
      references,
      adopted: false,
    }
    return linesFor([written(run, change).record], run).map(plainText)
  }
  expect(running('C1', 'app.example.com A 192.0.2.1 (60 s)', 'www.example.com A did not exist')).toEqual([
    '⏳ DNS cutover runs: C1 + 2 more',
  ])
  expect(running('C1')).toEqual(['⏳ DNS cutover runs: C1'])
  expect(running()).toEqual(['⏳ DNS cutover runs'])
})

test.each([
  ['one by one', 1],
  ['all at once, after an outage', 12],
  ['three at a time', 3],
])('twelve tries that could not start make three lines, told %s', (_, atOnce) => {
  let run = after(failedDns(), ['dns', 'retry', 10], ['dns', 'start', 10])
  const lines: string[] = []
  for (let tried = 0; tried < 12; tried += atOnce) {
    const records = Array.from({ length: atOnce }, (__, at) => {
      const step = written(run, withdrawn(run, `Busy (${tried + at + 1}).`))
      run = step.execution
      return step.record
    })
    lines.push(...linesFor(records, run).map(plainText))
  }
  expect(lines.map((line) => /Busy \((\d+)\)/.exec(line)?.[1])).toEqual(['1', '6', '11'])
  expect(lines[0]).toBe('⏳ DNS cutover could not start yet: Busy (1). Next try 14:10 UTC')
})

test('that a task could not start is no news once it runs', () => {
  const run = after(failedDns(), ['dns', 'retry', 10], ['dns', 'start', 10])
  const first = written(run, withdrawn(run, 'Busy.'))
  const running = { ...withdrawn(run, ''), what: 'running' as const, references: ['C1'], adopted: false }
  const second = written(first.execution, running)
  expect(linesFor([first.record, second.record], second.execution).map(plainText)).toEqual([
    '⏳ DNS cutover runs: C1',
  ])
})

describe('what many tasks do at once', () => {
  const wide = (number: number) => {
    const made = run(planFrom(Object.fromEntries(Array.from({ length: number }, (_, at) => [`t${at}`, []]))))
    made.settle()
    for (let at = 0; at < number; at += 1) made.complete(`t${at}`)
    return made
  }
  const told = (number: number) => {
    const { records, execution } = wide(number)
    return linesFor(records, execution()).map(plainText)
  }

  test('has one line, which names a few and counts the rest', () => {
    const lines = told(42)
    expect(lines).toContain('⏳ 42 tasks started: t0, t1, t2 and 39 more')
    expect(lines.at(-1)).toBe('✅ 42 tasks completed: t0, t1, t2 and 39 more')
    expect(lines).toHaveLength(3)
  })

  test('has a line for each up to five', () => {
    expect(told(5).filter((line) => line.includes('completed'))).toHaveLength(5)
    expect(told(6).filter((line) => line.includes('completed'))).toHaveLength(1)
  })

  test('leaves what people decided and what failed as it is, in the order of time', () => {
    const made = run(planFrom(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`t${at}`, []]))))
    made.settle()
    const begun = made.records.length
    for (let at = 0; at < 6; at += 1) made.complete(`t${at}`)
    made.fail('t6')
    made.ask({ asks: 'skip', task: 't6', reason: 'done by hand' })
    for (let at = 7; at < 12; at += 1) made.complete(`t${at}`)
    const lines = linesFor(made.records.slice(begun), made.execution()).map(plainText)
    expect(lines.at(-1)).toBe('✅ 11 tasks completed: t0, t1, t2 and 8 more')
    expect(lines.some((line) => line.includes('t6 skipped by'))).toBe(true)
  })
})

const withdrawn = (run: Execution, trouble: string): Extract<Change, { what: 'withdrawn' }> => ({
  what: 'withdrawn',
  task: the(run, 'dns').id,
  attempt: 2,
  notBefore: NOW.toISOString(),
  trouble,
})

function written(before: Execution, change: Change) {
  const record = recordOf(before, { at: NOW.toISOString(), by: ANN, source: 'test', changes: [change] })
  return { record, execution: evolve(before, record) }
}

test('a failure has a line where no card stands for it: the engine tries again by itself, or somebody has decided since', () => {
  const failure = { kind: 'aws', message: 'The subnet is full.' } as const
  const failing = (run: Execution) => moved(run, 'dns', 'fail', 20, { failure })
  const running = after(failedDns(), ['dns', 'retry', 10], ['dns', 'start', 10])
  const { record, execution } = failing(running)
  expect(linesFor([record], execution)).toEqual([])
  const line = ['❌ DNS cutover failed in AWS: The subnet is full.']
  const decided = after(execution, ['dns', 'retry', 21])
  expect(linesFor([record], decided).map(plainText)).toEqual(line)

  const patient: Execution = {
    ...running,
    tasks: new Map([...running.tasks].map(([id, task]) => [id, { ...task, retries: 5 }])),
  }
  const again = failing(patient)
  expect(linesFor([again.record], again.execution).map(plainText)).toEqual(line)
})

describe('what a job’s log says', () => {
  const told = (...lines: string[]) => {
    const begun = after(failedDns(), ['dns', 'retry', 10], ['dns', 'start', 10])
    const on = { task: the(begun, 'dns').id, attempt: 2 }
    const run = written(begun, { what: 'running', ...on, references: ['J1'], adopted: false }).execution
    const change: Change = { what: 'progressed', ...on, lines, detail: {} }
    return linesFor([written(run, change).record], run).map(plainText)
  }
  const servers = ['app-1', 'app-2', 'db-1', 'web-1', 'web-2']

  test('is told once for all to whom the same happened, in its order, and what is one’s own with that one alone', () => {
    expect(
      told(
        'DRS: the job has started',
        ...servers.flatMap((name) => [`${name}: snapshot taken`, `${name}: converting the disks`]),
        'db-1: the conversion of the disks FAILED',
        'app-1: launching i-0123456789abcdef0',
        'app-2: launching i-0123456789abcdef1',
        'web-1: snapshot taken',
      ),
    ).toEqual([
      'DNS cutover: DRS: the job has started',
      'DNS cutover: app-1, app-2, db-1 and 2 more: snapshot taken',
      'DNS cutover: app-1, app-2, db-1 and 2 more: converting the disks',
      'DNS cutover: db-1: the conversion of the disks FAILED',
      'DNS cutover: app-1, app-2: launching',
    ])
    expect(told('app-1: launching i-0123456789abcdef0')).toEqual([
      'DNS cutover: app-1: launching i-0123456789abcdef0',
    ])
  })

  test('names nobody where it names nobody, and ends with its end', () => {
    expect(told('no colon here', 'a : b', ': c', 'no colon here')).toEqual([
      'DNS cutover: no colon here',
      'DNS cutover: a : b',
      'DNS cutover: : c',
    ])
    const many = Array.from({ length: 30 }, (_, at) => `app-1: step ${at}`)
    expect(told(...many)).toEqual(many.slice(-10).map((line) => `DNS cutover: ${line}`))
  })
})
