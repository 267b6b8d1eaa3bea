import { randomBytes } from 'node:crypto'
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import { FinalFailure } from '../../ports/failure.ts'
import { FILE_KEPT_DAYS, type FileStore } from '../../ports/file-store.ts'
import { asking } from './failure.ts'
import { filePart, filePartition } from './keys.ts'

/** An item holds 400 KB, names and all. */
const PART_BYTES = 350_000
const MOST_PARTS = 12

const partItem = z.object({
  bytes: z.instanceof(Uint8Array),
  name: z.string(),
  type: z.string(),
  parts: z.number(),
})

/** Files in parts, each an item of its own. A file whose last part is missing, because a process died, is none. */
export function dynamoFiles(client: DynamoDBDocumentClient, table: string, clock: Clock): FileStore {
  return {
    keep: ({ name, type, bytes }) =>
      asking('keep a file', async () => {
        const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES))
        if (parts > MOST_PARTS)
          throw new FinalFailure(`The file ${name} is too large: ${bytes.length} bytes.`)
        const id = randomBytes(24).toString('base64url')
        const expires_at = Math.floor(clock.now().getTime() / 1000) + FILE_KEPT_DAYS * 86_400
        for (let part = 0; part < parts; part += 1) {
          const some = bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES)
          const item = { ...filePart(id, part), name, type, parts, bytes: some, expires_at }
          await client.send(new PutCommand({ TableName: table, Item: item }))
        }
        return id
      }),
    get: (id) =>
      asking('find a file', async () => {
        const found: z.infer<typeof partItem>[] = []
        let after: Record<string, unknown> | undefined
        do {
          const page = await client.send(
            new QueryCommand({
              TableName: table,
              KeyConditionExpression: 'pk = :file',
              ExpressionAttributeValues: { ':file': filePartition(id) },
              // Teams fetches a picture as soon as it has the message.
              ConsistentRead: true,
              ...(after && { ExclusiveStartKey: after }),
            }),
          )
          found.push(...z.array(partItem).parse(page.Items ?? []))
          after = page.LastEvaluatedKey
        } while (after)
        const [first] = found
        if (!first || found.length < first.parts) return undefined
        return { name: first.name, type: first.type, bytes: Buffer.concat(found.map(({ bytes }) => bytes)) }
      }),
  }
}
