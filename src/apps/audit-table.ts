import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { findExecution } from '../adapters/dynamodb/audit.ts'
import { dynamoExecutions } from '../adapters/dynamodb/executions.ts'
import { dynamoPlans } from '../adapters/dynamodb/plans.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { type Anchor, type Finding, rolledBack, verify } from '../domain/audit.ts'
import { type ExecutionId, executionId } from '../domain/execution.ts'
import type { ExecutionIndex } from '../ports/execution-store.ts'
import { TransientFailure } from '../ports/failure.ts'
import { planReader } from './audit-plan.ts'

/** Read side by side: reading waits mostly for the network. */
const AT_ONCE = 8
const PAGE = 500
const NOTE_MILLISECONDS = 5000

export interface AuditedExecution {
  readonly execution: ExecutionId
  readonly version: number
  /** Of its last record. */
  readonly hash: string
  readonly records: number
  readonly findings: readonly Finding[]
  /** Why not all of it could be checked; that is no finding. */
  readonly unchecked?: string
}

export interface AuditOrder {
  /** None: all. */
  readonly ids: readonly string[]
  readonly anchors: readonly Anchor[]
  note(line: string): void
}

/** Each execution of the table, or each of those ids, with what is wrong with it. Only reads. */
export async function* auditTable(
  client: DynamoDBClient,
  table: string,
  { ids, anchors, note }: AuditOrder,
): AsyncGenerator<AuditedExecution> {
  const documents = DynamoDBDocumentClient.from(client)
  const planOf = planReader(dynamoPlans(documents, table))
  const chosen =
    ids.length > 0
      ? [...new Set(ids)].map((id) => executionId.parse(id))
      : await everyId(dynamoExecutions(documents, table), anchors)
  const anchorsOf = new Map<ExecutionId, readonly Anchor[]>()
  for (const anchor of anchors)
    anchorsOf.set(anchor.execution, [...(anchorsOf.get(anchor.execution) ?? []), anchor])
  let noted = systemClock.now().getTime()
  for (let from = 0; from < chosen.length; from += AT_ONCE) {
    yield* await Promise.all(chosen.slice(from, from + AT_ONCE).map(one))
    if (systemClock.now().getTime() - noted < NOTE_MILLISECONDS) continue
    noted = systemClock.now().getTime()
    note(`${Math.min(from + AT_ONCE, chosen.length)} of ${chosen.length} executions are checked.`)
  }

  async function one(id: ExecutionId): Promise<AuditedExecution> {
    const nothing = { execution: id, version: 0, hash: '', records: 0, findings: [] }
    try {
      return { ...nothing, ...(await audited(id)) }
    } catch (error) {
      // One that changes while it is read, or a network that fails for a moment, does not keep us from the others.
      if (error instanceof TransientFailure) return { ...nothing, unchecked: error.message }
      throw error
    }
  }

  async function audited(id: ExecutionId): Promise<Partial<AuditedExecution>> {
    const found = await findExecution(documents, table, id)
    const back = (anchorsOf.get(id) ?? []).flatMap((anchor) => rolledBack(anchor, found) ?? [])
    if (!found) {
      const message = `Nothing is stored of execution ${id}: it was deleted, or there never was one of this id.`
      return { findings: [{ execution: id, version: 0, kind: 'missing', message }, ...back] }
    }
    const { plan, finding, unchecked } = await planOf(found)
    return {
      version: found.head?.version ?? 0,
      hash: found.head?.lastChangeHash ?? '',
      records: found.records.size,
      findings: [
        ...verify(found, plan),
        ...(finding ? [{ execution: id, version: 1, ...finding }] : []),
        ...back,
      ],
      ...(unchecked === undefined ? {} : { unchecked }),
    }
  }
}

/** The listed ones, newest first, and those that are known from elsewhere: who deletes an execution deletes it from the list as well. */
async function everyId(index: ExecutionIndex, anchors: readonly Anchor[]): Promise<readonly ExecutionId[]> {
  const listed: ExecutionId[] = []
  for (;;) {
    const page = await index.recent(PAGE, listed.at(-1))
    listed.push(...page)
    if (page.length < PAGE) break
  }
  return [...new Set([...listed, ...(await index.active()), ...anchors.map(({ execution }) => execution)])]
}
