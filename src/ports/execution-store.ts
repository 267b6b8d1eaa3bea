import type { ChangeRecord } from '../domain/change.ts'
import type { Execution, ExecutionId } from '../domain/execution.ts'

/**
 * Where executions live. Promises, each held by the contract in test/adapters/execution-store.contract.ts:
 * 1. A save is all or nothing: head, touched tasks, the record and the plan's lock, or none of them.
 * 2. Of several saves decided on one version, exactly one passes; the others hear `stale`.
 * 3. A save that passed although its reply was lost is reported as saved when it is repeated.
 * 4. At most one unfinished execution a plan: `plan-busy` names the one there is.
 */
export interface ExecutionStore {
  /** The first save. Repeating it with the same id gives `exists`, whatever else it carries. */
  create(execution: Execution, record: ChangeRecord): Promise<Created>
  /** The whole execution, read consistently. Costs one read per task: keep it and follow `changesSince`. */
  load(id: ExecutionId): Promise<Execution | undefined>
  /** The records after that version, oldest first: evolve a kept execution with them. One read in the steady state. */
  changesSince(id: ExecutionId, version: number): Promise<readonly ChangeRecord[]>
  save(before: Execution, record: ChangeRecord, after: Execution): Promise<Saved>
}

export type Created = { kind: 'created' } | { kind: 'exists' } | { kind: 'plan-busy'; execution: string }
export type Saved = { kind: 'saved' } | { kind: 'stale' } | { kind: 'plan-busy'; execution: string }

/** Which executions there are. */
export interface ExecutionIndex {
  /** Ids of the unfinished ones. */
  active(): Promise<readonly ExecutionId[]>
  /** How far each of them has come, by the head alone: many at a time, for who keeps copies. Unknown ids are left out. */
  versions(ids: readonly ExecutionId[]): Promise<ReadonlyMap<ExecutionId, number>>
  /** Ids, newest first; `before` continues a page with the last id of the one before. */
  recent(limit: number, before?: ExecutionId): Promise<readonly ExecutionId[]>
}
