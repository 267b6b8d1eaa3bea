import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { GlobalCluster } from '../../ports/aws.ts'
import { FinalFailure } from '../../ports/failure.ts'
import { targetInputs, targetOf } from './target.ts'
import type { Attempt, Checked, TaskType } from './task-type.ts'

const inputs = z.strictObject({
  global_cluster: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,62}$/, 'expected the id of a global cluster'),
  target_cluster: z
    .string()
    .regex(
      /^arn:aws(-[a-z]+)*:rds:[a-z0-9-]+:\d{12}:cluster:[A-Za-z0-9-]+$/,
      'expected the ARN of the cluster that becomes the writer',
    ),
  /** Without it nothing is lost, but the present writer must be healthy. */
  allow_data_loss: z.boolean().default(false),
  ...targetInputs,
})
type Inputs = z.output<typeof inputs>

/** A move that was ordered shows in the cluster's state within this time; after it, an unchanged writer is a failure. */
const SETTLE_SECONDS = 60

/** Moves the writer of a global database. AWS has no token for it: the cluster is read before each order. */
export const databaseFailover: TaskType<Inputs> = {
  type: 'database_failover',
  title: () => say().work.title.database_failover,
  inputs,
  timeoutMinutes: 60,
  expectedMinutes: () => 5,
  // A second order to the same target is refused by RDS while the first one is under way, and after it.
  quietSeconds: 0,

  describe: ({ global_cluster, target_cluster, allow_data_loss }, mode) => {
    const { drill, withLoss, withoutLoss } = say().work.database
    const saying = mode === 'drill' ? drill : allow_data_loss ? withLoss : withoutLoss
    return saying(global_cluster, nameOf(target_cluster))
  },

  async start(attempt) {
    const { global_cluster: id, target_cluster: to, allow_data_loss: allowDataLoss } = attempt.inputs
    if (attempt.mode === 'drill') return [id]
    const cluster = await clusterOf(attempt)
    if (!isThere(cluster, to) && cluster.movingTo !== to) {
      await attempt.world.databases.move(targetOf(attempt.inputs), { id, to, allowDataLoss })
    }
    return [id]
  },

  async find(attempt) {
    const { global_cluster: id, target_cluster: to } = attempt.inputs
    if (attempt.mode === 'drill') return [[id]]
    const cluster = await clusterOf(attempt)
    return isThere(cluster, to) || cluster.movingTo === to ? [[id]] : []
  },

  async check(attempt, { detail }) {
    const cluster = await clusterOf(attempt)
    const { global_cluster: id, target_cluster: to } = attempt.inputs
    if (attempt.mode === 'drill') return checkedOnly(cluster, to)
    if (isThere(cluster, to))
      return { kind: 'completed', summary: say().outcome.database.moved(id, nameOf(to)), lines: [] }
    const since = attempt.world.clock.now().getTime() - Date.parse(attempt.origin.intendedAt)
    if (cluster.movingTo === undefined && (detail.moving === true || since > SETTLE_SECONDS * 1000)) {
      const { notMoved } = say().outcome.database
      const message = notMoved(id, nameOf(cluster.writer), nameOf(to), cluster.status)
      return { kind: 'failed', message, lines: [] }
    }
    const moving = cluster.movingTo !== undefined
    const lines =
      moving && detail.moving !== true ? [say().outcome.database.moving(id, cluster.status, nameOf(to))] : []
    return { kind: 'running', detail: { status: cluster.status, moving }, lines }
  },

  cancel: async ({ inputs: { global_cluster }, mode }) => {
    const { nothingMoved, cannotStop } = say().outcome.database
    return mode === 'drill' ? nothingMoved : cannotStop(global_cluster)
  },
}

function checkedOnly(cluster: GlobalCluster, to: string): Checked {
  const healthy = cluster.status === 'available' && cluster.movingTo === undefined
  const { standing, notNow, checked } = say().outcome.database
  const stands = standing(cluster.id, cluster.status, nameOf(cluster.writer))
  if (!healthy) return { kind: 'failed', message: notNow(stands), lines: [] }
  return { kind: 'completed', summary: checked(stands, nameOf(to)), lines: [] }
}

async function clusterOf({ inputs: wanted, world }: Attempt<Inputs>): Promise<GlobalCluster> {
  const { global_cluster: id, target_cluster: to } = wanted
  const cluster = await world.databases.cluster(targetOf(wanted), id)
  const { noCluster, noMember } = say().outcome.database
  if (!cluster) throw new FinalFailure(noCluster(id))
  if (cluster.members.includes(to)) return cluster
  const members = cluster.members.map(nameOf).join(', ')
  throw new FinalFailure(noMember(to, id, members))
}

const isThere = (cluster: GlobalCluster, to: string): boolean =>
  cluster.writer === to && cluster.movingTo === undefined

const nameOf = (arn: string): string => arn.split(':').at(-1) || 'unknown'
