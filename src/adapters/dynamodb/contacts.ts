import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { optional } from '../../domain/optional.ts'
import type { ContactStore } from '../../ports/contact-store.ts'
import { asking } from './failure.ts'
import { contactKey } from './keys.ts'

const contactItem = z.object({
  conversation: z.string(),
  member: z.string().optional(),
  service_url: z.string(),
})

export function dynamoContacts(client: DynamoDBDocumentClient, table: string): ContactStore {
  return {
    get: (id) =>
      asking('find a contact', async () => {
        const { Item } = await client.send(
          new GetCommand({ TableName: table, Key: contactKey(id), ConsistentRead: true }),
        )
        if (!Item) return undefined
        const { conversation, member, service_url } = contactItem.parse(Item)
        return { conversation, serviceUrl: service_url, ...optional('member', member) }
      }),
    keep: (id, { conversation, member, serviceUrl }) =>
      asking('keep a contact', async () => {
        const item = {
          ...contactKey(id),
          conversation,
          service_url: serviceUrl,
          ...optional('member', member),
        }
        await client.send(new PutCommand({ TableName: table, Item: item }))
      }),
  }
}
