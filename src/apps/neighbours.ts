import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Logger } from 'pino'
import { bullQueue } from '../adapters/bullmq/queue.ts'
import { dynamoExecutions } from '../adapters/dynamodb/executions.ts'
import { dynamoPlans } from '../adapters/dynamodb/plans.ts'
import { systemClock } from '../adapters/system/clock.ts'
import type { WakingConfig } from '../config.ts'
import { keep, type OnSaved } from '../engine/keep.ts'
import type { Waking } from '../engine/wake.ts'
import type { Clock } from '../ports/clock.ts'

/** The prefix of our keys in Redis, so that it may be shared. */
export const QUEUE_PREFIX = 'lifeboat'

/** The SDK waits for ever by itself, and a sweep that hangs is never followed by another one. */
const PATIENCE = { connectionTimeout: 3_000, requestTimeout: 3_000, throwOnRequestTimeout: true }

/** What bot, worker and stream Lambda have in common: the store, the queue, and the engine's waking over them. `saved` rings for what was started. */
export function neighbours(config: WakingConfig, log: Logger, saved: OnSaved, clock: Clock = systemClock) {
  const { region, credentials, endpoints, table } = config.aws
  const client = (service: string) => {
    const endpoint = endpoints[service] ?? endpoints.all
    return {
      region,
      requestHandler: PATIENCE,
      ...(credentials ? { credentials } : {}),
      ...(endpoint ? { endpoint } : {}),
    }
  }
  const dynamo = new DynamoDBClient(client('dynamodb'))
  const streams = new DynamoDBStreamsClient(client('dynamodb_streams'))
  const documents = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } })
  const store = dynamoExecutions(documents, table)
  const plans = dynamoPlans(documents, table)
  const queue = bullQueue({ redisUrl: config.redisUrl, prefix: QUEUE_PREFIX, clock, log })
  const waking: Waking = { keep: keep(store, clock, saved), index: store, queue, clock, log }
  return {
    dynamo,
    documents,
    streams,
    clock,
    store,
    plans,
    queue,
    waking,
    async close() {
      await queue.close()
      dynamo.destroy()
      streams.destroy()
    },
  }
}
