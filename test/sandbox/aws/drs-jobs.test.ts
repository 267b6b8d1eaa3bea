import {
  ConflictException,
  DescribeJobLogItemsCommand,
  DescribeRecoverySnapshotsCommand,
  DescribeSourceServersCommand,
  ResourceNotFoundException,
  StartRecoveryCommand,
} from '@aws-sdk/client-drs'
import { describe, expect, test } from 'vitest'
import { drsGround, server } from './drs-ground.ts'
import { failureOf, rule } from './practice.ts'

describe('a recovery job', () => {
  test('is pending, then started, then completed with every server launched', async () => {
    const { start, job, launchStatuses, passAwsMinutes } = await drsGround()
    const id = await start([1, 2], { isDrill: true, tags: { 'lifeboat:task': 'launch' } })
    expect(id).toMatch(/^drsjob-[0-9a-zA-Z]{17}$/)
    expect(await job(id)).toMatchObject({
      status: 'PENDING',
      type: 'LAUNCH',
      initiatedBy: 'START_DRILL',
      tags: { 'lifeboat:task': 'launch' },
    })
    expect(await launchStatuses(id)).toEqual(['PENDING', 'PENDING'])

    passAwsMinutes(1)
    expect(await job(id)).toMatchObject({ status: 'STARTED' })
    expect(await launchStatuses(id)).toEqual(['IN_PROGRESS', 'IN_PROGRESS'])

    passAwsMinutes(20)
    const ended = await job(id)
    expect(ended).toMatchObject({ status: 'COMPLETED' })
    expect(await launchStatuses(id)).toEqual(['LAUNCHED', 'LAUNCHED'])
    const seconds = (Date.parse(ended?.endDateTime ?? '') - Date.parse(ended?.creationDateTime ?? '')) / 1000
    expect(seconds).toBeGreaterThanOrEqual(15)
    expect(seconds).toBeLessThanOrEqual(20)
  })

  test('writes its log as time passes', async () => {
    const { start, events, passAwsMinutes } = await drsGround()
    const id = await start([1])
    expect(await events(id)).toEqual([])
    passAwsMinutes(1)
    expect(await events(id)).toEqual(['JOB_START', 'SNAPSHOT_START'])
    passAwsMinutes(20)
    expect(await events(id)).toEqual([
      'JOB_START',
      'SNAPSHOT_START',
      'SNAPSHOT_END',
      'CONVERSION_START',
      'CONVERSION_END',
      'LAUNCH_START',
      'JOB_END',
    ])
  })

  test('leaves recovery instances, and its traces at the source server', async () => {
    const { drs, start, instances, passAwsMinutes } = await drsGround()
    const id = await start([1])
    expect(await instances()).toEqual([])
    passAwsMinutes(20)
    expect(await instances()).toMatchObject([
      { sourceServerID: server(1), jobID: id, isDrill: false, ec2InstanceState: 'RUNNING' },
    ])
    const { items } = await drs.send(
      new DescribeSourceServersCommand({ filters: { sourceServerIDs: [server(1), server(2)] } }),
    )
    expect(items).toMatchObject([
      {
        tags: { Name: 'payments-app-1', application: 'payments', tier: 'app' },
        lastLaunchResult: 'SUCCEEDED',
        recoveryInstanceId: (await instances())[0]?.recoveryInstanceID,
        lifeCycle: { lastLaunch: { status: 'LAUNCHED', initiated: { jobID: id, type: 'RECOVERY' } } },
        dataReplicationInfo: { dataReplicationState: 'CONTINUOUS', lagDuration: 'PT0S' },
      },
      { lastLaunchResult: 'NOT_STARTED' },
    ])
  })

  test('replaces the recovery instance of an earlier one', async () => {
    const { start, events, instances, passAwsMinutes } = await drsGround()
    await start([1])
    passAwsMinutes(20)
    const [first] = await instances()
    const again = await start([1])
    passAwsMinutes(2)
    expect(await instances()).toEqual([])
    passAwsMinutes(20)
    const [second] = await instances()
    expect(second?.recoveryInstanceID).not.toBe(first?.recoveryInstanceID)
    expect((await events(again))?.slice(0, 3)).toEqual(['JOB_START', 'CLEANUP_START', 'CLEANUP_END'])
  })

  test('launches from a chosen point in time', async () => {
    const { drs, instances, passAwsMinutes } = await drsGround()
    const listed = await drs.send(
      new DescribeRecoverySnapshotsCommand({ sourceServerID: server(1), order: 'DESC', maxResults: 3 }),
    )
    expect(listed.items?.map(({ timestamp }) => timestamp)).toEqual([
      '2026-01-08T12:00:00.000Z',
      '2026-01-08T11:50:00.000Z',
      '2026-01-08T11:40:00.000Z',
    ])
    expect(listed.nextToken).toBeDefined()
    const recoverySnapshotID = listed.items?.[2]?.snapshotID
    const unknown = { sourceServerID: server(1), recoverySnapshotID: 'pit-00000000000000000' }
    const failure = await failureOf(drs.send(new StartRecoveryCommand({ sourceServers: [unknown] })))
    expect(failure).toBeInstanceOf(ResourceNotFoundException)

    const chosen = { ...unknown, ...(recoverySnapshotID ? { recoverySnapshotID } : {}) }
    await drs.send(new StartRecoveryCommand({ sourceServers: [chosen] }))
    passAwsMinutes(20)
    expect(await instances()).toMatchObject([{ pointInTimeSnapshotDateTime: '2026-01-08T11:40:00.000Z' }])
  })
})

describe('what a scenario does to a job', () => {
  test('one server fails to launch and the job completes all the same, as DRS has it', async () => {
    const reason = 'InsufficientInstanceCapacity: sample'
    const { drs, start, job, launchStatuses, passAwsMinutes } = await drsGround([
      rule({ server: 'payments-app-2' }, { launchFails: true, reason }, { times: 1 }),
    ])
    const id = await start([1, 2])
    passAwsMinutes(20)
    expect(await job(id)).toMatchObject({ status: 'COMPLETED' })
    expect(await launchStatuses(id)).toEqual(['LAUNCHED', 'FAILED'])
    const { items } = await drs.send(new DescribeJobLogItemsCommand({ jobID: id }))
    const failed = items?.find(({ event }) => event === 'LAUNCH_FAILED')
    expect(failed?.eventData).toMatchObject({ sourceServerID: server(2), rawError: reason })

    const again = await start([2])
    passAwsMinutes(20)
    expect(await launchStatuses(again)).toEqual(['LAUNCHED'])
  })

  test('`times: 2` spoils the first two jobs of a server, however many calls came between', async () => {
    const { start, launchStatuses, passAwsMinutes } = await drsGround([
      rule({ server: server(1) }, { launchFails: true }, { times: 2 }),
    ])
    const outcomes = []
    for (let round = 0; round < 3; round += 1) {
      const id = await start([1])
      passAwsMinutes(20)
      outcomes.push(...((await launchStatuses(id)) ?? []))
      await start([3])
      passAwsMinutes(20)
    }
    expect(outcomes).toEqual(['FAILED', 'FAILED', 'LAUNCHED'])
  })

  test('a rule for every server counts a job once, whatever its size', async () => {
    const { start, launchStatuses, passAwsMinutes } = await drsGround([
      rule({ operation: 'StartRecovery' }, { launchFails: true }, { times: 1 }),
    ])
    const first = await start([1, 2])
    const second = await start([3, 4])
    passAwsMinutes(20)
    expect(await launchStatuses(first)).toEqual(['FAILED', 'FAILED'])
    expect(await launchStatuses(second)).toEqual(['LAUNCHED', 'LAUNCHED'])
  })

  test('a job hangs and keeps its servers busy for ever', async () => {
    const { start, job, launchStatuses, passAwsMinutes } = await drsGround([
      rule({ server: server(1) }, { jobHangs: true }),
    ])
    const id = await start([1, 2])
    passAwsMinutes(60 * 24)
    expect(await job(id)).toMatchObject({ status: 'STARTED' })
    expect(await launchStatuses(id)).toEqual(['IN_PROGRESS', 'LAUNCHED'])
    expect(await failureOf(start([2]))).toBeInstanceOf(ConflictException)
  })

  test('a server is skipped: the job completes, and the server is not launched', async () => {
    const { start, events, launchStatuses, passAwsMinutes } = await drsGround([
      rule({ server: server(2) }, { skipServer: true }),
    ])
    const id = await start([1, 2])
    passAwsMinutes(20)
    expect(await launchStatuses(id)).toEqual(['LAUNCHED', 'PENDING'])
    expect(await events(id)).toContain('SERVER_SKIPPED')
  })

  test('a previous snapshot is used, and the point in time tells how old the data is', async () => {
    const { start, events, instances, passAwsMinutes } = await drsGround([
      rule({ server: server(1) }, { previousSnapshot: true }),
    ])
    const id = await start([1])
    passAwsMinutes(20)
    expect(await events(id)).toContain('USING_PREVIOUS_SNAPSHOT')
    expect(await instances()).toMatchObject([{ pointInTimeSnapshotDateTime: '2026-01-08T12:00:00.000Z' }])
  })

  test('the newest jobs are not listed until the list has caught up', async () => {
    const { start, job, clock } = await drsGround([
      rule({ operation: 'DescribeJobs' }, { listLagSeconds: 60 }),
    ])
    const id = await start([1])
    clock.advance(59_000)
    expect(await job(id)).toBeUndefined()
    clock.advance(1_000)
    expect(await job(id)).toMatchObject({ jobID: id })
  })
})
