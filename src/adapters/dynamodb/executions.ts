import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { ChangeRecord } from '../../domain/change.ts'
import { touched } from '../../domain/evolve.ts'
import { type Execution, executionId } from '../../domain/execution.ts'
import type { TaskId } from '../../domain/task.ts'
import type { Created, ExecutionIndex, ExecutionStore, Saved } from '../../ports/execution-store.ts'
import { failureOf } from './failure.ts'
import { withoutTasks, written } from './items.ts'
import { ACTIVE, changeKey, EXECUTIONS, headKey, listedKey } from './keys.ts'
import { LAST, query } from './query.ts'
import { changeAt, changesAfter, readWhole } from './read-execution.ts'
import { conditionFailed, transact } from './transact.ts'
import { versionsOf } from './versions.ts'
import { busyWith, lockAtStart, lockWrites, NOT_THERE, put, taskWrites } from './writes.ts'

// A transaction holds 100 writes; what comes with the tasks are at most four.
const TASKS_IN_A_TRANSACTION = 90

const activeItem = z.object({ execution: executionId })
const listedItem = z.object({ sk: executionId })

/** The promises are those of the port. The version on the head is what every save is decided by. */
export function dynamoExecutions(
  client: DynamoDBDocumentClient,
  table: string,
): ExecutionStore & ExecutionIndex {
  return {
    create,
    load: (id) => readWhole(client, table, id),
    changesSince: (id, version) => changesAfter(client, table, id, version),
    save,
    active: async () => {
      const items = await query(client, table, { partition: ACTIVE, from: ' ', to: LAST })
      return items.map((item) => activeItem.parse(item).execution)
    },
    versions: (ids) => versionsOf(client, table, ids),
    recent: async (limit, before) => {
      const range = { partition: EXECUTIONS, from: ' ', to: before ?? LAST, newestFirst: true }
      // One more than asked for: the range ends with `before` itself.
      const items = await query(client, table, { ...range, limit: limit + 1 })
      const ids = items.map((item) => listedItem.parse(item).sk)
      return ids.filter((id) => id !== before).slice(0, limit)
    },
  }

  async function create(execution: Execution, record: ChangeRecord): Promise<Created> {
    const { id } = execution
    const tasks = [...execution.tasks.keys()]
    const isLarge = tasks.length > TASKS_IN_A_TRANSACTION
    const head = { ...headKey(id), version: execution.version, ...written(withoutTasks(execution)) }
    const change = { ...changeKey(id, record.version), ...written(record) }
    try {
      if (isLarge && !(await writeAhead(execution, tasks))) return { kind: 'exists' }
      const done = await transact(client, [
        put(table, head, NOT_THERE),
        put(table, change, NOT_THERE),
        put(table, listedKey(id)),
        ...lockAtStart(table, execution),
        ...(isLarge ? [] : taskWrites(table, execution, tasks)),
      ])
      if (done.kind === 'written') return { kind: 'created' }
      return conditionFailed(done.reasons[0]) ? { kind: 'exists' } : busyWith(done.reasons)
    } catch (error) {
      throw failureOf(`create the execution ${id}`, error)
    }
  }

  /** Tasks of a large plan, while there is no head: without one they are nothing. False where there is one already. */
  async function writeAhead(execution: Execution, tasks: readonly TaskId[]): Promise<boolean> {
    const noHead = {
      ConditionCheck: { TableName: table, Key: headKey(execution.id), ConditionExpression: NOT_THERE },
    }
    for (let from = 0; from < tasks.length; from += TASKS_IN_A_TRANSACTION) {
      const some = taskWrites(table, execution, tasks.slice(from, from + TASKS_IN_A_TRANSACTION))
      if ((await transact(client, [noHead, ...some])).kind === 'refused') return false
    }
    return true
  }

  async function save(before: Execution, record: ChangeRecord, after: Execution): Promise<Saved> {
    const { id } = after
    const head = { ...headKey(id), version: after.version, ...written(withoutTasks(after)) }
    const change = { ...changeKey(id, record.version), ...written(record) }
    try {
      const done = await transact(client, [
        put(table, head, 'version = :read', { ':read': before.version }),
        put(table, change, NOT_THERE),
        ...lockWrites(table, before, after),
        ...taskWrites(table, after, touched(record)),
      ])
      if (done.kind === 'written') return { kind: 'saved' }
      const isDecided = conditionFailed(done.reasons[0]) || conditionFailed(done.reasons[1])
      if (!isDecided) return busyWith(done.reasons)
      return (await isOurs(record)) ? { kind: 'saved' } : { kind: 'stale' }
    } catch (error) {
      // The write may have passed all the same: the record tells. Where it cannot be read, the first failure is the news.
      if (await isOurs(record).catch(() => false)) return { kind: 'saved' }
      throw failureOf(`save version ${record.version} of the execution ${id}`, error)
    }
  }

  async function isOurs(record: ChangeRecord): Promise<boolean> {
    const there = await changeAt(client, table, record.execution, record.version)
    return there?.hash === record.hash
  }
}
