import { DrsClient, paginateDescribeJobs } from '@aws-sdk/client-drs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { paginateDescribeAutomationExecutions, SSMClient } from '@aws-sdk/client-ssm'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { dynamoExecutions } from '../../src/adapters/dynamodb/executions.ts'
import { auditTable } from '../../src/apps/audit-table.ts'
import type { Change, ChangeRecord } from '../../src/domain/change.ts'
import { type Execution, isFinished, statusOf } from '../../src/domain/execution.ts'
import type { Asked } from './decider.ts'
import { CREDENTIALS, type Ground, TABLE } from './ground.ts'

const REGION = 'us-west-2'
/** More runs than a round can make. */
const ALL = 500

/** What the table and AWS say, without asking any of our processes. */
export function witness({ dynamo, aws }: Ground) {
  const common = { region: REGION, credentials: CREDENTIALS }
  const client = new DynamoDBClient({ ...common, endpoint: dynamo.url })
  const store = dynamoExecutions(DynamoDBDocumentClient.from(client), TABLE)
  const drs = new DrsClient({ ...common, endpoint: aws.url })
  const ssm = new SSMClient({ ...common, endpoint: aws.url })

  const runs = async (): Promise<Execution[]> => {
    const found = await Promise.all((await store.recent(ALL)).map((id) => store.load(id)))
    return found.flatMap((one) => one ?? [])
  }

  /** One line for every launch job beyond the first of the same attempt and servers, and for every one of nobody. */
  async function brokenLaunches(): Promise<{ starts: number; broken: string[] }> {
    const seen = new Map<string, number>()
    for await (const { items = [] } of paginateDescribeJobs({ client: drs }, {}))
      for (const { tags = {}, participatingServers = [] } of items) {
        const servers = participatingServers.map(({ sourceServerID }) => sourceServerID).sort()
        const [execution, task, attempt] = ['execution', 'task', 'attempt'].map(
          (tag) => tags[`lifeboat:${tag}`],
        )
        const key = `${execution}/${task}@${attempt} of ${servers.join('+')}`
        seen.set(key, (seen.get(key) ?? 0) + 1)
      }
    const broken = [...seen].filter(([key, times]) => times > 1 || key.includes('undefined'))
    return {
      starts: [...seen.values()].reduce((sum, times) => sum + times, 0),
      broken: broken.map(([key, times]) => `DRS has ${times} jobs of ${key}`),
    }
  }

  /** AWS itself makes one automation of one client token; two of one attempt would have two tokens. */
  async function brokenAutomations(): Promise<{ starts: number; broken: string[] }> {
    const calls = aws
      .calls()
      .filter(({ operation, error }) => operation === 'StartAutomationExecution' && !error)
    const started = calls
      .filter(({ outcome }) => outcome !== 'cut')
      .map(({ input }) => automation.parse(input))
    const tokens = new Set(started.map(({ ClientToken }) => ClientToken))
    const attempts = new Set(
      started.map(({ Tags }) =>
        Tags.map(({ Key, Value }) => `${Key}=${Value}`)
          .sort()
          .join(),
      ),
    )
    let starts = 0
    for await (const page of paginateDescribeAutomationExecutions({ client: ssm }, {}))
      starts += page.AutomationExecutionMetadataList?.length ?? 0
    const right = starts === tokens.size && starts === attempts.size
    const broken = `${attempts.size} attempts with ${tokens.size} tokens have ${starts} automations`
    return { starts, broken: right ? [] : [broken] }
  }

  return {
    runs,
    allEnded: async (): Promise<boolean> => (await store.active()).length === 0,
    async findings(): Promise<string[]> {
      const found: string[] = []
      for await (const { execution, findings, unchecked } of auditTable(client, TABLE, NO_ORDER)) {
        found.push(...findings.map(({ kind, message }) => `${execution} ${kind}: ${message}`))
        if (unchecked) found.push(`${execution} was not checked: ${unchecked}`)
      }
      return found
    },
    records: async (all: readonly Execution[]): Promise<ChangeRecord[]> =>
      (await Promise.all(all.map(({ id }) => store.changesSince(id, 0)))).flat(),
    brokenLaunches,
    brokenAutomations,
    close(): void {
      for (const one of [client, drs, ssm]) one.destroy()
    },
  }
}
export type Witness = ReturnType<typeof witness>

const NO_ORDER = { ids: [], anchors: [], note: () => {} }
const automation = z.object({
  ClientToken: z.string(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
})

/** Whoever was told "done" is on record once, whoever was refused is not, and nobody is twice. */
export function brokenDecisions(records: readonly ChangeRecord[], asked: readonly Asked[]): string[] {
  const recorded = new Map<string, number>()
  for (const change of records.flatMap(({ changes }) => changes)) {
    const reason = reasonOf(change)
    if (reason) recorded.set(reason, (recorded.get(reason) ?? 0) + 1)
  }
  return asked.flatMap(({ mark, told }) => {
    const times = recorded.get(mark) ?? 0
    const right = told === 'done' ? times === 1 : told === 'refused' ? times === 0 : times <= 1
    return right ? [] : [`"${mark}" was answered "${told}" and is recorded ${times} times`]
  })
}

const reasonOf = (change: Change): string | undefined => ('reason' in change ? change.reason : undefined)

export const unended = (runs: readonly Execution[]): string[] =>
  runs
    .filter((run) => !isFinished(run))
    .map((run) => `${run.id} (${run.plan.id}) never ended, it is ${statusOf(run)}: ${standing(run)}`)

const standing = ({ tasks }: Execution): string =>
  [...tasks.values()]
    .map(({ id, status, attempt, effect }) => `${id}@${attempt} ${status} ${effect?.phase ?? ''}`.trim())
    .join(', ')
