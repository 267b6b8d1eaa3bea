import { describe, expect, test } from 'vitest'
import { QuotaFailure, TransientFailure } from '../../../src/ports/failure.ts'
import { failureOf, rule } from '../../sandbox/aws/practice.ts'
import { awsGround, server } from './ground.ts'
import { shelves, withWarehouse } from './warehouse.ts'

const QUOTA = { operation: 'GetServiceQuota' }
const DOCUMENTED = { concurrentJobs: 20, serversPerJob: 100, serversInAllJobs: 500 }

describe('the quotas of DRS', () => {
  test('are read in the Region of the target, once in ten minutes', async () => {
    const { quotas, clock, callsOf } = await awsGround()
    const target = { region: 'us-west-2' }
    expect(await Promise.all([quotas.drs(target), quotas.drs(target)])).toEqual([DOCUMENTED, DOCUMENTED])
    expect(callsOf('GetServiceQuota').map(({ input, region }) => [input, region])).toEqual(
      ['L-D88FAC3A', 'L-B827C881', 'L-05AFA8C6'].map((QuotaCode) => [
        { ServiceCode: 'drs', QuotaCode },
        'us-west-2',
      ]),
    )
    clock.advance(9 * 60_000)
    await quotas.drs(target)
    expect(callsOf('GetServiceQuota')).toHaveLength(3)
    await quotas.drs({ region: 'eu-west-1' })
    clock.advance(60_000)
    await quotas.drs(target)
    expect(
      callsOf('GetServiceQuota')
        .map(({ region }) => region)
        .slice(3),
    ).toEqual([...Array(3).fill('eu-west-1'), ...Array(3).fill('us-west-2')])
  })

  test.each([
    ['the right is missing', { error: { code: 'AccessDeniedException' } } as const],
    ['the service is busy', { throttle: true } as const],
    ['nothing answers', { hang: true } as const],
    ['the connection is cut', { cutBefore: true } as const],
  ])('are what AWS documents when %s, and nobody asks again for a while', async (_what, action) => {
    const { quotas, callsOf } = await awsGround([rule(QUOTA, action)], { patienceSeconds: 0.5 })
    expect(await quotas.drs({})).toEqual(DOCUMENTED)
    expect(await quotas.drs({})).toEqual(DOCUMENTED)
    expect(callsOf('GetServiceQuota')).toHaveLength(3)
  })

  test('are what Service Quotas says, each where it was raised', async () => {
    const raised = { 'L-D88FAC3A': 30, 'L-05AFA8C6': 900 }
    const { quotas } = await awsGround([], {}, { estate: withWarehouse(1, raised) })
    expect(await quotas.drs({})).toEqual({ concurrentJobs: 30, serversPerJob: 100, serversInAllJobs: 900 })
  })

  test('are those of the account whose role is named', async () => {
    const { quotas, callsOf } = await awsGround()
    const roleArn = 'arn:aws:iam::444455556666:role/LifeboatRecovery'
    await quotas.drs({ roleArn, externalIdSecret: 'lifeboat/external-id/444455556666' })
    expect(callsOf('GetServiceQuota').map(({ callerArn }) => callerArn)).toEqual(
      Array(3).fill('arn:aws:sts::444455556666:assumed-role/LifeboatRecovery/lifeboat'),
    )
  })
})

test('of two parts with the same tags each is found by its own servers', async () => {
  const { recovery, origin } = await awsGround([], {}, { estate: withWarehouse() })
  const order = { mode: 'recovery', origin: origin() } as const
  const [first, second] = [shelves(1, 100), shelves(101, 200)]
  const one = await recovery.start({}, { ...order, servers: first })
  expect(await recovery.find({}, { ...order, servers: second })).toEqual([])
  const two = await recovery.start({}, { ...order, servers: second })
  expect(await recovery.find({}, { ...order, servers: first })).toMatchObject([{ id: one }])
  expect(await recovery.find({}, { ...order, servers: second })).toMatchObject([{ id: two }])
})

test('active jobs are everybody’s, and only those that have not ended', async () => {
  const { recovery, origin, passAwsMinutes } = await awsGround([
    rule({ server: 'payments-app-1' }, { jobHangs: true }),
  ])
  const order = { mode: 'drill', origin: origin() } as const
  const hanging = await recovery.start({}, { ...order, servers: [server(1)] })
  const ending = await recovery.start({}, { ...order, servers: [server(2)] })
  expect((await recovery.active({})).map(({ id }) => id).toSorted()).toEqual([hanging, ending].toSorted())
  passAwsMinutes(40)
  expect(await recovery.active({})).toMatchObject([{ id: hanging, servers: [{ id: server(1) }] }])
})

test('a start beyond a quota was certainly not begun, and waits for room', async () => {
  const { recovery, origin } = await awsGround([], {}, { estate: withWarehouse() })
  const order = { servers: shelves(1, 101), mode: 'drill', origin: origin() } as const
  const failure = await failureOf(recovery.start({}, order))
  expect(failure).toBeInstanceOf(QuotaFailure)
  expect(failure).toBeInstanceOf(TransientFailure)
  expect(String(failure)).toContain('Max number of source servers in a single job')
  expect(await recovery.active({})).toEqual([])
})

test('so does an automation', async () => {
  const { automation, origin } = await awsGround([
    rule(
      { operation: 'StartAutomationExecution' },
      { error: { code: 'AutomationExecutionLimitExceededException', status: 400 } },
    ),
  ])
  const order = {
    document: 'Lifeboat-HealthCheck',
    parameters: { Application: ['payments'] },
    origin: origin(),
  }
  expect(await failureOf(automation.start({}, order))).toBeInstanceOf(QuotaFailure)
})
