import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { type ExecutionId, executionId } from '../../domain/execution.ts'
import { TransientFailure } from '../../ports/failure.ts'
import { asking } from './failure.ts'
import { executionIn, headKey } from './keys.ts'

// BatchGetItem takes no more keys.
const KEYS_PER_CALL = 100
/** What DynamoDB left out of an answer is asked for again, so often; the next sweep asks anew anyway. */
const TRIES = 5

const item = z.object({ pk: z.string(), version: z.number() })

/**
 * The versions on the heads, read consistently, a hundred to a request. A head that cannot be read is left out: whoever loads
 * that run hears of it, and the others go on.
 */
export async function versionsOf(
  client: DynamoDBDocumentClient,
  table: string,
  ids: readonly ExecutionId[],
): Promise<ReadonlyMap<ExecutionId, number>> {
  const found = new Map<ExecutionId, number>()
  for (let from = 0; from < ids.length; from += KEYS_PER_CALL) {
    let keys: Record<string, unknown>[] = ids.slice(from, from + KEYS_PER_CALL).map(headKey)
    for (let tries = 0; keys.length > 0; tries++) {
      if (tries === TRIES)
        throw new TransientFailure('DynamoDB left some executions out of each of its answers.')
      const asked = { [table]: { Keys: keys, ConsistentRead: true, ProjectionExpression: 'pk, version' } }
      const { Responses, UnprocessedKeys } = await asking('read the versions of the executions', () =>
        client.send(new BatchGetCommand({ RequestItems: asked })),
      )
      for (const answered of Responses?.[table] ?? []) {
        const head = item.safeParse(answered).data
        if (head) found.set(executionId.parse(executionIn(head.pk)), head.version)
      }
      keys = UnprocessedKeys?.[table]?.Keys ?? []
    }
  }
  return found
}
