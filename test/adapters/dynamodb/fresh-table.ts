import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { createTable } from '../../../src/adapters/dynamodb/table.ts'
import { dynamoDbOfFile } from '../../support/servers.ts'

let tables = 0

export async function freshClient(): Promise<DynamoDBClient> {
  const { url } = await dynamoDbOfFile()
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new DynamoDBClient({ endpoint: url, region: 'eu-west-1', credentials })
}

/** A table of its own on the file's one server. */
export async function freshTable(): Promise<[DynamoDBDocumentClient, string]> {
  const client = await freshClient()
  tables += 1
  const name = `lifeboat-${tables}`
  await createTable(client, name)
  return [DynamoDBDocumentClient.from(client), name]
}
