import { advance } from '../../src/domain/advance.ts'
import { begin } from '../../src/domain/begin.ts'
import { type Change, type ChangeRecord, recordOf } from '../../src/domain/change.ts'
import { decide, offered } from '../../src/domain/decide.ts'
import { evolve, touched } from '../../src/domain/evolve.ts'
import { type Execution, executionId } from '../../src/domain/execution.ts'
import type { Found } from '../../src/domain/found.ts'
import { broken } from '../../src/domain/invariants.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { accept, type Report } from '../../src/domain/report.ts'
import { type Actor, ENGINE } from '../../src/domain/task.ts'

export const AVERY: Actor = { kind: 'person', id: 'slack:T1:U2', name: 'Avery' }
const START = Date.parse('2026-01-08T12:00:00.000Z')
/** The time of the step of that number: one a minute. */
export const minute = (step: number): string => new Date(START + step * 60_000).toISOString()

export interface Made {
  readonly by: Actor
  readonly source: string
  readonly changes: readonly Change[]
}

/** What the engine, a worker or a person does next, as the die has it; undefined where this one may do nothing now. */
export function nextOf(execution: Execution, die: number, at: string): Made | undefined {
  const owed = advance(execution, new Date(at))
  if (owed.length > 0 && die % 4 !== 0) return { by: ENGINE, source: 'engine', changes: owed }
  const tasks = [...execution.tasks.values()]
  const task = tasks[Math.floor(die / 64) % tasks.length]
  if (!task) return undefined
  if (die % 31 === 0) return asked(execution, { asks: execution.paused ? 'resume' : 'pause' })
  if (task.status === 'IN_PROGRESS') {
    const changes = accept(execution, task.id, task.attempt, reportOf(task.effect?.phase, die, at))
    return changes.length > 0 ? { by: ENGINE, source: 'worker', changes } : undefined
  }
  const events = offered(task)
  const asks = events[Math.floor(die / 4) % events.length]
  return asks && asked(execution, { asks, task: task.id, reason: `rolled ${die}` })
}

function asked(execution: Execution, request: Parameters<typeof decide>[1]): Made | undefined {
  const decided = decide(execution, request)
  return decided.kind === 'changes' ? { by: AVERY, source: 'slack', changes: decided.changes } : undefined
}

function reportOf(phase: string | undefined, die: number, at: string): Report {
  const [token, roll] = ['token-1', Math.floor(die / 8) % 5]
  if (phase === 'starting')
    return roll === 0
      ? { says: 'withdraw', token, notBefore: at, trouble: 'refused' }
      : { says: 'running', token, references: [`job-${die}`], adopted: die % 2 === 0 }
  if (phase !== 'running') return { says: 'intend', token }
  if (roll < 2) return { says: 'progress', detail: { looked: die }, lines: [`look ${die}`] }
  if (roll === 2) return { says: 'fail', failure: { kind: 'unknown', message: 'It broke.' }, carry: { die } }
  return { says: 'complete', summary: 'Done.' }
}

export interface History {
  readonly execution: Execution
  readonly records: readonly ChangeRecord[]
}

/** A run of the plan with one step a die, and the records that it wrote. */
export function historyOf(plan: Plan, dice: readonly number[], id = '01SAMPLE'): History {
  const made = { mode: 'drill', reason: 'rehearsal', places: [{ platform: 'slack', channel: 'C1' }] } as const
  const order = { ...made, id: executionId.parse(id), at: minute(0), by: AVERY, source: 'slack' }
  const begun = begin(plan, 1, order)
  let execution = begun.execution
  const records = [begun.record]
  for (const [step, die] of dice.entries()) {
    const at = minute(step + 1)
    const next = nextOf(execution, die, at)
    if (!next) continue
    const record = recordOf(execution, { ...next, at })
    const after = evolve(execution, record)
    const promises = broken({ before: execution, record, after })
    if (promises.length > 0) throw new Error(promises.join('; '))
    records.push(record)
    execution = after
  }
  return { execution, records }
}

/** What a store would hold of it. */
export function foundOf({ execution, records }: History): Found {
  const { tasks, ...head } = execution
  const writtenAt = new Map(records.flatMap((record) => touched(record).map((id) => [id, record.version])))
  return {
    id: execution.id,
    head,
    tasks: [...tasks.values()].map((task, place) => ({
      task,
      place,
      writtenAt: writtenAt.get(task.id) ?? 1,
    })),
    records: new Map(records.map((record) => [record.version, record])),
    strays: [],
  }
}
