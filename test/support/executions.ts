import { ulid } from 'ulid'
import { type Change, type ChangeRecord, recordOf } from '../../src/domain/change.ts'
import { evolve } from '../../src/domain/evolve.ts'
import { type Execution, executionId, taskOf } from '../../src/domain/execution.ts'
import { type Actor, type Task, taskId } from '../../src/domain/task.ts'
import { next, type TaskEvent } from '../../src/domain/transitions.ts'

export const ALICE: Actor = { kind: 'person', id: 'slack:T1:U1', name: 'Alice' }
const AT = '2026-01-08T12:00:00.000Z'

/** A run at version 1 and its first record: tasks t0, t1, … without edges. */
export function begun(options: { plan?: string; tasks?: number; id?: string } = {}): {
  execution: Execution
  record: ChangeRecord
} {
  const { plan = 'pay', tasks = 3, id = ulid() } = options
  const made = Array.from({ length: tasks }, (_, place) => pending(`t${place}`))
  const empty: Execution = {
    id: executionId.parse(id),
    plan: { id: plan, name: 'Payments', version: 1, hash: 'plan-hash' },
    mode: 'drill',
    version: 0,
    startedAt: AT,
    startedBy: ALICE,
    reason: 'quarterly drill',
    places: [{ platform: 'slack', channel: 'C1' }],
    objectives: { rtoMinutes: 30 },
    lastChangeHash: '',
    tasks: new Map(made.map((task) => [task.id, task])),
  }
  const record = recorded(empty, [{ what: 'begun', plan, planVersion: 1, mode: 'drill', frozen: '' }])
  return { execution: evolve(empty, record), record }
}

/** What is saved when these changes are made. */
export function step(before: Execution, ...changes: Change[]): [Execution, ChangeRecord, Execution] {
  const record = recorded(before, changes)
  return [before, record, evolve(before, record)]
}

/** The move of one task, as the table has it. */
export function move(before: Execution, id: string, event: TaskEvent, reason?: string): Change {
  const task = taskOf(before, taskId.parse(id))
  const to = next(task.status, event)
  if (!to) throw new Error(`${task.status} has no ${event}.`)
  const attempt = event === 'retry' ? task.attempt + 1 : task.attempt
  const move = { what: 'moved', task: task.id, event, from: task.status, to, attempt } as const
  return reason === undefined ? move : { ...move, reason }
}

const recorded = (before: Execution, changes: readonly Change[]) =>
  recordOf(before, { at: AT, by: ALICE, source: 'slack', changes })

const pending = (id: string): Task => ({
  id: taskId.parse(id),
  name: `Task ${id}`,
  type: 'wait',
  inputs: { words: ['', 'ü \u{1F6DF}', null], depth: { deep: { deeper: [1e300, -0.1, 12345678901234] } } },
  predecessors: [],
  successors: [],
  timeoutMinutes: 10,
  retries: 0,
  status: 'PENDING',
  attempt: 1,
})
