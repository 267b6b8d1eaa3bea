import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { asking } from './failure.ts'

export interface Range {
  readonly partition: string
  /** Sort keys from `from` up to and with `to`; a prefix is `from: prefix, to: prefix + LAST`. */
  readonly from: string
  readonly to: string
  readonly newestFirst?: boolean
  readonly limit?: number
}

/** Sorts behind every other character in UTF-8, which is how DynamoDB sorts. */
export const LAST = '\u{10FFFF}'

/** The items of the range, over all pages, read consistently. */
export async function query(client: DynamoDBDocumentClient, table: string, range: Range): Promise<unknown[]> {
  const input: QueryCommandInput = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': range.partition, ':from': range.from, ':to': range.to },
    ConsistentRead: true,
    ScanIndexForward: !range.newestFirst,
    ...(range.limit === undefined ? {} : { Limit: range.limit }),
  }
  const items: unknown[] = []
  let next: QueryCommandInput['ExclusiveStartKey']
  do {
    const page = await asking(`read ${range.partition}`, () =>
      client.send(new QueryCommand({ ...input, ...(next ? { ExclusiveStartKey: next } : {}) })),
    )
    items.push(...(page.Items ?? []))
    next = page.LastEvaluatedKey
  } while (next && items.length < (range.limit ?? Number.POSITIVE_INFINITY))
  return items
}
