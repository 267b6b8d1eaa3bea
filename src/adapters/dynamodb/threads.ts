import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Thread, ThreadStore } from '../../ports/thread-store.ts'
import { asking } from './failure.ts'
import { kept } from './items.ts'
import { threadKey } from './keys.ts'
import { saveRevised } from './revisions.ts'

const threadShape = z.object({
  execution: z.string(),
  place: z.object({ platform: z.string(), channel: z.string() }),
  told: z.number(),
  cards: z.record(z.string(), z.unknown()),
  revision: z.number(),
})
const threadItem = z.object({ json: kept<Thread>(threadShape) })

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
      asking(`save the thread of ${thread.execution}`, () =>
        saveRevised(client, table, threadKey(thread.execution, thread.place), thread),
      ),
  }
}
