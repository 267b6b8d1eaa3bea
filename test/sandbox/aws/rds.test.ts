import {
  DBClusterNotFoundFault,
  DescribeDBClustersCommand,
  DescribeGlobalClustersCommand,
  FailoverDBClusterCommand,
  FailoverGlobalClusterCommand,
  GlobalClusterNotFoundFault,
  InvalidDBInstanceStateFault,
  InvalidGlobalClusterStateFault,
  RDSClient,
  SwitchoverGlobalClusterCommand,
} from '@aws-sdk/client-rds'
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts'
import { failureOf, practise, rule } from './practice.ts'

const EAST = 'arn:aws:rds:us-east-1:111122223333:cluster:payments-db-use1'
const WEST = 'arn:aws:rds:us-west-2:111122223333:cluster:payments-db-usw2'
const move = { GlobalClusterIdentifier: 'payments-db', TargetDbClusterIdentifier: WEST }

async function rdsGround(scenario: Scenario = []) {
  const ground = await practise({ scenario })
  const rds = ground.client(RDSClient)
  const globalCluster = async () => {
    const describe = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: 'payments-db' })
    return (await rds.send(describe)).GlobalClusters?.[0]
  }
  const writer = async () => (await globalCluster())?.GlobalClusterMembers?.find(({ IsWriter }) => IsWriter)
  return { ...ground, rds, globalCluster, writer }
}

describe('a global cluster', () => {
  test('switches over: the writer changes at the end, and nothing else moves meanwhile', async () => {
    const { rds, globalCluster, writer, passAwsMinutes } = await rdsGround()
    expect(await globalCluster()).toMatchObject({ Status: 'available' })
    await rds.send(new SwitchoverGlobalClusterCommand(move))
    passAwsMinutes(1)
    expect(await globalCluster()).toMatchObject({
      Status: 'switching-over',
      FailoverState: {
        Status: 'failing-over',
        FromDbClusterArn: EAST,
        ToDbClusterArn: WEST,
        IsDataLossAllowed: false,
      },
    })
    expect(await writer()).toMatchObject({ DBClusterArn: EAST })
    const again = rds.send(new SwitchoverGlobalClusterCommand(move))
    expect(await failureOf(again)).toBeInstanceOf(InvalidGlobalClusterStateFault)

    passAwsMinutes(3)
    const moved = await globalCluster()
    expect(moved).toMatchObject({ Status: 'available' })
    expect(moved?.FailoverState).toBeUndefined()
    expect(await writer()).toMatchObject({ DBClusterArn: WEST, Readers: [EAST] })
    const there = rds.send(new SwitchoverGlobalClusterCommand(move))
    expect(await failureOf(there)).toBeInstanceOf(InvalidGlobalClusterStateFault)
  })

  test('fails over with the data loss that was allowed', async () => {
    const { rds, globalCluster, writer, passAwsMinutes } = await rdsGround()
    await rds.send(new FailoverGlobalClusterCommand({ ...move, AllowDataLoss: true }))
    expect(await globalCluster()).toMatchObject({
      Status: 'failing-over',
      FailoverState: { Status: 'pending', IsDataLossAllowed: true },
    })
    passAwsMinutes(2)
    expect(await writer()).toMatchObject({ DBClusterArn: WEST })
  })

  test('fails over without a word about data loss as a switchover', async () => {
    const { rds, globalCluster } = await rdsGround()
    await rds.send(new FailoverGlobalClusterCommand(move))
    expect(await globalCluster()).toMatchObject({ Status: 'switching-over' })
    const both = rds.send(
      new FailoverGlobalClusterCommand({ ...move, AllowDataLoss: true, Switchover: true }),
    )
    expect(await failureOf(both)).toMatchObject({ name: 'InvalidParameterCombination' })
  })

  test('ends where it began when the scenario lets a failover fail', async () => {
    const { rds, globalCluster, writer, passAwsMinutes } = await rdsGround([
      rule({ cluster: 'payments-db' }, { failoverFails: true }, { times: 1 }),
    ])
    await rds.send(new SwitchoverGlobalClusterCommand(move))
    passAwsMinutes(4)
    expect(await globalCluster()).toMatchObject({ Status: 'available' })
    expect(await writer()).toMatchObject({ DBClusterArn: EAST })
    await rds.send(new SwitchoverGlobalClusterCommand(move))
    passAwsMinutes(4)
    expect(await writer()).toMatchObject({ DBClusterArn: WEST })
  })

  test('must exist, and so must the target', async () => {
    const { rds } = await rdsGround()
    const unknown = rds.send(
      new SwitchoverGlobalClusterCommand({ ...move, GlobalClusterIdentifier: 'nothing-db' }),
    )
    expect(await failureOf(unknown)).toBeInstanceOf(GlobalClusterNotFoundFault)
    const nowhere = rds.send(
      new SwitchoverGlobalClusterCommand({ ...move, TargetDbClusterIdentifier: `${WEST}x` }),
    )
    expect(await failureOf(nowhere)).toBeInstanceOf(DBClusterNotFoundFault)
  })

  test('is not filtered by what the practice ground does not understand', async () => {
    const { rds } = await rdsGround()
    const filtered = new DescribeGlobalClustersCommand({ Filters: [{ Name: 'engine', Values: ['sample'] }] })
    expect(await failureOf(rds.send(filtered))).toMatchObject({ name: 'InvalidParameterValue' })
  })

  test('is listed with the others of the account', async () => {
    const { rds } = await rdsGround()
    const { GlobalClusters } = await rds.send(new DescribeGlobalClustersCommand({}))
    const ids = GlobalClusters?.map(({ GlobalClusterIdentifier }) => GlobalClusterIdentifier)
    expect(ids).toEqual(['payments-db', 'storefront-db'])
  })
})

describe('a cluster', () => {
  test('is seen in its own Region only, and writes only where the global cluster does', async () => {
    const { client } = await rdsGround()
    const describe = new DescribeDBClustersCommand({ DBClusterIdentifier: 'payments-db-use1' })
    const { DBClusters } = await client(RDSClient, { region: 'us-east-1' }).send(describe)
    const writers = DBClusters?.[0]?.DBClusterMembers?.map(({ IsClusterWriter }) => IsClusterWriter)
    expect(writers).toEqual([true, false])
    expect(await failureOf(client(RDSClient).send(describe))).toBeInstanceOf(DBClusterNotFoundFault)
  })

  test('fails over to the instance that was named, and then back when it is not', async () => {
    const { client, passAwsMinutes } = await rdsGround()
    const rds = client(RDSClient, { region: 'us-east-1' })
    const DBClusterIdentifier = 'payments-db-use1'
    const writer = async () => {
      const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }))
      return DBClusters?.[0]?.DBClusterMembers?.find(({ IsClusterWriter }) => IsClusterWriter)
        ?.DBInstanceIdentifier
    }
    const named = { DBClusterIdentifier, TargetDBInstanceIdentifier: 'payments-db-use1-2' }
    const started = await rds.send(new FailoverDBClusterCommand(named))
    expect(started.DBCluster).toMatchObject({ Status: 'failing-over' })
    passAwsMinutes(1)
    expect(await writer()).toBe('payments-db-use1-2')
    expect(await failureOf(rds.send(new FailoverDBClusterCommand(named)))).toBeInstanceOf(
      InvalidDBInstanceStateFault,
    )

    // Repeating the call without a target is a second failover: why Lifeboat always names one.
    await rds.send(new FailoverDBClusterCommand({ DBClusterIdentifier }))
    passAwsMinutes(1)
    expect(await writer()).toBe('payments-db-use1-1')
  })
})
