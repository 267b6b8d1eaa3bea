import { expect, test } from 'vitest'
import { plainText } from '../../src/conversation/as-text.ts'
import { taskId } from '../../src/domain/task.ts'
import { toldOf } from '../../src/engine/told.ts'
import { begun, move, step } from '../support/executions.ts'

const NOW = new Date('2026-01-08T12:10:00.000Z')

test('who reads a thread late is told the end of it, and how much came before', () => {
  const { execution, record } = begun({ tasks: 1 })
  const records = [record]
  const task = taskId.parse('t0')
  let [, made, now] = step(
    execution,
    move(execution, 't0', 'start'),
    { what: 'intended', task, attempt: 1, token: 'token' },
    { what: 'running', task, attempt: 1, references: ['job'], adopted: false },
  )
  records.push(made)
  for (let part = 0; part < 30; part++) {
    const lines = Array.from({ length: 10 }, (_, line) => `part ${part} line ${line}`)
    const progressed = {
      what: 'progressed',
      task,
      attempt: 1,
      detail: {},
      lines,
    } as const
    ;[, made, now] = step(now, progressed)
    records.push(made)
  }
  const told = toldOf(now, records, 0, NOW)
  expect(told.lines).toHaveLength(201)
  expect(told.lines.map(plainText).at(0)).toBe('… 103 earlier lines')
  expect(told.lines.map(plainText).at(-1)).toBe('Task t0: part 29 line 9')
  expect(told.version).toBe(now.version)
  expect(told).not.toHaveProperty('outcome')
})

test('who has read everything is told nothing, and asks again from where they were', () => {
  const { execution } = begun({ tasks: 1 })
  expect(toldOf(execution, [], 7, NOW)).toMatchObject({ lines: [], version: 7, cards: [] })
})
