import { randomUUID } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { LinkTicket } from '../../domain/link.ts'
import { optional } from '../../domain/optional.ts'
import type { Ticket } from '../../domain/step-up.ts'
import { TICKET_KEPT_HOURS, type TicketStore } from '../../ports/step-up.ts'
import { asking } from './failure.ts'
import { kept, written } from './items.ts'
import { ticketKey } from './keys.ts'

const ticketShape = z.union([
  z.object({ human: z.string(), digest: z.string(), expiresAt: z.string() }),
  z.object({
    links: z.literal(true),
    wants: z.looseObject({ kind: z.string() }).optional(),
    expiresAt: z.string(),
  }),
])
const ticketItem = z.object({
  json: kept<Ticket | LinkTicket>(ticketShape),
  used_at: z.string().optional(),
  used_by: z.string().optional(),
})

/** No ticket's key is in a failure: they are logged. */
export function dynamoTickets(client: DynamoDBDocumentClient, table: string): TicketStore {
  async function read(key: string) {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: ticketKey(key), ConsistentRead: true }),
    )
    return Item && ticketItem.parse(Item)
  }
  return {
    keep: (key, ticket) =>
      asking('keep a ticket', async () => {
        const ends = Date.parse(ticket.expiresAt)
        const item = {
          ...ticketKey(key),
          ...written(ticket),
          ends_at: ends,
          expires_at: Math.floor(ends / 1000) + TICKET_KEPT_HOURS * 3600,
        }
        await client.send(new PutCommand({ TableName: table, Item: item }))
      }),
    find: (key) =>
      asking('find a ticket', async () => {
        const found = await read(key)
        return found && { ticket: found.json, ...optional('usedAt', found.used_at) }
      }),
    use: (key, at) =>
      asking('use a ticket', async () => {
        const user = randomUUID()
        try {
          await client.send(
            new UpdateCommand({
              TableName: table,
              Key: ticketKey(key),
              UpdateExpression: 'SET used_at = :at, used_by = :user',
              ConditionExpression:
                'attribute_exists(pk) AND attribute_not_exists(used_at) AND ends_at > :now',
              ExpressionAttributeValues: { ':at': at.toISOString(), ':user': user, ':now': at.getTime() },
            }),
          )
          return true
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error
          // The SDK repeated a use whose reply was lost: it is ours.
          return (await read(key))?.used_by === user
        }
      }),
  }
}
