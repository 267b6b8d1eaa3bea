import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Thread, ThreadStore } from '../../ports/thread-store.ts'
import { asking } from './failure.ts'
import { kept, written } from './items.ts'
import { threadKey } from './keys.ts'
import { NOT_THERE } from './writes.ts'

const threadShape = z.object({
  execution: z.string(),
  place: z.object({ platform: z.string(), channel: z.string() }),
  told: z.number(),
  cards: z.record(z.string(), z.unknown()),
  revision: z.number(),
})
const threadItem = z.object({ json: kept<Thread>(threadShape) })

/** A save whose reply was lost may say false although it passed: the caller reads again and finds it done. */
export function dynamoThreads(client: DynamoDBDocumentClient, table: string): ThreadStore {
  return {
    get: async (execution, place) => {
      const { Item } = await asking(`read the thread of ${execution}`, () =>
        client.send(
          new GetCommand({ TableName: table, Key: threadKey(execution, place), ConsistentRead: true }),
        ),
      )
      return Item && threadItem.parse(Item).json
    },
    save: (thread) =>
      asking(`save the thread of ${thread.execution}`, async () => {
        const revision = thread.revision + 1
        const condition =
          thread.revision === 0
            ? { ConditionExpression: NOT_THERE }
            : {
                ConditionExpression: 'revision = :read',
                ExpressionAttributeValues: { ':read': thread.revision },
              }
        const item = { ...threadKey(thread.execution, thread.place), revision }
        try {
          await client.send(
            new PutCommand({
              TableName: table,
              Item: { ...item, ...written({ ...thread, revision }) },
              ...condition,
            }),
          )
          return true
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) return false
          throw error
        }
      }),
  }
}
