import { z } from 'zod'
import { advance } from '../../src/domain/advance.ts'
import { begin } from '../../src/domain/begin.ts'
import { type Change, type ChangeRecord, recordOf } from '../../src/domain/change.ts'
import { decide, type Request } from '../../src/domain/decide.ts'
import { evolve } from '../../src/domain/evolve.ts'
import { type Execution, executionId } from '../../src/domain/execution.ts'
import { broken } from '../../src/domain/invariants.ts'
import type { Json } from '../../src/domain/json.ts'
import type { Plan, TaskKind } from '../../src/domain/plan.ts'
import { readPlan } from '../../src/domain/read-plan.ts'
import { accept, type Report } from '../../src/domain/report.ts'
import { type Actor, ENGINE, type Task, taskId } from '../../src/domain/task.ts'

export const KINDS: ReadonlyMap<string, TaskKind> = new Map([
  ['work', { inputs: z.strictObject({ size: z.int().optional() }), timeoutMinutes: 60 }],
  ['approval', { inputs: z.strictObject({ description: z.string().optional() }), timeoutMinutes: 30 }],
])

export const ANNA: Actor = { kind: 'person', id: 'slack:U1', name: 'Anna' }
const START = Date.parse('2026-01-08T12:00:00.000Z')

/** The plan, or a failing test that shows its problems. */
export function planOf(document: Json, kinds = KINDS): Plan {
  const read = readPlan(document, kinds)
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 2))
  return read.plan
}

/** { a: ['b'], b: [] } as a plan; ids that begin with "gate" are approvals. */
export const planFrom = (edges: { readonly [id: string]: readonly string[] }, retries = 0): Plan =>
  planOf({
    recovery_plan_id: 'sample',
    tasks: Object.entries(edges).map(([id, successors]) => ({
      task_id: id,
      task_type: id.startsWith('gate') ? 'approval' : 'work',
      task_successors: [...successors],
      retries,
    })),
  })

/** fetch (10) → load (20) → gate (5) → open (2), and beside load a quick check (3); minutes, with an hour (RTO) for all. */
export const timedPlan = (): Plan =>
  planOf({
    recovery_plan_id: 'sample',
    objectives: { rto_minutes: 60, rpo_minutes: 15 },
    tasks: [
      { task_id: 'fetch', task_type: 'work', expected_minutes: 10, task_successors: ['load', 'check'] },
      { task_id: 'load', task_type: 'work', expected_minutes: 20, task_successors: ['gate'] },
      { task_id: 'check', task_type: 'work', expected_minutes: 3, task_successors: ['gate'] },
      { task_id: 'gate', task_type: 'approval', expected_minutes: 5, task_successors: ['open'] },
      { task_id: 'open', task_type: 'work', expected_minutes: 2 },
    ],
  })

/** A run in a test's hands: every save is checked against the promises. */
export function run(plan: Plan) {
  const order = {
    id: executionId.parse('01SAMPLE'),
    mode: 'drill' as const,
    places: [],
    at: new Date(START).toISOString(),
    by: ANNA,
    source: 'test',
  }
  const begun = begin(plan, 1, order)
  let execution = begun.execution
  let now = START
  const records: ChangeRecord[] = [begun.record]

  function save(changes: readonly Change[], by: Actor): void {
    const at = new Date(now).toISOString()
    const record = recordOf(execution, { at, by, source: 'test', changes })
    const after = evolve(execution, record)
    const promises = broken({ before: execution, record, after })
    if (promises.length > 0) throw new Error(`${promises.join('; ')}: ${JSON.stringify(changes)}`)
    records.push(record)
    execution = after
  }

  function task(id: string): Task {
    const task = execution.tasks.get(taskId.parse(id))
    if (!task) throw new Error(`no task ${id}`)
    return task
  }
  /** One save of what is owed; says how many steps it was. */
  function step(): number {
    const moves = advance(execution, new Date(now))
    if (moves.length > 0) save(moves, ENGINE)
    return moves.length
  }
  function settle(): void {
    for (let saves = 0; step() > 0; saves += 1) if (saves > 1_000) throw new Error('never settles')
  }

  return {
    order,
    task,
    step,
    settle,
    records,
    execution: (): Execution => execution,
    statuses: (): string =>
      [...execution.tasks.values()].map((task) => `${task.id}:${task.status}`).join(' '),
    ask(request: Request) {
      const decided = decide(execution, request)
      if (decided.kind === 'changes') save(decided.changes, ANNA)
      return decided
    },
    report(id: string, report: Report, attempt = task(id).attempt): number {
      const changes = accept(execution, taskId.parse(id), attempt, report)
      if (changes.length > 0) save(changes, ENGINE)
      return changes.length
    },
    complete(id: string): void {
      this.report(id, { says: 'complete', summary: 'Done.' })
      settle()
    },
    fail(id: string, kind: 'aws' | 'unknown' = 'unknown'): void {
      this.report(id, { says: 'fail', failure: { kind, message: 'It broke.' } })
      settle()
    },
    pass(minutes: number): void {
      now += minutes * 60_000
      settle()
    },
  }
}
