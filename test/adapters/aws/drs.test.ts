import { describe, expect, test } from 'vitest'
import { AmbiguousFailure, FinalFailure, TransientFailure } from '../../../src/ports/failure.ts'
import { failureOf, rule } from '../../sandbox/aws/practice.ts'
import { awsGround, server } from './ground.ts'

const START = { operation: 'StartRecovery' }

describe('starting a recovery', () => {
  test('is one call, tagged with its origin, and gives the job', async () => {
    const { recovery, origin, callsOf } = await awsGround()
    const order = { servers: [server(1), server(2)], mode: 'drill', origin: origin() } as const
    const id = await recovery.start({}, order)
    expect(await recovery.job({}, id)).toMatchObject({ id, ended: false, mode: 'drill' })
    expect(callsOf('StartRecovery')).toMatchObject([
      { input: { tags: { 'lifeboat:execution': '01SAMPLE', 'lifeboat:attempt': '1' }, isDrill: true } },
    ])
  })

  test.each([
    ['a lost reply', { loseReply: true } as const],
    ['silence', { hang: true } as const],
    ['an inner error', { error: { code: 'InternalServerException' } } as const],
  ])('is sent once and is ambiguous after %s', async (_what, action) => {
    const { recovery, origin, callsOf } = await awsGround([rule(START, action)], { patienceSeconds: 0.5 })
    const order = { servers: [server(1)], mode: 'recovery', origin: origin() } as const
    expect(await failureOf(recovery.start({}, order))).toBeInstanceOf(AmbiguousFailure)
    expect(callsOf('StartRecovery')).toHaveLength(1)
  })

  test('is found again by its tags after a lost reply', async () => {
    const { recovery, origin, callsOf } = await awsGround([rule(START, { loseReply: true }, { times: 1 })])
    const order = { servers: [server(1)], mode: 'recovery', origin: origin() } as const
    await failureOf(recovery.start({}, order))
    expect(await recovery.find({}, order)).toHaveLength(1)
    expect(await recovery.find({}, { ...order, origin: origin(2) })).toEqual([])
    expect(callsOf('StartRecovery')).toHaveLength(1)
  })

  test('is ambiguous while the server is in another job, for that may be our own', async () => {
    const { recovery, origin } = await awsGround()
    const order = { servers: [server(1)], mode: 'recovery', origin: origin() } as const
    await recovery.start({}, order)
    expect(await failureOf(recovery.start({}, order))).toBeInstanceOf(AmbiguousFailure)
  })

  test('says certainly not started when throttled, with the time to wait', async () => {
    const { recovery, origin, callsOf } = await awsGround([
      rule(START, { throttle: true, retryAfterSeconds: 7 }),
    ])
    const order = { servers: [server(1)], mode: 'recovery', origin: origin() } as const
    const failure = await failureOf(recovery.start({}, order))
    expect(failure).toBeInstanceOf(TransientFailure)
    expect(failure).toMatchObject({ retryAfterSeconds: 7 })
    expect(callsOf('StartRecovery')).toHaveLength(1)
  })

  test('is final for a server that does not exist', async () => {
    const { recovery, origin } = await awsGround()
    const order = { servers: [server(99)], mode: 'recovery', origin: origin() } as const
    expect(await failureOf(recovery.start({}, order))).toBeInstanceOf(FinalFailure)
  })

  test('starts nothing when its sender slept too long after the intent: the signature is of the intent', async () => {
    const { recovery, origin, clock, calls } = await awsGround()
    const order = { servers: [server(1)], mode: 'recovery', origin: origin() } as const
    clock.advance(6 * 60_000)
    const failure = await failureOf(recovery.start({}, order))
    expect(failure).toBeInstanceOf(TransientFailure)
    expect(String(failure)).toContain('Signature expired')
    expect(calls()).toMatchObject([{ operation: 'StartRecovery', outcome: 'refused' }])
  })
})

describe('reading', () => {
  test('is repeated by the SDK when throttled', async () => {
    const { recovery } = await awsGround([
      rule({ operation: 'DescribeJobs' }, { throttle: true }, { times: 1 }),
    ])
    expect(await recovery.job({}, 'drsjob-00000000000000000')).toBeUndefined()
  })

  test('tells the log of a job in words, from the given line on', async () => {
    const { recovery, origin, passAwsMinutes } = await awsGround([
      rule({ server: 'payments-app-1' }, { previousSnapshot: true }),
      rule({ server: 'payments-app-2' }, { skipServer: true }),
    ])
    const servers = [1, 2, 3, 4, 5, 6].map(server)
    const id = await recovery.start({}, { servers, mode: 'recovery', origin: origin() })
    passAwsMinutes(30)
    const lines = await recovery.log({}, id, 0)
    expect(lines).toContain('payments-app-1: an OLDER snapshot is used, the newest data will be missing')
    expect(lines).toContain('payments-app-2: SKIPPED, it was not launched')
    expect(lines.at(-1)).toBe('DRS: the job has ended')
    expect(await recovery.log({}, id, lines.length - 1)).toEqual(['DRS: the job has ended'])
  })
})

describe('a role in another account', () => {
  const target = {
    roleArn: 'arn:aws:iam::444455556666:role/LifeboatRecovery',
    externalIdSecret: 'lifeboat/external-id/444455556666',
  }
  const ledger = 's-0c000000000000001'

  test('is assumed with its external id, under a name that tells the execution', async () => {
    const { recovery, origin, callsOf } = await awsGround()
    await recovery.start(target, { servers: [ledger], mode: 'recovery', origin: origin() })
    expect(callsOf('StartRecovery')).toMatchObject([
      { callerArn: 'arn:aws:sts::444455556666:assumed-role/LifeboatRecovery/lifeboat-01SAMPLE' },
    ])
  })

  test('is assumed once for many reads, and again when its keys expire', async () => {
    const { recovery, clock, callsOf } = await awsGround()
    const look = () => recovery.job(target, 'drsjob-00000000000000000')
    await look()
    await look()
    expect(callsOf('AssumeRole')).toHaveLength(1)
    clock.advance(3_600_000)
    await look()
    expect(callsOf('AssumeRole')).toHaveLength(2)
  })

  test('that is refused is final, naming role and account and never the external id', async () => {
    const { recovery } = await awsGround()
    const other = 'arn:aws:iam::444455556666:role/Other'
    const failure = await failureOf(recovery.job({ ...target, roleArn: other }, 'drsjob-1'))
    expect(failure).toBeInstanceOf(FinalFailure)
    expect(String(failure)).toContain(other)
    expect(String(failure)).not.toContain('sample-external-id')
  })
})
