import type { Logger } from 'pino'
import { ulid } from 'ulid'
import { awsClients } from '../adapters/aws/clients.ts'
import { awsServices } from '../adapters/aws/services.ts'
import { bullWorker } from '../adapters/bullmq/worker.ts'
import { systemClock } from '../adapters/system/clock.ts'
import type { Config } from '../config.ts'
import type { ChangeRecord } from '../domain/change.ts'
import type { Execution } from '../domain/execution.ts'
import { byHand } from '../engine/by-hand.ts'
import type { Working } from '../engine/look.ts'
import { TASK_TYPES } from '../engine/task-types/index.ts'
import { jobsIn, type Waking } from '../engine/wake.ts'
import { crashed, work } from '../engine/work.ts'
import type { Clock } from '../ports/clock.ts'
import type { Job } from '../ports/job-queue.ts'
import { speak } from './language.ts'
import { neighbours, QUEUE_PREFIX } from './neighbours.ts'
import { sweeping } from './sweeping.ts'

/** How many attempts one process looks at side by side; a look takes seconds and waits mostly for AWS. */
const CONCURRENCY = 16

/**
 * Takes jobs: starts, follows and stops work in AWS. Any number of them may run. It sweeps as well, so that runs go on while
 * Redis is away. `exit` is called when it can take no jobs any more and only a new process may help.
 */
export async function startWorker(
  config: Config,
  log: Logger,
  { exit = () => process.exit(1), clock = systemClock }: { exit?: () => void; clock?: Clock } = {},
): Promise<{ close(): Promise<void> }> {
  speak(config.language)
  // Chat is told by the bots, which see each save in the table's stream.
  const rung = (_execution: Execution, record: ChangeRecord) => waking.queue.put(jobsIn(record))
  const around = neighbours(config, log, rung, clock)
  const { region, credentials, endpoints } = config.aws
  const clients = awsClients({
    region,
    endpoints,
    clock,
    ...(credentials ? { credentials } : {}),
  })
  const working: Working = {
    keep: around.waking.keep,
    index: around.store,
    types: TASK_TYPES,
    clock,
    log,
    newToken: () => ulid(),
    pollSeconds: config.pollSeconds,
    leaseSeconds: config.leaseSeconds,
    world: {
      clock,
      ...awsServices(clients),
    },
  }
  const look = (job: Job) => work(job, working)
  const { queue } = around
  const waking: Waking = { ...around.waking, queue: byHand({ queue, work: look, clock, log }) }
  const worker = bullWorker({
    redisUrl: config.redisUrl,
    prefix: QUEUE_PREFIX,
    clock,
    concurrency: CONCURRENCY,
    work: look,
    onCrashed: (job) => crashed(job, working),
    exit,
    log,
  })
  const sweeps = sweeping(waking, () => {})
  log.info('worker takes jobs')
  return {
    async close() {
      await Promise.all([sweeps.close(), worker.close(), waking.queue.close()])
      await around.close()
    },
  }
}
