import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Step } from './workloads.ts'

export const TASKS = 'task_executions'
export const PIPELINES = 'pipelines'
export const SCRIPTS = 'scripts'
export const BY_PIPELINE = 'pipeline_id-index'

const text = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }))

/** The three tables, the index and the two streams, as its template declares them. Gives the streams' ARNs. */
export async function createTables(client: DynamoDBClient): Promise<string[]> {
  const BillingMode = 'PAY_PER_REQUEST'
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const
  await client.send(
    new CreateTableCommand({
      TableName: TASKS,
      BillingMode,
      StreamSpecification,
      AttributeDefinitions: text('task_execution_id', 'pipeline_id', 'task_id'),
      KeySchema: [{ AttributeName: 'task_execution_id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: BY_PIPELINE,
          KeySchema: [
            { AttributeName: 'pipeline_id', KeyType: 'HASH' },
            { AttributeName: 'task_id', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  )
  await client.send(
    new CreateTableCommand({
      TableName: PIPELINES,
      BillingMode,
      StreamSpecification,
      AttributeDefinitions: text('pipeline_id'),
      KeySchema: [{ AttributeName: 'pipeline_id', KeyType: 'HASH' }],
    }),
  )
  await client.send(
    new CreateTableCommand({
      TableName: SCRIPTS,
      BillingMode,
      AttributeDefinitions: text('package_uuid'),
      KeySchema: [{ AttributeName: 'package_uuid', KeyType: 'HASH' }],
    }),
  )
  return Promise.all(
    [TASKS, PIPELINES].map(async (TableName) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }))
      return Table?.LatestStreamArn ?? ''
    }),
  )
}

const BATCH = 25

/** The rows of one pipeline, which its provisioning writes before anything runs. */
export async function provision(documents: DynamoDBDocumentClient, pipeline: string, steps: readonly Step[]) {
  const history = {
    lastModifiedTimestamp: '',
    lastModifiedBy: { email: '[system]' },
    createdBy: { email: 'user@example.com' },
  }
  const rows = [
    {
      table: PIPELINES,
      Item: {
        pipeline_id: pipeline,
        pipeline_name: pipeline,
        pipeline_status: 'Provisioning',
        _history: history,
      },
    },
    { table: SCRIPTS, Item: { package_uuid: 'noop', script_name: 'No-op', type: 'Automated' } },
    ...steps.map(({ id }) => ({
      table: TASKS,
      Item: {
        task_execution_id: `${pipeline}-${id}`,
        pipeline_id: pipeline,
        task_id: 'noop',
        task_execution_name: id,
        task_execution_status: 'Not Started',
        task_execution_inputs: {},
        task_successors: steps
          .filter(({ after }) => after.includes(id))
          .map((other) => `${pipeline}-${other.id}`),
        output: '',
        outputLastMessage: '',
        _history: history,
      },
    })),
  ]
  for (let from = 0; from < rows.length; from += BATCH) {
    const RequestItems: Record<string, { PutRequest: { Item: object } }[]> = {}
    for (const { table, Item } of rows.slice(from, from + BATCH))
      RequestItems[table] = [...(RequestItems[table] ?? []), { PutRequest: { Item } }]
    await documents.send(new BatchWriteCommand({ RequestItems }))
  }
}
