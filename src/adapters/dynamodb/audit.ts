import { type DynamoDBDocumentClient, TransactGetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { ChangeRecord } from '../../domain/change.ts'
import type { ExecutionId } from '../../domain/execution.ts'
import { type Found, type FoundTask, foundHead, foundRecord, foundTask } from '../../domain/found.ts'
import { canonical } from '../../domain/json.ts'
import { TransientFailure } from '../../ports/failure.ts'
import { asking } from './failure.ts'
import { changeKey, headKey, tasksPrefix } from './keys.ts'
import { LAST, query } from './query.ts'
import { withoutConflict } from './transact.ts'

const TRIES = 5
const CHANGE = 'CHANGE#'

const anyItem = z.looseObject({ sk: z.string() })
type Item = z.infer<typeof anyItem>

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('no JSON')
    return z.NEVER
  }
})
// Strict: an attribute that was put on an item later may do harm as well; "expires_at" would have DynamoDB delete it.
const key = { pk: z.string(), sk: z.string() }
const headItem = z.strictObject({ ...key, version: z.number(), json: json.pipe(foundHead) })
const taskItem = z.strictObject({
  ...key,
  version: z.number(),
  order: z.number(),
  json: json.pipe(foundTask),
})
const recordItem = z.strictObject({ ...key, json: json.pipe(foundRecord) })

/** All that is stored of the execution, as of one version and without believing any of it; undefined where there is nothing. */
export async function findExecution(
  client: DynamoDBDocumentClient,
  table: string,
  id: ExecutionId,
): Promise<Found | undefined> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    // A query can see half of a save: what was read counts only if the head is the same before and after it.
    const before = await readHead()
    const items = await query(client, table, { partition: headKey(id).pk, from: ' ', to: LAST })
    if (canonical(before) !== canonical(await readHead())) continue
    return items.length === 0 ? undefined : asFound(id, z.array(anyItem).parse(items))
  }
  throw new TransientFailure(`The execution ${id} changed during each of ${TRIES} reads.`)

  async function readHead(): Promise<unknown> {
    const command = new TransactGetCommand({
      TransactItems: [{ Get: { TableName: table, Key: headKey(id) } }],
    })
    const { Responses } = await asking(`read the execution ${id}`, () =>
      withoutConflict(() => client.send(command)),
    )
    return Responses?.[0]?.Item
  }
}

function asFound(id: ExecutionId, items: readonly Item[]): Found {
  const strays: string[] = []
  const records = new Map<number, ChangeRecord | undefined>()
  const tasks: FoundTask[] = []
  // Every save is conditional on the version beside the head's JSON, so the two must agree.
  const headRead = headItem.safeParse(items.find(({ sk }) => sk === headKey(id).sk))
  const head = headRead.data?.version === headRead.data?.json.version ? headRead.data?.json : undefined
  const prefix = head && tasksPrefix(head)
  for (const item of items) {
    const { sk } = item
    const version = Number(sk.slice(CHANGE.length))
    if (sk.startsWith(CHANGE) && changeKey(id, version).sk === sk) {
      records.set(version, recordItem.safeParse(item).data?.json)
    } else if (prefix !== undefined && sk.startsWith(prefix)) {
      const task = taskItem.safeParse(item).data
      if (task && task.json.id === sk.slice(prefix.length))
        tasks.push({ task: task.json, place: task.order, writtenAt: task.version })
      // Tasks under another prefix are what a start that died has left, and count for nothing.
    } else if (sk !== headKey(id).sk && !sk.startsWith('TASK#')) {
      strays.push(`Execution ${id} has an item "${sk}", which Lifeboat does not write.`)
    }
  }
  return { id, head, tasks, records, strays }
}
