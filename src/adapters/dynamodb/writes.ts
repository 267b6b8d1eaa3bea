import type { CancellationReason } from '@aws-sdk/client-dynamodb'
import { type Execution, isFinished, taskOf } from '../../domain/execution.ts'
import type { TaskId } from '../../domain/task.ts'
import { FinalFailure } from '../../ports/failure.ts'
import { placesOf, written } from './items.ts'
import { activeKey, type Key, taskKey } from './keys.ts'
import type { Writes } from './transact.ts'

export const NOT_THERE = 'attribute_not_exists(pk)'

type Values = { readonly [name: string]: string | number | Uint8Array }

/** One put of a transaction. A refused one tells what stands there. */
export const put = (table: string, item: Key & Values, condition?: string, values?: Values) => ({
  Put: {
    TableName: table,
    Item: item,
    ...(condition === undefined ? {} : { ConditionExpression: condition }),
    ...(values ? { ExpressionAttributeValues: values } : {}),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
})

export function taskWrites(table: string, execution: Execution, tasks: readonly TaskId[]): Writes {
  const places = placesOf(execution)
  return tasks.map((id) =>
    put(table, {
      ...taskKey(execution, id),
      version: execution.version,
      order: places.get(id) ?? 0,
      ...written(taskOf(execution, id)),
    }),
  )
}

/** A run that begins takes the lock of its plan, unless there is nothing to do in it. */
export const lockAtStart = (table: string, execution: Execution): Writes =>
  isFinished(execution) ? [] : [taken(table, execution)]

/** The lock goes with the run's end and comes back with its revival. */
export function lockWrites(table: string, before: Execution, after: Execution): Writes {
  if (isFinished(before) === isFinished(after)) return []
  return isFinished(after) ? [released(table, after)] : [taken(table, after)]
}

/** Who holds the plan, where nothing but its lock was in the way. */
export function busyWith(reasons: readonly CancellationReason[]): { kind: 'plan-busy'; execution: string } {
  const holder = reasons.map((reason) => reason.Item?.execution?.S).find((id) => id !== undefined)
  if (holder === undefined) throw new FinalFailure(`DynamoDB refused a save: ${JSON.stringify(reasons)}`)
  return { kind: 'plan-busy', execution: holder }
}

const taken = (table: string, { id, plan }: Execution) =>
  put(table, { ...activeKey(plan.id), execution: id }, NOT_THERE)

const released = (table: string, { id, plan }: Execution) => ({
  Delete: {
    TableName: table,
    Key: activeKey(plan.id),
    ConditionExpression: 'execution = :id',
    ExpressionAttributeValues: { ':id': id },
  },
})
