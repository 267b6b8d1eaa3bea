import type { ChangeRecord } from '../../domain/change.ts'
import { type Execution, type ExecutionId, isFinished } from '../../domain/execution.ts'
import type { ExecutionIndex, ExecutionStore, Saved } from '../../ports/execution-store.ts'

/** Values never change, so what is kept and given out may be the same object. */
export function memoryExecutions(): ExecutionStore & ExecutionIndex {
  const executions = new Map<ExecutionId, Execution>()
  const records = new Map<ExecutionId, readonly ChangeRecord[]>()
  /** The unfinished execution of each plan. */
  const active = new Map<string, ExecutionId>()

  const keep = (execution: Execution, record: ChangeRecord) => {
    const { id, plan } = execution
    executions.set(id, execution)
    records.set(id, [...(records.get(id) ?? []), record])
    if (!isFinished(execution)) active.set(plan.id, id)
    else if (active.get(plan.id) === id) active.delete(plan.id)
  }
  const holder = ({ id, plan }: Execution) => {
    const holding = active.get(plan.id)
    return holding === id ? undefined : holding
  }

  return {
    create: async (execution, record) => {
      if (executions.has(execution.id)) return { kind: 'exists' }
      const busy = isFinished(execution) ? undefined : holder(execution)
      if (busy) return { kind: 'plan-busy', execution: busy }
      keep(execution, record)
      return { kind: 'created' }
    },
    load: async (id) => executions.get(id),
    changesSince: async (id, version) => (records.get(id) ?? []).filter((record) => record.version > version),
    save: async (before, record, after): Promise<Saved> => {
      if (executions.get(after.id)?.version !== before.version) {
        const there = records.get(after.id)?.find(({ version }) => version === record.version)
        return { kind: there?.hash === record.hash ? 'saved' : 'stale' }
      }
      const busy = isFinished(after) ? undefined : holder(after)
      if (busy) return { kind: 'plan-busy', execution: busy }
      keep(after, record)
      return { kind: 'saved' }
    },
    active: async () => [...active.values()],
    versions: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const found = executions.get(id)
          return found ? [[id, found.version] as const] : []
        }),
      ),
    recent: async (limit, before) =>
      [...executions.keys()]
        .sort()
        .reverse()
        .filter((id) => before === undefined || id < before)
        .slice(0, limit),
  }
}
