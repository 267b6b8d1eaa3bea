import type { Logger } from 'pino'
import { ulid } from 'ulid'
import { awsClients } from '../adapters/aws/clients.ts'
import { awsRecovery } from '../adapters/aws/drs.ts'
import { awsDatabases } from '../adapters/aws/rds.ts'
import { awsDns } from '../adapters/aws/route53.ts'
import { awsAutomation } from '../adapters/aws/ssm.ts'
import { bullWorker } from '../adapters/bullmq/worker.ts'
import type { Config } from '../config.ts'
import { TASK_TYPES } from '../engine/task-types/index.ts'
import { wake } from '../engine/wake.ts'
import { type Working, work } from '../engine/work.ts'
import { neighbours, QUEUE_PREFIX } from './neighbours.ts'

/** How many attempts one process looks at side by side; a look takes seconds and waits mostly for AWS. */
const CONCURRENCY = 16

/** Takes jobs: starts, follows and stops work in AWS. Any number of them may run. */
export async function startWorker(config: Config, log: Logger): Promise<{ close(): Promise<void> }> {
  // Chat is told by the bots, which see each save in the table's stream.
  const around = neighbours(config, log, () => {})
  const { region, credentials, endpoints } = config.aws
  const clients = awsClients({
    region,
    endpoints,
    clock: around.clock,
    ...(credentials ? { credentials } : {}),
  })
  const working: Working = {
    keep: around.waking.keep,
    types: TASK_TYPES,
    clock: around.clock,
    log,
    newToken: () => ulid(),
    pollSeconds: config.pollSeconds,
    leaseSeconds: config.leaseSeconds,
    world: {
      clock: around.clock,
      recovery: awsRecovery(clients),
      automation: awsAutomation(clients),
      databases: awsDatabases(clients),
      dns: awsDns(clients),
    },
    ended: async (execution) => {
      await wake(execution.id, around.waking)
    },
    saved: () => {},
  }
  const worker = bullWorker({
    redisUrl: config.redisUrl,
    prefix: QUEUE_PREFIX,
    clock: around.clock,
    concurrency: CONCURRENCY,
    work: (job) => work(job, working),
    log,
  })
  log.info('worker takes jobs')
  return {
    async close() {
      await worker.close()
      await around.close()
    },
  }
}
