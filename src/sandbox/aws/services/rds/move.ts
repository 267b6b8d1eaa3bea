import { z } from 'zod'
import type { Application, Estate } from '../../estate.ts'
import { isPast } from '../../moment.ts'
import type { Concerns, Context } from '../../operation.ts'

/** The writer of a database goes from one place to another: from cluster to cluster, or between a cluster's instances. */
export const moveSchema = z.object({
  kind: z.enum(['switchover', 'failover', 'instance']),
  /** The global cluster's id, or for `instance` the cluster's. */
  of: z.string(),
  from: z.string(),
  to: z.string(),
  startedAt: z.string(),
  endsAt: z.string(),
  /** It ends where it began. */
  fails: z.boolean(),
})

export type Move = z.output<typeof moveSchema>
export type Database = Application['database']
export type Cluster = Database['members'][number] & { readonly arn: string }

/** The global clusters of the caller's account. */
export const databasesOf = ({ estate, caller }: Context): Database[] =>
  estate.applications.filter(({ account }) => account === caller.account).map(({ database }) => database)

export const clustersOf = (database: Database, account: string): Cluster[] =>
  database.members.map((member) => ({ ...member, arn: clusterArn(member.region, account, member.id) }))

const clusterArn = (region: string, account: string, id: string): string =>
  `arn:aws:rds:${region}:${account}:cluster:${id}`

/** Where the writer is now: where the last finished move left it. */
export function writerOf(of: string, first: string, { world, now }: Context): string {
  const finished = world.moves.filter((move) => move.of === of && !move.fails && isPast(move.endsAt, now))
  return finished.at(-1)?.to ?? first
}

export const moveUnderWay = (of: string, { world, now }: Context): Move | undefined =>
  world.moves.find((move) => move.of === of && !isPast(move.endsAt, now))

/** What is called so, under every name that a rule may use. A global cluster is all of its clusters as well. */
export function concerning(name: string | undefined, { applications }: Estate): Concerns {
  for (const { account, database } of applications) {
    const clusters = clustersOf(database, account)
    if (database.id === name) return { cluster: [name, ...clusters.flatMap(({ id, arn }) => [id, arn])] }
    const cluster = clusters.find(({ id, arn }) => id === name || arn === name)
    if (cluster) return { cluster: [cluster.id, cluster.arn, database.id] }
  }
  return {}
}
