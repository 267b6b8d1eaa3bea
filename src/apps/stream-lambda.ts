import { streamLambda } from '../adapters/dynamodb/stream-records.ts'
import { environment, hushSdk, readWakingConfig, type Settings } from '../config.ts'
import { executionId } from '../domain/execution.ts'
import { jobsIn, wake } from '../engine/wake.ts'
import { logger } from './log.ts'
import { neighbours } from './neighbours.ts'

let waker: ReturnType<typeof streamWaker> | undefined

/**
 * The entry of AWS Lambda: `dist/apps/stream-lambda.handler`, on the table's stream with ReportBatchItemFailures. One set of
 * connections serves for the life of the process. A configuration that is not whole fails every call, saying what it lacks.
 */
export const handler = async (event: unknown) => {
  hushSdk()
  waker ??= streamWaker(environment())
  return waker.handler(event)
}

/** Wakes the executions that changed. The bots read the stream as well, and tell the threads. */
export function streamWaker(settings: Settings) {
  const read = readWakingConfig(settings)
  if (read.kind === 'invalid')
    throw new Error(
      `The configuration is not complete:\n${read.problems.map((one) => `  ${one}`).join('\n')}`,
    )
  const log = logger(read.config.logLevel)
  // A Lambda sleeps once it has answered: what it rings for is rung before.
  const ringing: Promise<boolean>[] = []
  const { waking, queue, close } = neighbours(read.config, log, (_execution, record) =>
    ringing.push(queue.put(jobsIn(record))),
  )

  async function wakeOne(id: string): Promise<void> {
    try {
      await wake(executionId.parse(id), waking)
      await Promise.all(ringing.splice(0))
    } catch (error) {
      // Lambda hears which record is to come again, and nothing of why.
      log.error({ execution: id, error }, 'the stream could not wake an execution')
      throw error
    }
  }

  return {
    handler: streamLambda(async (ids) => {
      await Promise.all(ids.map(wakeOne))
    }),
    close,
  }
}
