import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { asking } from './failure.ts'

const LONGEST_WAIT_SECONDS = 120
const EXPIRES_AT = 'expires_at'

/** Makes the table where there is none, and waits until it can be used. One that is there stays as it is. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  await asking(`create the table ${name}`, async () => {
    if ((await describe(client, name)) === undefined) await make(client, name)
    await waitUntilTableExists({ client, maxWaitTime: LONGEST_WAIT_SECONDS }, { TableName: name })
    const { TimeToLiveDescription: life } = await client.send(
      new DescribeTimeToLiveCommand({ TableName: name }),
    )
    if (life?.TimeToLiveStatus === 'ENABLED' || life?.TimeToLiveStatus === 'ENABLING') return
    const expires = { AttributeName: EXPIRES_AT, Enabled: true }
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: expires }))
  })
}

/** What is wrong with the table, in words for people; undefined where it serves. */
export async function checkTable(client: DynamoDBClient, name: string): Promise<string | undefined> {
  const table = await asking(`describe the table ${name}`, () => describe(client, name))
  if (!table) return `There is no DynamoDB table "${name}". Create it, or name the one there is.`
  if (table.TableStatus !== 'ACTIVE' && table.TableStatus !== 'UPDATING')
    return `The DynamoDB table "${name}" is ${table.TableStatus}. Wait until it is ACTIVE.`
  const keys = (table.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join(', ')
  if (keys !== 'pk, sk')
    return `The DynamoDB table "${name}" has the keys ${keys}, not pk, sk. Name another table.`
  const view = table.StreamSpecification?.StreamViewType
  if (view !== 'NEW_AND_OLD_IMAGES' && view !== 'NEW_IMAGE')
    return `The DynamoDB table "${name}" streams ${view ?? 'nothing'}. Turn on its stream with NEW_AND_OLD_IMAGES.`
  return undefined
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}

async function make(client: DynamoDBClient, name: string): Promise<void> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    )
  } catch (error) {
    // Another process of ours was faster.
    if (!(error instanceof ResourceInUseException)) throw error
  }
}
