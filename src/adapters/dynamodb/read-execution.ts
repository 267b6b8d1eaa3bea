import { type DynamoDBDocumentClient, GetCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb'
import type { ChangeRecord } from '../../domain/change.ts'
import type { Execution, ExecutionId } from '../../domain/execution.ts'
import { TransientFailure } from '../../ports/failure.ts'
import { asking } from './failure.ts'
import { changeItem, type Head, headItem, taskItem } from './items.ts'
import { changeKey, headKey, tasksPrefix } from './keys.ts'
import { LAST, query } from './query.ts'
import { withoutConflict } from './transact.ts'

const TRIES = 5
const GREATEST_VERSION = 999_999_999

/**
 * The whole execution as of one version. A query can see half of a transaction, so the head is read before and after the
 * tasks, each time by a transaction (which waits for none half done), and no task may be newer than it.
 */
export async function readWhole(
  client: DynamoDBDocumentClient,
  table: string,
  id: ExecutionId,
): Promise<Execution | undefined> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const head = await readHead(client, table, id)
    if (!head) return undefined
    const prefix = tasksPrefix(head)
    const range = { partition: headKey(id).pk, from: prefix, to: prefix + LAST }
    const items = (await query(client, table, range)).map((item) => taskItem.parse(item))
    const isOneVersion = items.every((item) => item.version <= head.version)
    if (isOneVersion && (await readHead(client, table, id))?.version === head.version) {
      const tasks = items.sort((a, b) => a.order - b.order).map(({ json: task }) => [task.id, task] as const)
      return { ...head, tasks: new Map(tasks) }
    }
  }
  throw new TransientFailure(`The execution ${id} changed during each of ${TRIES} reads.`)
}

/** The records after that version, oldest first, up to the first that is not there yet. */
export async function changesAfter(
  client: DynamoDBDocumentClient,
  table: string,
  id: ExecutionId,
  version: number,
): Promise<readonly ChangeRecord[]> {
  const { pk, sk } = changeKey(id, version + 1)
  const range = { partition: pk, from: sk, to: changeKey(id, GREATEST_VERSION).sk }
  const records = (await query(client, table, range)).map((item) => changeItem.parse(item).json)
  const gap = records.findIndex((record, place) => record.version !== version + 1 + place)
  return gap === -1 ? records : records.slice(0, gap)
}

export async function changeAt(
  client: DynamoDBDocumentClient,
  table: string,
  id: ExecutionId,
  version: number,
): Promise<ChangeRecord | undefined> {
  const { Item } = await asking(`read version ${version} of the execution ${id}`, () =>
    client.send(new GetCommand({ TableName: table, Key: changeKey(id, version), ConsistentRead: true })),
  )
  return Item && changeItem.parse(Item).json
}

async function readHead(
  client: DynamoDBDocumentClient,
  table: string,
  id: ExecutionId,
): Promise<Head | undefined> {
  const command = new TransactGetCommand({ TransactItems: [{ Get: { TableName: table, Key: headKey(id) } }] })
  const { Responses } = await asking(`read the execution ${id}`, () =>
    withoutConflict(() => client.send(command)),
  )
  const item = Responses?.[0]?.Item
  return item && headItem.parse(item).json
}
