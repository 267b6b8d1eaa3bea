import { expect, test } from 'vitest'
import { plainText } from '../../src/conversation/as-text.ts'
import { linesFor } from '../../src/conversation/thread-line.ts'
import { type Change, recordOf } from '../../src/domain/change.ts'
import { evolve } from '../../src/domain/evolve.ts'
import type { Execution } from '../../src/domain/execution.ts'
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
