import { randomUUID } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { CALL_KEPT_HOURS, CALL_RUNS_SECONDS, type CallStore, type Claimed } from '../../ports/call-store.ts'
import { TransientFailure } from '../../ports/failure.ts'
import { asking } from './failure.ts'
import { kept, written } from './items.ts'
import { callKey } from './keys.ts'

const callItem = z.object({
  hash: z.string(),
  token: z.string(),
  status: z.number().optional(),
  json: kept<z.core.util.JSONType>(z.json()).optional(),
})

// DynamoDB drops an expired item hours late, so the item's own time is asked. A claim nobody answered is free again soon.
const FREE =
  'attribute_not_exists(pk) OR expires_at <= :seconds OR (attribute_not_exists(#status) AND claimed_at <= :dead)'

export function dynamoCalls(client: DynamoDBDocumentClient, table: string): CallStore {
  return {
    claim: (caller, key, requestHash, at) =>
      asking(`claim a call of ${caller}`, async () => {
        const seconds = Math.floor(at.getTime() / 1000)
        const token = randomUUID()
        const item = {
          ...callKey(caller, key),
          hash: requestHash,
          token,
          claimed_at: at.getTime(),
          expires_at: seconds + CALL_KEPT_HOURS * 3600,
        }
        try {
          await client.send(
            new PutCommand({
              TableName: table,
              Item: item,
              ConditionExpression: FREE,
              ExpressionAttributeNames: { '#status': 'status' },
              ExpressionAttributeValues: {
                ':seconds': seconds,
                ':dead': at.getTime() - CALL_RUNS_SECONDS * 1000,
              },
            }),
          )
          return { kind: 'mine' }
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error
          return held(caller, key, token)
        }
      }),
    answer: (caller, key, status, body) =>
      asking(`keep the answer to a call of ${caller}`, async () => {
        try {
          await client.send(
            new UpdateCommand({
              TableName: table,
              Key: callKey(caller, key),
              UpdateExpression: 'SET #status = :status, json = :json',
              ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#status)',
              ExpressionAttributeNames: { '#status': 'status' },
              ExpressionAttributeValues: { ':status': status, ':json': written(body).json },
            }),
          )
        } catch (error) {
          // The first answer stays.
          if (!(error instanceof ConditionalCheckFailedException)) throw error
        }
      }),
  }

  async function held(caller: string, key: string, token: string): Promise<Claimed> {
    const command = new GetCommand({ TableName: table, Key: callKey(caller, key), ConsistentRead: true })
    const { Item } = await client.send(command)
    if (!Item) throw new TransientFailure(`A call of ${caller} expired while it was claimed.`)
    const { hash, token: holder, status, json } = callItem.parse(Item)
    // The SDK repeated a claim whose reply was lost: it is ours.
    if (holder === token) return { kind: 'mine' }
    return status === undefined || json === undefined
      ? { kind: 'running', requestHash: hash }
      : { kind: 'answered', requestHash: hash, status, body: json }
  }
}
