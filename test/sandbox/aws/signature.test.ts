import { DescribeJobsCommand, DrsClient } from '@aws-sdk/client-drs'
import { DescribeGlobalClustersCommand, RDSClient } from '@aws-sdk/client-rds'
import { GetHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53'
import { DescribeDocumentCommand, SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { failureOf, practise } from './practice.ts'

type Ground = Awaited<ReturnType<typeof practise>>

/** One harmless call in each protocol, and what its service calls a signature that it does not take. */
const PROTOCOLS: [string, string, (ground: Ground) => Promise<unknown>][] = [
  [
    'REST-JSON',
    'InvalidSignatureException',
    ({ client }) => client(DrsClient).send(new DescribeJobsCommand({})),
  ],
  [
    'JSON',
    'InvalidSignatureException',
    ({ client }) => client(SSMClient).send(new DescribeDocumentCommand({ Name: 'Lifeboat-WarmCache' })),
  ],
  [
    'Query',
    'SignatureDoesNotMatch',
    ({ client }) => client(STSClient).send(new GetCallerIdentityCommand({})),
  ],
  [
    'Query',
    'SignatureDoesNotMatch',
    ({ client }) => client(RDSClient).send(new DescribeGlobalClustersCommand({})),
  ],
  [
    'REST-XML',
    'SignatureDoesNotMatch',
    ({ client }) => client(Route53Client).send(new GetHostedZoneCommand({ Id: 'Z0SAMPLEPAYMENTS' })),
  ],
]

/** A ground whose clock is so many minutes ahead of the clients that sign. */
async function skewed(minutes: number): Promise<Ground> {
  const ground = await practise()
  return {
    ...ground,
    client: (Client, settings) => {
      const client = ground.client(Client, settings)
      const offset = ground.clock.now().getTime() - Date.now() - minutes * 60_000
      Object.defineProperty(client.config, 'systemClockOffset', { value: offset, writable: true })
      return client
    },
  }
}

describe.each(PROTOCOLS)('a signature in %s', (_protocol, code, call) => {
  test('is refused when it is more than five minutes old', async () => {
    const failure = await failureOf(call(await skewed(6)))
    expect(failure).toMatchObject({ name: code })
    expect(String(failure)).toContain('Signature expired')
  })

  test('is refused when it is more than five minutes ahead', async () => {
    const failure = await failureOf(call(await skewed(-6)))
    expect(failure).toMatchObject({ name: code })
    expect(String(failure)).toContain('Signature not yet current')
  })

  test('is taken within five minutes', async () => {
    await expect(call(await skewed(4))).resolves.toBeDefined()
  })
})

test('a refused signature starts nothing, and is remembered as refused', async () => {
  const { client, calls } = await skewed(6)
  await failureOf(client(DrsClient).send(new DescribeJobsCommand({})))
  expect(calls()).toMatchObject([
    { operation: 'DescribeJobs', outcome: 'refused', error: 'InvalidSignatureException' },
  ])
})

test('answers carry the time of the clock, by which clients correct their own', async () => {
  const { url, clock } = await practise()
  const { headers } = await fetch(url)
  expect(headers.get('date')).toBe(clock.now().toUTCString())
})

test.each([
  ['DRS', '/DescribeJobs', {}, 403, 'MissingAuthenticationTokenException'],
  [
    'SSM',
    '/',
    { 'x-amz-target': 'AmazonSSM.GetAutomationExecution' },
    400,
    'MissingAuthenticationTokenException',
  ],
  [
    'STS',
    '/',
    { 'content-type': 'application/x-www-form-urlencoded' },
    403,
    '<Code>MissingAuthenticationToken</Code>',
  ],
  [
    'Route 53',
    '/2013-04-01/hostedzone/Z0SAMPLEPAYMENTS/rrset',
    {},
    403,
    '<Code>MissingAuthenticationToken</Code>',
  ],
])(
  'an unsigned request to %s is refused in its own protocol',
  async (_service, path, headers, status, code) => {
    const { url } = await practise()
    const answer = await fetch(url + path, { method: 'POST', headers, body: '' })
    expect(answer.status).toBe(status)
    expect(`${answer.headers.get('x-amzn-errortype')} ${await answer.text()}`).toContain(code)
  },
)
