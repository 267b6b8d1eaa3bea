import { setTimeout } from 'node:timers/promises'
import {
  type CancellationReason,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'

export type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>

/** `refused`: nothing was written; a reason for each write, in their order. */
export type Transacted = { kind: 'written' } | { kind: 'refused'; reasons: readonly CancellationReason[] }

// A conflict says that somebody is at the items this moment, not that he wins: asked again soon, the conditions decide.
const TRIES = 6
const LONGEST_PAUSE_MILLISECONDS = 50

/** One transaction. Answers only what its conditions say; the SDK's other errors pass through as they are. */
export async function transact(client: DynamoDBDocumentClient, writes: Writes): Promise<Transacted> {
  try {
    await withoutConflict(() => client.send(new TransactWriteCommand({ TransactItems: writes })))
    return { kind: 'written' }
  } catch (error) {
    return refusal(error)
  }
}

/** Asks again while another transaction is at the same items. */
export async function withoutConflict<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call()
    } catch (error) {
      if (!isPassing(error)) throw error
      if (tries === TRIES)
        throw new TransientFailure(
          `DynamoDB is busy with the same items: ${tries} tries of one transaction met others.`,
          undefined,
          { cause: error },
        )
      await setTimeout(Math.random() * LONGEST_PAUSE_MILLISECONDS * tries)
    }
  }
}

export const conditionFailed = (reason: CancellationReason | undefined): boolean =>
  reason?.Code === 'ConditionalCheckFailed'

const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])

const isPassing = (error: unknown): boolean =>
  error instanceof TransactionInProgressException ||
  (error instanceof TransactionCanceledException &&
    !reasonsOf(error).some(conditionFailed) &&
    reasonsOf(error).some(({ Code }) => Code !== undefined && PASSING.has(Code)))

function refusal(error: unknown): Transacted {
  if (!(error instanceof TransactionCanceledException)) throw error
  const reasons = reasonsOf(error)
  if (reasons.some(conditionFailed)) return { kind: 'refused', reasons }
  throw new FinalFailure(`DynamoDB refused a transaction: ${error.message}`, { cause: error })
}

const reasonsOf = (error: TransactionCanceledException) => error.CancellationReasons ?? []
