import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { written } from './items.ts'
import type { Key } from './keys.ts'
import { NOT_THERE } from './writes.ts'

/**
 * Saves what was read, as its next revision; false where somebody else has saved since. Revision 0 has never been saved. A save whose
 * reply was lost may say false although it passed: the caller reads again and finds it done.
 */
export async function saveRevised(
  client: DynamoDBDocumentClient,
  table: string,
  key: Key,
  read: { readonly revision: number },
): Promise<boolean> {
  const revision = read.revision + 1
  const unchanged =
    read.revision === 0
      ? { ConditionExpression: NOT_THERE }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': read.revision } }
  const item = { ...key, revision, ...written({ ...read, revision }) }
  try {
    await client.send(new PutCommand({ TableName: table, Item: item, ...unchanged }))
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}
