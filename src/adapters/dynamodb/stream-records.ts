import { z } from 'zod'
import { executionIn } from './keys.ts'

/** Told which executions changed. Being told twice, late or out of order changes nothing. */
export type OnExecutions = (ids: readonly string[]) => Promise<void>

/** The executions whose change items are among the records of a stream, each once. Everything else is not ours. */
export function executionsIn(records: readonly unknown[]): string[] {
  return [...new Set(records.map(executionOf).filter((id) => id !== undefined))]
}

/** The numbers of the records that are none at all: nobody can say what changed. */
export const unreadableIn = (records: readonly unknown[]): string[] =>
  records
    .filter((record) => !RECORD.safeParse(record).success)
    .map((record) => NUMBERED.safeParse(record).data?.dynamodb.SequenceNumber ?? 'without a number')

/** The same for AWS Lambda, with ReportBatchItemFailures: one execution that cannot be told does not hold up the others. */
export function streamLambda(
  onExecutions: OnExecutions,
): (event: unknown) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }> {
  return async (event) => {
    const { Records: records } = EVENT.parse(event)
    const untold = await tell(executionsIn(records), onExecutions)
    const firstOf = (id: string) => records.find((record) => executionOf(record) === id)
    return {
      batchItemFailures: [...untold.keys()].map((id) => ({
        itemIdentifier: NUMBERED.parse(firstOf(id)).dynamodb.SequenceNumber,
      })),
    }
  }
}

/** Tells all at once and, when that fails, one by one; answers with those that could not be told, and why. */
export async function tell(
  ids: readonly string[],
  onExecutions: OnExecutions,
): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map()
  const failed = await failureOf(onExecutions(ids))
  if (failed === undefined) return new Map()
  const [only, another] = ids
  if (only !== undefined && another === undefined) return new Map([[only, failed.why]])
  const untold = new Map<string, unknown>()
  for (const id of ids) {
    const alone = await failureOf(onExecutions([id]))
    if (alone !== undefined) untold.set(id, alone.why)
  }
  return untold
}

const EVENT = z.object({ Records: z.array(z.unknown()) })
const NUMBERED = z.object({ dynamodb: z.object({ SequenceNumber: z.string() }) })
const RECORD = z.object({
  eventName: z.string(),
  dynamodb: z.object({
    Keys: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
  }),
})
const CHANGE = z.object({
  // A change item is removed by nobody but an expiry, and that is no news.
  eventName: z.enum(['INSERT', 'MODIFY']),
  dynamodb: z.object({
    Keys: z.object({
      pk: z.object({ S: z.string() }),
      sk: z.object({ S: z.string().regex(/^CHANGE#\d+$/) }),
    }),
  }),
})

function executionOf(record: unknown): string | undefined {
  const { data } = CHANGE.safeParse(record)
  return data && executionIn(data.dynamodb.Keys.pk.S)
}

const failureOf = (told: Promise<void>): Promise<{ why: unknown } | undefined> =>
  told.then(
    () => undefined,
    (why: unknown) => ({ why }),
  )
