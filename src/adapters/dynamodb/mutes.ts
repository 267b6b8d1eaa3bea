import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { MuteStore } from '../../ports/mute-store.ts'
import { asking } from './failure.ts'
import { muteKey, mutesOf } from './keys.ts'

const muteItem = z.object({ sk: z.string(), until: z.iso.datetime() })
/** An item goes a while after it has stopped to mean anything. */
const KEPT_SECONDS = 86_400

export function dynamoMutes(client: DynamoDBDocumentClient, table: string): MuteStore {
  return {
    mutedIn: (run) =>
      asking('find who is muted', async () => {
        // A run has few people: all of them fit into one page.
        const { Items } = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :run',
            ExpressionAttributeValues: { ':run': mutesOf(run) },
            ConsistentRead: true,
          }),
        )
        return new Map(
          z
            .array(muteItem)
            .parse(Items ?? [])
            .map(({ sk, until }) => [sk, new Date(until)]),
        )
      }),
    mute: (run, human, until) =>
      asking('mute somebody', async () => {
        const expires_at = Math.floor(until.getTime() / 1000) + KEPT_SECONDS
        const item = { ...muteKey(run, human), until: until.toISOString(), expires_at }
        await client.send(new PutCommand({ TableName: table, Item: item }))
      }),
  }
}
