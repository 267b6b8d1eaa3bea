import {
  ConflictException,
  DescribeJobsCommand,
  DrsClient,
  StartRecoveryCommand,
  ThrottlingException,
} from '@aws-sdk/client-drs'
import { DescribeGlobalClustersCommand, RDSClient } from '@aws-sdk/client-rds'
import { GetHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import {
  AutomationExecutionLimitExceededException,
  DescribeAutomationExecutionsCommand,
  SSMClient,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import type { Action } from '../../../src/sandbox/aws/scenario.ts'
import { failureOf, practise, rule } from './practice.ts'

const start = new StartRecoveryCommand({ sourceServers: [{ sourceServerID: 's-0a000000000000001' }] })
/** For calls that are never answered. Far more than a call needs to arrive, however busy the machine is. */
const impatient = { requestHandler: { requestTimeout: 1_500, throwOnRequestTimeout: true } }
const jobsIn = async (drs: DrsClient) => (await drs.send(new DescribeJobsCommand({}))).items?.length

/** What each fault looks like to a client that tries once, what the ground remembers, and how many jobs there are then. */
const FAULTS: [string, Action, object, string, number][] = [
  [
    'error',
    { error: { code: 'InternalServerException' } },
    { name: 'InternalServerException' },
    'refused',
    0,
  ],
  ['throttle', { throttle: true }, { name: 'ThrottlingException' }, 'refused', 0],
  ['cutBefore', { cutBefore: true }, { code: 'ECONNRESET' }, 'cut', 0],
  ['loseReply', { loseReply: true }, { code: 'ECONNRESET' }, 'lost', 1],
  ['hang', { hang: true }, { name: 'TimeoutError' }, 'hung', 1],
]

describe.each(FAULTS)('the fault %s', (_name, action, seen, outcome, jobs) => {
  test(`leaves ${jobs} jobs behind, and the next call is answered`, async () => {
    const { client, calls } = await practise({
      scenario: [rule({ operation: 'StartRecovery' }, action, { times: 1 })],
    })
    expect(await failureOf(client(DrsClient, impatient).send(start))).toMatchObject(seen)
    expect(await jobsIn(client(DrsClient))).toBe(jobs)
    expect(calls()[0]).toMatchObject({ operation: 'StartRecovery', outcome })
  })
})

test('a hung call of a newer client ends as a timeout too, and its automation has begun', async () => {
  const { client } = await practise({ scenario: [rule({ service: 'ssm' }, { hang: true }, { times: 1 })] })
  const input = { DocumentName: 'Lifeboat-WarmCache', Parameters: { Application: ['payments'] } }
  const call = client(SSMClient, impatient).send(new StartAutomationExecutionCommand(input))
  expect(await failureOf(call)).toMatchObject({ name: 'TimeoutError' })
  const listed = await client(SSMClient).send(new DescribeAutomationExecutionsCommand({}))
  expect(listed.AutomationExecutionMetadataList).toHaveLength(1)
})

test('a late answer comes when the clock says so, and the work was done at once', async () => {
  const { client, clock } = await practise({
    scenario: [rule({ operation: 'StartRecovery' }, { lateSeconds: 30 })],
  })
  const drs = client(DrsClient)
  let answered = false
  const started = drs.send(start).finally(() => {
    answered = true
  })
  await expect.poll(() => jobsIn(drs)).toBe(1)
  expect(answered).toBe(false)
  clock.advance(30_000)
  expect((await started).job?.jobID).toMatch(/^drsjob-/)
})

test('the SDK with its retries meets the conflict with its own job after a lost reply', async () => {
  const { client, calls } = await practise({
    scenario: [rule({ operation: 'StartRecovery', attempt: 1 }, { loseReply: true })],
  })
  const drs = client(DrsClient, { maxAttempts: 3 })
  expect(await failureOf(drs.send(start))).toBeInstanceOf(ConflictException)
  // The clock of the test is not the machine's: the SDK may take that for a skew and ask once more after the refusal.
  expect(
    calls()
      .slice(0, 2)
      .map(({ attempt, outcome }) => [attempt, outcome]),
  ).toEqual([
    [1, 'lost'],
    [2, 'refused'],
  ])
})

test('DRS says when to come back', async () => {
  const { client } = await practise({
    scenario: [rule({ service: 'drs' }, { throttle: true, retryAfterSeconds: 7 })],
  })
  const failure = await failureOf(client(DrsClient).send(start))
  expect(failure).toBeInstanceOf(ThrottlingException)
  expect(failure).toMatchObject({ retryAfterSeconds: '7', $metadata: { httpStatusCode: 429 } })
})

test('every service is throttled in its own words', async () => {
  const { client } = await practise({ scenario: [rule({}, { throttle: true })] })
  const TopicArn = 'arn:aws:sns:us-west-2:111122223333:lifeboat-notices'
  const role = { RoleArn: 'arn:aws:iam::444455556666:role/LifeboatRecovery', RoleSessionName: 'lifeboat' }
  const automation = new StartAutomationExecutionCommand({ DocumentName: 'Lifeboat-WarmCache' })
  const failures = [
    client(SSMClient).send(automation),
    client(STSClient).send(new AssumeRoleCommand(role)),
    client(RDSClient).send(new DescribeGlobalClustersCommand({})),
    client(SNSClient).send(new PublishCommand({ TopicArn, Message: 'sample' })),
    client(Route53Client).send(new GetHostedZoneCommand({ Id: 'Z0SAMPLEPAYMENTS' })),
  ]
  expect(await Promise.all(failures.map(failureOf))).toMatchObject([
    { name: 'ThrottlingException' },
    { name: 'Throttling' },
    { name: 'Throttling' },
    { name: 'ThrottledException' },
    { name: 'Throttling' },
  ])
})

test('a code in a scenario becomes the typed exception of the client', async () => {
  const error = { code: 'AutomationExecutionLimitExceededException', message: 'Sample: too many.' }
  const { client } = await practise({ scenario: [rule({ document: 'Lifeboat-WarmCache' }, { error })] })
  const call = client(SSMClient).send(
    new StartAutomationExecutionCommand({ DocumentName: 'Lifeboat-WarmCache' }),
  )
  const failure = await failureOf(call)
  expect(failure).toBeInstanceOf(AutomationExecutionLimitExceededException)
  expect(String(failure)).toContain('Sample: too many.')
})

test('one Region of a service is down while the other answers', async () => {
  const { client } = await practise({
    scenario: [rule({ service: 'rds', region: 'us-east-1' }, { cutBefore: true })],
  })
  const describeClusters = new DescribeGlobalClustersCommand({})
  const down = client(RDSClient, { region: 'us-east-1' }).send(describeClusters)
  expect(await failureOf(down)).toMatchObject({ code: 'ECONNRESET' })
  await expect(client(RDSClient).send(describeClusters)).resolves.toBeDefined()
})

test('closing ends hung calls', async () => {
  const { client, calls, close } = await practise({ scenario: [rule({}, { hang: true })] })
  const drs = client(DrsClient)
  const hung = failureOf(drs.send(start))
  await expect.poll(calls).toMatchObject([{ outcome: 'hung' }])
  await close()
  expect(await hung).toMatchObject({ code: 'ECONNRESET' })
})
