import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { BY_PIPELINE, PIPELINES, SCRIPTS, TASKS } from './ancestor-table.ts'

/*
 * The ancestor's algorithm: each event of a task reads all tasks of its pipeline, derives predecessors from successors, starts
 * what is ready and writes statuses on no condition but that the row exists. The order of the requests is that of its source.
 */

const task = z.object({
  task_execution_id: z.string(),
  pipeline_id: z.string(),
  task_execution_status: z.string(),
  task_successors: z.array(z.string()),
  output: z.string().default(''),
})
export type Row = z.infer<typeof task>

const MAY_PROCEED = new Set(['Complete', 'Skip', 'Abandoned'])

export type Changed = Omit<Row, 'output'>

export interface Ancestor {
  /** One image pair of a stream. */
  taskChanged(before: Changed, after: Changed): Promise<void>
  pipelineChanged(pipeline: string, before: string, after: string): Promise<void>
  provisioned(pipeline: string): Promise<void>
}

const readRow = (item: unknown): Row => task.parse(item)

export function ancestor(
  documents: DynamoDBDocumentClient,
  around: { automation: (id: string) => void; completed: (pipeline: string) => void },
): Ancestor {
  async function allOf(pipeline: string): Promise<Row[]> {
    const rows: unknown[] = []
    let from: Record<string, unknown> | undefined
    // The source goes on with a scan after the first page, which is an error of its own; here the same query goes on.
    do {
      const page = await documents.send(
        new QueryCommand({
          TableName: TASKS,
          IndexName: BY_PIPELINE,
          KeyConditionExpression: 'pipeline_id = :pipeline',
          ExpressionAttributeValues: { ':pipeline': pipeline },
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      )
      rows.push(...(page.Items ?? []))
      from = page.LastEvaluatedKey
    } while (from)
    return rows.map(readRow)
  }

  async function setPipeline(pipeline: string, status: string): Promise<void> {
    await documents.send(
      new UpdateCommand({
        TableName: PIPELINES,
        Key: { pipeline_id: pipeline },
        UpdateExpression: 'SET pipeline_status = :status, #h.lastModifiedTimestamp = :at',
        ConditionExpression: 'attribute_exists(pipeline_id)',
        ExpressionAttributeNames: { '#h': '_history' },
        ExpressionAttributeValues: { ':status': status, ':at': new Date().toISOString() },
      }),
    )
    if (status === 'Complete') around.completed(pipeline)
  }

  async function setTask(id: string, values: Record<string, string>): Promise<void> {
    const names = Object.keys(values)
    await documents.send(
      new UpdateCommand({
        TableName: TASKS,
        Key: { task_execution_id: id },
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}, #h.lastModifiedTimestamp = :at, #h.lastModifiedBy = :by`,
        ConditionExpression: 'attribute_exists(task_execution_id)',
        ExpressionAttributeNames: {
          '#h': '_history',
          ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
          ':at': new Date().toISOString(),
          ':by': { email: '[system]' },
        },
      }),
    )
  }
  const setStatus = (id: string, status: string) => setTask(id, { task_execution_status: status })

  const get = async (TableName: string, Key: Record<string, string>) =>
    (await documents.send(new GetCommand({ TableName, Key }))).Item

  async function start(pipeline: string, id: string): Promise<void> {
    await get(SCRIPTS, { package_uuid: 'noop' })
    await setPipeline(pipeline, 'In Progress')
    await get(PIPELINES, { pipeline_id: pipeline })
    await setStatus(id, 'In Progress')
    around.automation(id)
    // The automation's log line comes back through a subscription, which is a function of its own.
    void logged(id)
  }

  async function logged(id: string): Promise<void> {
    const { output } = readRow(await get(TASKS, { task_execution_id: id }))
    const message = `[${id}][Complete] Done.`
    await setTask(id, { outputLastMessage: message, output: output + message })
    await setStatus(id, 'Complete')
  }

  return {
    async taskChanged(before, after) {
      if (before.task_execution_status !== 'In Progress' || after.task_execution_status !== 'Complete') return
      const all = await allOf(after.pipeline_id)
      const byId = new Map(all.map((row) => [row.task_execution_id, row]))
      const predecessors = new Map<string, Row[]>()
      for (const row of all)
        for (const next of row.task_successors)
          predecessors.set(next, [...(predecessors.get(next) ?? []), row])
      const ready = after.task_successors.filter(
        (id) =>
          byId.get(id)?.task_execution_status === 'Not Started' &&
          (predecessors.get(id) ?? []).every((row) => MAY_PROCEED.has(row.task_execution_status)),
      )
      for (const id of ready) await get(TASKS, { task_execution_id: id })
      for (const id of ready) await start(after.pipeline_id, id)
      const leaves = all.filter((row) => row.task_successors.length === 0)
      if (leaves.every((row) => MAY_PROCEED.has(row.task_execution_status)))
        await setPipeline(after.pipeline_id, 'Complete')
    },
    async pipelineChanged(pipeline, before, after) {
      if (before !== 'Provisioning' || after !== 'Not Started') return
      const all = await allOf(pipeline)
      const followers = new Set(all.flatMap((row) => row.task_successors))
      for (const row of all)
        if (!followers.has(row.task_execution_id)) await start(pipeline, row.task_execution_id)
    },
    provisioned: (pipeline) => setPipeline(pipeline, 'Not Started'),
  }
}
