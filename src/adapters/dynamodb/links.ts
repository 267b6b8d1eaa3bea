import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { LinkStore } from '../../ports/link-store.ts'
import { asking } from './failure.ts'
import { linkKey } from './keys.ts'

const linkItem = z.object({ human: z.email(), at: z.iso.datetime() })

export function dynamoLinks(client: DynamoDBDocumentClient, table: string): LinkStore {
  return {
    get: (actor) =>
      asking('find a linked account', async () => {
        const { Item } = await client.send(
          new GetCommand({ TableName: table, Key: linkKey(actor), ConsistentRead: true }),
        )
        return Item && linkItem.parse(Item)
      }),
    keep: (actor, link) =>
      asking('link an account', async () => {
        await client.send(new PutCommand({ TableName: table, Item: { ...linkKey(actor), ...link } }))
      }),
  }
}
