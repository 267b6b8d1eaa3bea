import {
  ConflictException,
  DescribeJobLogItemsCommand,
  DescribeJobsCommand,
  DrsClient,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  StartRecoveryCommand,
  TerminateRecoveryInstancesCommand,
  UninitializedAccountException,
  ValidationException,
} from '@aws-sdk/client-drs'
import { describe, expect, test } from 'vitest'
import { estateSchema } from '../../../src/sandbox/aws/estate.ts'
import { sampleEstate } from '../../../src/sandbox/aws/sample-estate.ts'
import { drsGround, server } from './drs-ground.ts'
import { failureOf, practise } from './practice.ts'

describe('DRS refuses', () => {
  test('a server that is in an active job, until that job has ended', async () => {
    const { start, passAwsMinutes } = await drsGround()
    await start([1, 2])
    const failure = await failureOf(start([2, 3]))
    expect(failure).toBeInstanceOf(ConflictException)
    expect(failure).toMatchObject({ resourceId: server(2), $metadata: { httpStatusCode: 409 } })
    passAwsMinutes(20)
    expect(await start([2, 3])).toMatch(/^drsjob-/)
  })

  test('servers it does not know, malformed ids and empty lists', async () => {
    const { drs, start } = await drsGround()
    expect(await failureOf(start([99]))).toBeInstanceOf(ResourceNotFoundException)
    const malformed = new StartRecoveryCommand({ sourceServers: [{ sourceServerID: 'payments-app-1' }] })
    expect(await failureOf(drs.send(malformed))).toBeInstanceOf(ValidationException)
    expect(await failureOf(start([]))).toBeInstanceOf(ValidationException)
    expect(await failureOf(start([1, 1]))).toBeInstanceOf(ValidationException)
  })

  test('a Region where the account has not set it up', async () => {
    const { client } = await practise()
    const elsewhere = client(DrsClient, { region: 'us-east-1' })
    expect(await failureOf(elsewhere.send(new DescribeJobsCommand({})))).toBeInstanceOf(
      UninitializedAccountException,
    )
  })

  test.each([
    ['a job of more than 100 servers', 'L-B827C881', [], 101],
    ['more than 500 servers in all jobs', 'L-05AFA8C6', [100, 100, 100, 100, 100], 1],
    ['a twenty-first job', 'L-D88FAC3A', Array.from({ length: 20 }, () => 1), 1],
  ])('%s, naming the quota', async (_what, quotaCode, earlier, wanted) => {
    const servers = Array.from({ length: 520 }, (_, index) => ({
      id: server(index + 1),
      name: `sample-${index + 1}`,
      tier: 'app',
    }))
    const [first] = sampleEstate.applications
    const estate = estateSchema.parse({ ...sampleEstate, applications: [{ ...first, servers }] })
    const { client } = await practise({ estate })
    const drs = client(DrsClient)
    const ids = servers.map(({ id }) => ({ sourceServerID: id }))
    const start = (count: number) =>
      drs.send(new StartRecoveryCommand({ sourceServers: ids.splice(0, count) }))
    for (const count of earlier) await start(count)
    const failure = await failureOf(start(wanted))
    expect(failure).toBeInstanceOf(ServiceQuotaExceededException)
    expect(failure).toMatchObject({ quotaCode, serviceCode: 'drs' })
  })
})

describe('terminating recovery instances', () => {
  test('is a job of its own, after which they are gone', async () => {
    const { drs, start, job, instances, passAwsMinutes } = await drsGround()
    await start([1, 2])
    passAwsMinutes(20)
    const ids = (await instances()).map(({ recoveryInstanceID }) => recoveryInstanceID ?? '')
    const terminate = new TerminateRecoveryInstancesCommand({ recoveryInstanceIDs: ids })
    const started = await drs.send(terminate)
    expect(started.job).toMatchObject({ type: 'TERMINATE', initiatedBy: 'TERMINATE_RECOVERY_INSTANCES' })
    expect(await instances()).toMatchObject([
      { ec2InstanceState: 'SHUTTING-DOWN' },
      { ec2InstanceState: 'SHUTTING-DOWN' },
    ])
    expect(await failureOf(drs.send(terminate))).toBeInstanceOf(ConflictException)

    passAwsMinutes(3)
    expect(await instances()).toEqual([])
    expect(await job(started.job?.jobID ?? '')).toMatchObject({
      status: 'COMPLETED',
      participatingServers: [{ launchStatus: 'TERMINATED' }, { launchStatus: 'TERMINATED' }],
    })
    expect(await failureOf(drs.send(terminate))).toBeInstanceOf(ResourceNotFoundException)
  })
})

describe('lists of DRS', () => {
  test('show the newest job first, page by page, within the dates asked for', async () => {
    const { drs, start, clock } = await drsGround()
    const first = await start([1])
    clock.advance(1_000)
    const second = await start([2])
    clock.advance(1_000)
    const third = await start([3])

    const page = await drs.send(new DescribeJobsCommand({ maxResults: 2 }))
    expect(page.items?.map(({ jobID }) => jobID)).toEqual([third, second])
    const rest = await drs.send(new DescribeJobsCommand({ maxResults: 2, nextToken: page.nextToken ?? '' }))
    expect(rest.items?.map(({ jobID }) => jobID)).toEqual([first])
    expect(rest.nextToken).toBeUndefined()

    const dates = { fromDate: '2026-01-08T12:00:01Z', toDate: '2026-01-08T12:00:01Z' }
    const between = await drs.send(new DescribeJobsCommand({ filters: dates }))
    expect(between.items?.map(({ jobID }) => jobID)).toEqual([second])
    expect(await failureOf(drs.send(new DescribeJobsCommand({ nextToken: 'x' })))).toBeInstanceOf(
      ValidationException,
    )
  })

  test("need paging for a large job's log", async () => {
    const { client, passAwsMinutes } = await practise()
    const drs = client(DrsClient)
    const ids = sampleEstate.applications[1]?.servers.map(({ id }) => ({ sourceServerID: id })) ?? []
    const { job } = await drs.send(new StartRecoveryCommand({ sourceServers: ids }))
    const jobID = job?.jobID ?? ''
    passAwsMinutes(25)
    const page = await drs.send(new DescribeJobLogItemsCommand({ jobID }))
    const rest = await drs.send(new DescribeJobLogItemsCommand({ jobID, nextToken: page.nextToken ?? '' }))
    expect(page.items).toHaveLength(50)
    // Five events a server, and the job's own two.
    expect(rest.items).toHaveLength(5 * ids.length + 2 - 50)
  })
})
