import type { DBCluster, DBClusterMessage, FailoverDBClusterResult } from '@aws-sdk/client-rds'
import { z } from 'zod'
import type { Estate } from '../../estate.ts'
import { shareOf } from '../../identity.ts'
import { later } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { pageOf } from '../../page.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import {
  type Cluster,
  clustersOf,
  concerning,
  type Database,
  databasesOf,
  moveUnderWay,
  writerOf,
} from './move.ts'
import { badMarker, flag, paging } from './paging.ts'

const describeInput = z.strictObject({
  DBClusterIdentifier: z.string().optional(),
  IncludeShared: flag,
  ...paging,
})
const failoverInput = z.strictObject({
  DBClusterIdentifier: z.string(),
  TargetDBInstanceIdentifier: z.string().optional(),
})

/** AWS seconds: the least, and how much longer it may take. */
const DURATION = [30, 30] as const

interface Place {
  readonly cluster: Cluster
  readonly database: Database
  /** Its instance that writes, or would if the cluster became the writer of the global cluster. */
  readonly primary: string
}

/** The clusters of the caller's account in the Region that was called. */
function placesOf(context: Context): Place[] {
  const { caller, region } = context
  return databasesOf(context).flatMap((database) =>
    clustersOf(database, caller.account)
      .filter((cluster) => cluster.region === region)
      .map((cluster) => ({
        cluster,
        database,
        primary: writerOf(cluster.id, cluster.instances[0] ?? '', context),
      })),
  )
}

const isCalled = ({ cluster }: Place, name: string): boolean => cluster.id === name || cluster.arn === name

function describe(wanted: z.output<typeof describeInput>, context: Context): DBClusterMessage | AwsRefusal {
  const { DBClusterIdentifier: id } = wanted
  const found = placesOf(context).filter((place) => id === undefined || isCalled(place, id))
  if (id !== undefined && found.length === 0) return notFound(id)
  const page = pageOf(found, wanted.MaxRecords, wanted.Marker)
  if (page === 'bad-token') return badMarker(wanted.Marker)
  return { Marker: page.next, DBClusters: page.items.map((place) => view(place, context)) }
}

function failover(
  wanted: z.output<typeof failoverInput>,
  context: Context,
): FailoverDBClusterResult | AwsRefusal {
  const { world, now, speed } = context
  const { DBClusterIdentifier: id, TargetDBInstanceIdentifier: target } = wanted
  const place = placesOf(context).find((known) => isCalled(known, id))
  if (!place) return notFound(id)
  const { cluster, database, primary } = place
  if (moveUnderWay(cluster.id, context) || moveUnderWay(database.id, context))
    return refuse('InvalidDBClusterStateFault', `DBCluster ${cluster.id} is not in available state.`)
  const to = target ?? cluster.instances.find((instance) => instance !== primary)
  if (!to || !cluster.instances.includes(to))
    return refuse(
      'InvalidDBInstanceState',
      `There is no instance ${target ?? ''} to fail over to in ${cluster.id}.`,
    )
  if (to === primary) return refuse('InvalidDBInstanceState', `${to} is already the writer of ${cluster.id}.`)

  const startedAt = now.toISOString()
  const endsAt = later(startedAt, DURATION[0] + DURATION[1] * shareOf(cluster.id), speed)
  const fails = context.fate('failoverFails', concerning(cluster.id, context.estate))
  world.moves.push({
    kind: 'instance',
    of: cluster.id,
    from: primary,
    to,
    startedAt,
    endsAt,
    fails: fails !== undefined,
  })
  return { DBCluster: view(place, context) }
}

function view({ cluster, database, primary }: Place, context: Context): DBCluster {
  const { caller } = context
  const arns = clustersOf(database, caller.account).map(({ arn }) => arn)
  const isWriter = writerOf(database.id, arns[0] ?? '', context) === cluster.arn
  const moving = moveUnderWay(cluster.id, context) ?? moveUnderWay(database.id, context)
  const host = `${cluster.region}.rds.example.com`
  return {
    DBClusterIdentifier: cluster.id,
    DBClusterArn: cluster.arn,
    Status: !moving ? 'available' : moving.kind === 'switchover' ? 'switching-over' : 'failing-over',
    Engine: 'aurora-postgresql',
    EngineVersion: '16.4',
    EngineMode: 'provisioned',
    GlobalClusterIdentifier: database.id,
    Endpoint: `${cluster.id}.cluster.${host}`,
    ReaderEndpoint: `${cluster.id}.cluster-ro.${host}`,
    Port: 5432,
    MultiAZ: true,
    // A secondary cluster only reads, whatever its instances are.
    DBClusterMembers: cluster.instances.map((instance, tier) => ({
      DBInstanceIdentifier: instance,
      IsClusterWriter: isWriter && instance === primary,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: tier,
    })),
  }
}

const notFound = (id: string): AwsRefusal =>
  refuse('DBClusterNotFoundFault', `DBCluster ${id} not found.`, { status: 404 })

const concerns = (input: { DBClusterIdentifier?: string | undefined }, estate: Estate) =>
  concerning(input.DBClusterIdentifier, estate)

export const describeDBClusters = operation({ input: describeInput, concerns, run: describe })

export const failoverDBCluster = operation({
  input: failoverInput,
  changes: true,
  concerns,
  run: failover,
})
