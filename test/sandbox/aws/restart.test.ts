import { writeFileSync } from 'node:fs'
import {
  ConflictException,
  DescribeJobsCommand,
  DescribeRecoveryInstancesCommand,
  DrsClient,
  StartRecoveryCommand,
} from '@aws-sdk/client-drs'
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import { SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import { startAws } from '../../../src/sandbox/aws/start.ts'
import { failureOf, practise, rule, stateFile } from './practice.ts'

const start = new StartRecoveryCommand({ sourceServers: [{ sourceServerID: 's-0a000000000000001' }] })

test('a job goes on over a restart, also when nobody closed the ground before', async () => {
  const file = stateFile()
  const before = await practise({ stateFile: file })
  const { job } = await before.client(DrsClient).send(start)
  // The first ground is not closed: what a kill -9 would leave is what the file holds now.
  const after = await practise({ stateFile: file })
  const drs = after.client(DrsClient)
  expect(await failureOf(drs.send(start))).toBeInstanceOf(ConflictException)
  after.passAwsMinutes(20)
  const { items } = await drs.send(new DescribeJobsCommand({}))
  expect(items).toMatchObject([{ jobID: job?.jobID, status: 'COMPLETED' }])
  expect((await drs.send(new DescribeRecoveryInstancesCommand({}))).items).toHaveLength(1)
})

test('a job whose reply was lost is kept, for the file is written before the answer leaves', async () => {
  const file = stateFile()
  const before = await practise({
    stateFile: file,
    scenario: [rule({ operation: 'StartRecovery' }, { loseReply: true })],
  })
  await failureOf(before.client(DrsClient).send(start))
  const after = await practise({ stateFile: file })
  expect((await after.client(DrsClient).send(new DescribeJobsCommand({}))).items).toHaveLength(1)
  expect(after.calls()).toMatchObject([{ operation: 'StartRecovery', outcome: 'lost' }, {}])
})

test('rules go on counting where they were, unless another scenario is given', async () => {
  const file = stateFile()
  const scenario = [rule({ operation: 'DescribeJobs' }, { throttle: true }, { times: 2 })]
  const describeJobs = new DescribeJobsCommand({})
  const before = await practise({ stateFile: file, scenario })
  await failureOf(before.client(DrsClient).send(describeJobs))

  const same = await practise({ stateFile: file, scenario })
  const drs = same.client(DrsClient)
  await failureOf(drs.send(describeJobs))
  await drs.send(describeJobs)

  const other = await practise({ stateFile: file, scenario: [...scenario, ...scenario] })
  await failureOf(other.client(DrsClient).send(describeJobs))
})

test('keys, records and tokens outlive a restart', async () => {
  const file = stateFile()
  const before = await practise({ stateFile: file })
  const { Credentials } = await before.client(STSClient).send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::444455556666:role/LifeboatRecovery',
      RoleSessionName: 'lifeboat',
      ExternalId: 'sample-external-id-of-the-practice-ground',
    }),
  )
  const automation = new StartAutomationExecutionCommand({
    DocumentName: 'Lifeboat-WarmCache',
    Parameters: { Application: ['payments'] },
    ClientToken: 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa',
  })
  const { AutomationExecutionId } = await before.client(SSMClient).send(automation)
  const create = new ChangeResourceRecordSetsCommand({
    HostedZoneId: 'Z0SAMPLEPAYMENTS',
    ChangeBatch: {
      Changes: [
        {
          Action: 'CREATE',
          ResourceRecordSet: {
            Name: 'new.payments.example.com',
            Type: 'TXT',
            TTL: 60,
            ResourceRecords: [{ Value: '"sample"' }],
          },
        },
      ],
    },
  })
  await before.client(Route53Client).send(create)

  const after = await practise({ stateFile: file })
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
  const identity = await after.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}))
  expect(identity.Account).toBe('444455556666')
  expect((await after.client(SSMClient).send(automation)).AutomationExecutionId).toBe(AutomationExecutionId)
  expect(await failureOf(after.client(Route53Client).send(create))).toMatchObject({
    name: 'InvalidChangeBatch',
  })
})

test.each([
  ['is not JSON', '{"version":', 'is not JSON'],
  ['holds something else', '{"version":7}', 'does not hold a practice ground'],
])('a state file that %s is named, with the way out', async (_what, text, words) => {
  const file = stateFile()
  writeFileSync(file, text)
  const message = String(await failureOf(startAws({ clock: manualClock(), stateFile: file })))
  expect(message).toContain(file)
  expect(message).toContain(words)
  expect(message).toContain('Delete it')
})
