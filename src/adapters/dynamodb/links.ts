import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { LinkStore } from '../../ports/link-store.ts'
import { asking } from './failure.ts'
import { linkedKey, linkedTo, linkKey } from './keys.ts'

const linkItem = z.object({ human: z.email(), at: z.iso.datetime() })
const linkedItems = z.array(z.object({ sk: z.string() }))

/** Each link stands there twice, by its account and by its human; the first one says what is so. */
export function dynamoLinks(client: DynamoDBDocumentClient, table: string): LinkStore {
  const get = async (actor: string) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: linkKey(actor), ConsistentRead: true }),
    )
    return Item && linkItem.parse(Item)
  }

  return {
    get: (actor) => asking('find a linked account', () => get(actor)),
    accountsOf: (human) =>
      asking('find the linked accounts of somebody', async () => {
        // Somebody has few accounts: all of them fit into one page.
        const { Items } = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :human',
            ExpressionAttributeValues: { ':human': linkedTo(human) },
            ConsistentRead: true,
          }),
        )
        const accounts = linkedItems.parse(Items ?? []).map(({ sk }) => sk)
        // One that was linked to somebody else since is theirs.
        const links = await Promise.all(accounts.map(get))
        return accounts.filter((_, at) => links[at]?.human === human)
      }),
    keep: (actor, link) =>
      asking('link an account', async () => {
        const items = [
          { ...linkKey(actor), ...link },
          { ...linkedKey(link.human, actor), at: link.at },
        ]
        await client.send(
          new TransactWriteCommand({
            TransactItems: items.map((Item) => ({ Put: { TableName: table, Item } })),
          }),
        )
      }),
  }
}
