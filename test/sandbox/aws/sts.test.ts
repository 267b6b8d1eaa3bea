import { DescribeSourceServersCommand, DrsClient } from '@aws-sdk/client-drs'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { failureOf, practise } from './practice.ts'

const ROLE = 'arn:aws:iam::444455556666:role/LifeboatRecovery'

async function stsGround() {
  const ground = await practise()
  const sts = ground.client(STSClient)
  const assume = (ExternalId?: string, RoleArn = ROLE) =>
    sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'lifeboat', ExternalId }))
  const assumed = async () => {
    const secrets = ground.client(SecretsManagerClient)
    const secret = new GetSecretValueCommand({ SecretId: 'lifeboat/external-id/444455556666' })
    const { Credentials } = await assume((await secrets.send(secret)).SecretString)
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
  }
  return { ...ground, sts, assume, assumed }
}

test('a role is assumed with its external id, and its keys are the role', async () => {
  const { client, assumed, calls } = await stsGround()
  const credentials = await assumed()
  expect(await client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '444455556666',
    Arn: 'arn:aws:sts::444455556666:assumed-role/LifeboatRecovery/lifeboat',
  })
  expect(calls().at(-1)).toMatchObject({
    caller: credentials.accessKeyId,
    callerArn: expect.stringContaining('assumed-role/LifeboatRecovery'),
  })
})

test.each([
  ['without an external id', undefined, ROLE],
  ['with a wrong external id', 'guess', ROLE],
  ['that does not exist', 'guess', 'arn:aws:iam::444455556666:role/Nobody'],
])('a role %s is denied in the same words', async (_what, externalId, role) => {
  const { assume, calls } = await stsGround()
  const failure = await failureOf(assume(externalId, role))
  expect(failure).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })
  expect(String(failure)).toContain(`not authorized to perform: sts:AssumeRole on resource: ${role}`)
  expect(JSON.stringify(calls())).not.toContain('guess')
})

test('each account sees its own servers only', async () => {
  const { client, assumed } = await stsGround()
  const list = new DescribeSourceServersCommand({})
  const names = async (drs: DrsClient) => (await drs.send(list)).items?.map(({ tags }) => tags?.application)
  const credentials = await assumed()
  expect(new Set(await names(client(DrsClient)))).toEqual(new Set(['payments', 'storefront']))
  expect(new Set(await names(client(DrsClient, { credentials })))).toEqual(new Set(['ledger']))
})

test('the keys of a role expire after an hour of the clock', async () => {
  const { client, assumed, clock } = await stsGround()
  const credentials = await assumed()
  const sts = client(STSClient, { credentials })
  const drs = client(DrsClient, { credentials })
  clock.advance(59 * 60_000)
  await sts.send(new GetCallerIdentityCommand({}))
  clock.advance(60_000)
  expect(await failureOf(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({ name: 'ExpiredToken' })
  const failure = await failureOf(drs.send(new DescribeSourceServersCommand({})))
  expect(failure).toMatchObject({ name: 'ExpiredTokenException' })
})

test('temporary keys that STS never gave out are not known', async () => {
  const { client } = await stsGround()
  const credentials = { accessKeyId: 'ASIASAMPLE', secretAccessKey: 'sample', sessionToken: 'made-up' }
  const failure = await failureOf(client(STSClient, { credentials }).send(new GetCallerIdentityCommand({})))
  expect(failure).toMatchObject({ name: 'InvalidClientTokenId' })
})

test('a role assumed by a role lives no longer than an hour', async () => {
  const { client, assumed } = await stsGround()
  const chained = client(STSClient, { credentials: await assumed() })
  const ExternalId = 'sample-external-id-of-the-practice-ground'
  const assume = (DurationSeconds: number) =>
    chained.send(
      new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'again', ExternalId, DurationSeconds }),
    )
  expect(await failureOf(assume(7_200))).toMatchObject({ name: 'ValidationError' })
  expect((await assume(3_600)).Credentials?.AccessKeyId).toMatch(/^ASIA/)
})
