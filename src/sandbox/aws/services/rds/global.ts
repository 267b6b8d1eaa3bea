import type { FailoverGlobalClusterResult, GlobalCluster, GlobalClustersMessage } from '@aws-sdk/client-rds'
import { z } from 'zod'
import type { Estate } from '../../estate.ts'
import { idOf, shareOf } from '../../identity.ts'
import { isPast, later } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { pageOf } from '../../page.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import { clustersOf, concerning, type Database, databasesOf, moveUnderWay, writerOf } from './move.ts'
import { badMarker, flag, paging } from './paging.ts'

const describeInput = z.strictObject({ GlobalClusterIdentifier: z.string().optional(), ...paging })
const moveInput = z.strictObject({
  GlobalClusterIdentifier: z.string(),
  TargetDbClusterIdentifier: z.string(),
})
const failoverInput = moveInput.extend({ AllowDataLoss: flag, Switchover: flag })

/** AWS seconds: the least, and how much longer it may take. */
const DURATIONS = { switchover: [120, 60], failover: [60, 60] } as const
const SECONDS_PENDING = 5

function describe(
  wanted: z.output<typeof describeInput>,
  context: Context,
): GlobalClustersMessage | AwsRefusal {
  const { GlobalClusterIdentifier: id } = wanted
  const found = databasesOf(context).filter((database) => id === undefined || database.id === id)
  if (id !== undefined && found.length === 0) return notFound(id)
  const page = pageOf(found, wanted.MaxRecords, wanted.Marker)
  if (page === 'bad-token') return badMarker(wanted.Marker)
  return { Marker: page.next, GlobalClusters: page.items.map((database) => view(database, context)) }
}

function move(
  kind: 'switchover' | 'failover',
  { GlobalClusterIdentifier: id, TargetDbClusterIdentifier: target }: z.output<typeof moveInput>,
  context: Context,
): FailoverGlobalClusterResult | AwsRefusal {
  const { world, now, speed, caller } = context
  const database = databasesOf(context).find((known) => known.id === id)
  if (!database) return notFound(id)
  const clusters = clustersOf(database, caller.account)
  const to = clusters.find(({ arn }) => arn === target)
  if (!to) return refuse('DBClusterNotFoundFault', `DBCluster ${target} not found.`, { status: 404 })

  const underWay = moveUnderWay(id, context)
  if (underWay) return invalidState(`Global cluster ${id} is in state ${statusOf(underWay)}.`)
  const from = writerOf(id, clusters[0]?.arn ?? '', context)
  if (from === target) return invalidState(`${target} is already the primary cluster of ${id}.`)
  const inside = clusters.find((cluster) => moveUnderWay(cluster.id, context))
  if (inside) return refuse('InvalidDBClusterStateFault', `DBCluster ${inside.id} is not in available state.`)

  const [least, spread] = DURATIONS[kind]
  const startedAt = now.toISOString()
  const endsAt = later(startedAt, least + spread * shareOf(`${kind} ${id}`), speed)
  const fails = context.fate('failoverFails', concerning(id, context.estate))
  world.moves.push({ kind, of: id, from, to: target, startedAt, endsAt, fails: fails !== undefined })
  return { GlobalCluster: view(database, context) }
}

function failover(input: z.output<typeof failoverInput>, context: Context) {
  if (input.AllowDataLoss && input.Switchover)
    return refuse('InvalidParameterCombination', 'AllowDataLoss and Switchover exclude each other.')
  // Neither given means a switchover, as AWS has it: data is never lost by leaving something out.
  return move(input.AllowDataLoss ? 'failover' : 'switchover', input, context)
}

function view(database: Database, context: Context): GlobalCluster {
  const { caller, speed, now } = context
  const clusters = clustersOf(database, caller.account)
  const underWay = moveUnderWay(database.id, context)
  const writer = writerOf(database.id, clusters[0]?.arn ?? '', context)
  return {
    GlobalClusterIdentifier: database.id,
    GlobalClusterResourceId: `cluster-${idOf(database.id, 16)}`,
    GlobalClusterArn: `arn:aws:rds::${caller.account}:global-cluster:${database.id}`,
    Status: underWay ? statusOf(underWay) : 'available',
    Engine: 'aurora-postgresql',
    EngineVersion: '16.4',
    StorageEncrypted: true,
    DeletionProtection: true,
    GlobalClusterMembers: clusters.map(({ arn }) => ({
      DBClusterArn: arn,
      Readers: arn === writer ? clusters.map((other) => other.arn).filter((other) => other !== writer) : [],
      IsWriter: arn === writer,
      SynchronizationStatus: 'connected',
    })),
    FailoverState: underWay && {
      Status: isPast(later(underWay.startedAt, SECONDS_PENDING, speed), now) ? 'failing-over' : 'pending',
      FromDbClusterArn: underWay.from,
      ToDbClusterArn: underWay.to,
      IsDataLossAllowed: underWay.kind === 'failover',
    },
  }
}

const statusOf = ({ kind }: { kind: string }): string =>
  kind === 'switchover' ? 'switching-over' : 'failing-over'

const invalidState = (message: string): AwsRefusal => refuse('InvalidGlobalClusterStateFault', message)

const notFound = (id: string): AwsRefusal =>
  refuse('GlobalClusterNotFoundFault', `Global cluster ${id} not found.`, { status: 404 })

const concerns = (input: { GlobalClusterIdentifier?: string | undefined }, estate: Estate) =>
  concerning(input.GlobalClusterIdentifier, estate)

export const describeGlobalClusters = operation({ input: describeInput, concerns, run: describe })

export const switchoverGlobalCluster = operation({
  input: moveInput,
  changes: true,
  concerns,
  run: (input, context) => move('switchover', input, context),
})

export const failoverGlobalCluster = operation({
  input: failoverInput,
  changes: true,
  concerns,
  run: failover,
})
