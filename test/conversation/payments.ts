import type { Moved } from '../../src/domain/change.ts'
import { recordOf } from '../../src/domain/change.ts'
import { evolve } from '../../src/domain/evolve.ts'
import { type Execution, executionId, taskOf } from '../../src/domain/execution.ts'
import type { Plan, PlanTask } from '../../src/domain/plan.ts'
import { type Actor, ENGINE, type Task, taskId } from '../../src/domain/task.ts'
import { next, type TaskEvent } from '../../src/domain/transitions.ts'

export const ANN: Actor = { kind: 'person', id: 'slack:T1:U1', name: 'Ann' }

const task = (id: string, name: string, type: string, before: string[], after: string[]): PlanTask => ({
  id: taskId.parse(id),
  name,
  type,
  inputs: type === 'approval' ? { description: 'Move the traffic?' } : {},
  predecessors: before.map((other) => taskId.parse(other)),
  successors: after.map((other) => taskId.parse(other)),
  retries: 0,
})

/** servers → gate → dns → mail */
export const PLAN: Plan = {
  id: 'payments',
  name: 'Payments',
  hash: 'plan-hash',
  tasks: [
    task('servers', 'Recover servers', 'drs-recovery', [], ['gate']),
    task('gate', 'Go for DNS', 'approval', ['servers'], ['dns']),
    task('dns', 'DNS cutover', 'route53-failover', ['gate'], ['mail']),
    task('mail', 'Tell customers', 'ssm-automation', ['dns'], []),
  ],
  objectives: { rtoMinutes: 60 },
  customAttributes: {},
  missing: [],
  warnings: [],
}

export const begun = (mode: Execution['mode'] = 'recovery'): Execution => ({
  id: executionId.parse('01RUN'),
  plan: { id: 'payments', name: 'Payments', version: 1, hash: 'plan-hash' },
  mode,
  version: 1,
  startedAt: '2026-11-23T14:00:00.000Z',
  startedBy: ANN,
  places: [],
  objectives: PLAN.objectives,
  lastChangeHash: '',
  tasks: new Map(
    PLAN.tasks.map((each): [Task['id'], Task] => [each.id, { ...each, status: 'PENDING', attempt: 1 }]),
  ),
})

/** The run after the move, and the record of it; minutes count from the start. */
export function moved(
  before: Execution,
  id: string,
  event: TaskEvent,
  minute: number,
  more: Partial<Moved> = {},
) {
  const from = taskOf(before, taskId.parse(id))
  const to = next(from.status, event)
  if (!to) throw new Error(`${from.status} has no ${event}.`)
  const attempt = event === 'retry' ? from.attempt + 1 : from.attempt
  const at = new Date(Date.parse(before.startedAt) + minute * 60_000).toISOString()
  const people = ['approve', 'reject', 'retry', 'skip', 'abandon', 'hold', 'release']
  const record = recordOf(before, {
    at,
    by: people.includes(event) ? ANN : ENGINE,
    source: 'test',
    changes: [{ what: 'moved', task: from.id, event, from: from.status, to, attempt, ...more }],
  })
  return { record, execution: evolve(before, record) }
}

export const after = (
  before: Execution,
  ...moves: [string, TaskEvent, number, Partial<Moved>?][]
): Execution =>
  moves.reduce((run, [id, event, minute, more]) => moved(run, id, event, minute, more).execution, before)

export const atGate = (mode?: Execution['mode']): Execution =>
  after(begun(mode), ['servers', 'start', 0], ['servers', 'complete', 5], ['gate', 'askApproval', 5])

export const failedDns = (name?: string): Execution => {
  const run = after(
    atGate(),
    ['gate', 'approve', 7, { reason: 'looks good' }],
    ['dns', 'start', 7],
    ['dns', 'fail', 9, { failure: { kind: 'aws', message: 'Route 53 said <!here> *no*' } }],
  )
  return name === undefined
    ? run
    : { ...run, tasks: new Map([...run.tasks].map(([id, each]) => [id, { ...each, name }])) }
}

export const the = (run: Execution, id: string): Task => taskOf(run, taskId.parse(id))
