import {
  type Change,
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  InvalidChangeBatch,
  InvalidInput,
  ListResourceRecordSetsCommand,
  NoSuchChange,
  NoSuchHostedZone,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53'
import { describe, expect, test } from 'vitest'
import { failureOf, practise } from './practice.ts'

const HostedZoneId = 'Z0SAMPLEPAYMENTS'

const record = (host: string, target: string): ResourceRecordSet => ({
  Name: `${host}.payments.example.com`,
  Type: 'CNAME',
  TTL: 60,
  ResourceRecords: [{ Value: target }],
})

async function dnsGround() {
  const ground = await practise()
  const dns = ground.client(Route53Client)
  const change = async (Changes: Change[], zone = HostedZoneId) => {
    const command = new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: { Comment: 'run <1> & "task"', Changes },
    })
    return (await dns.send(command)).ChangeInfo
  }
  const target = async (host: string) => {
    const { ResourceRecordSets } = await dns.send(new ListResourceRecordSetsCommand({ HostedZoneId }))
    const found = ResourceRecordSets?.find(({ Name }) => Name === `${host}.payments.example.com.`)
    return found?.ResourceRecords?.[0]?.Value
  }
  return { ...ground, dns, change, target }
}

describe('a change of records', () => {
  test('takes effect at once, and is in sync a little later', async () => {
    const { dns, change, target, passAwsMinutes, clock } = await dnsGround()
    expect(await target('api')).toBe('payments-api.us-east-1.example.com')
    const made = await change([
      { Action: 'UPSERT', ResourceRecordSet: record('api', 'payments-api.us-west-2.example.com') },
    ])
    expect(made).toMatchObject({ Status: 'PENDING', SubmittedAt: clock.now(), Comment: 'run <1> & "task"' })
    expect(await target('api')).toBe('payments-api.us-west-2.example.com')
    passAwsMinutes(1)
    const { ChangeInfo } = await dns.send(new GetChangeCommand({ Id: made?.Id }))
    expect(ChangeInfo).toMatchObject({ Status: 'INSYNC' })
  })

  test('happens as a whole or not at all', async () => {
    const { change, target } = await dnsGround()
    const failure = await failureOf(
      change([
        { Action: 'UPSERT', ResourceRecordSet: record('api', 'elsewhere.example.com') },
        { Action: 'CREATE', ResourceRecordSet: record('app', 'elsewhere.example.com') },
      ]),
    )
    expect(failure).toBeInstanceOf(InvalidChangeBatch)
    expect(String(failure)).toContain('app.payments.example.com')
    expect(await target('api')).toBe('payments-api.us-east-1.example.com')
  })

  test('deletes only what is named exactly', async () => {
    const { change, target } = await dnsGround()
    const wrong = change([{ Action: 'DELETE', ResourceRecordSet: record('api', 'elsewhere.example.com') }])
    expect(await failureOf(wrong)).toBeInstanceOf(InvalidChangeBatch)
    await change([
      { Action: 'DELETE', ResourceRecordSet: record('api', 'payments-api.us-east-1.example.com') },
    ])
    expect(await target('api')).toBeUndefined()
  })

  test('keeps weighted aliases beside each other', async () => {
    const { dns, change } = await dnsGround()
    const weighted = (SetIdentifier: string, Weight: number): Change => ({
      Action: 'UPSERT',
      ResourceRecordSet: {
        Name: 'edge.payments.example.com',
        Type: 'A',
        SetIdentifier,
        Weight,
        AliasTarget: {
          DNSName: `${SetIdentifier}.example.com`,
          HostedZoneId: 'Z0EDGE',
          EvaluateTargetHealth: true,
        },
      },
    })
    await change([weighted('us-east-1', 0), weighted('us-west-2', 100)])
    const { ResourceRecordSets } = await dns.send(
      new ListResourceRecordSetsCommand({
        HostedZoneId,
        StartRecordName: 'edge.payments.example.com',
        MaxItems: 2,
      }),
    )
    expect(ResourceRecordSets).toMatchObject([
      { SetIdentifier: 'us-east-1', Weight: 0, AliasTarget: { EvaluateTargetHealth: true } },
      { SetIdentifier: 'us-west-2', Weight: 100 },
    ])
  })

  test.each([
    ['a name of another zone', { ...record('api', 'x.example.com'), Name: 'api.other.example.com' }],
    ['a CNAME beside other records', { ...record('api', 'x.example.com'), Name: 'payments.example.com' }],
    ['no values', { Name: 'new.payments.example.com', Type: 'A' as const }],
  ])('is refused for %s', async (_what, ResourceRecordSet) => {
    const { change } = await dnsGround()
    const failure = await failureOf(change([{ Action: 'UPSERT', ResourceRecordSet }]))
    expect(failure).toBeInstanceOf(InvalidChangeBatch)
  })
})

test('a record type that nobody can answer is invalid input', async () => {
  const { change } = await dnsGround()
  const ResourceRecordSet = { ...record('api', 'x.example.com'), Type: 'HTTPS' as const }
  expect(await failureOf(change([{ Action: 'UPSERT', ResourceRecordSet }]))).toBeInstanceOf(InvalidInput)
})

test('zones and changes that do not exist are not found', async () => {
  const { dns, change } = await dnsGround()
  const upsert: Change = { Action: 'UPSERT', ResourceRecordSet: record('api', 'x.example.com') }
  expect(await failureOf(change([upsert], 'Z0NOTHING'))).toBeInstanceOf(NoSuchHostedZone)
  expect(await failureOf(dns.send(new GetHostedZoneCommand({ Id: 'Z0NOTHING' })))).toBeInstanceOf(
    NoSuchHostedZone,
  )
  expect(await failureOf(dns.send(new GetChangeCommand({ Id: 'C0NOTHING' })))).toBeInstanceOf(NoSuchChange)
  const foreign = new GetHostedZoneCommand({ Id: 'Z0SAMPLELEDGER' })
  expect(await failureOf(dns.send(foreign))).toBeInstanceOf(NoSuchHostedZone)
})

test('records are listed in the order of their labels, page by page', async () => {
  const { dns } = await dnsGround()
  const names: (string | undefined)[] = []
  let next: {
    StartRecordName?: string | undefined
    StartRecordType?: ResourceRecordSet['Type'] | undefined
  } = {}
  let truncated = true
  while (truncated) {
    const page = await dns.send(new ListResourceRecordSetsCommand({ HostedZoneId, MaxItems: 2, ...next }))
    names.push(...(page.ResourceRecordSets?.map(({ Name, Type }) => `${Type} ${Name}`) ?? []))
    next = { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType }
    truncated = page.IsTruncated === true
  }
  expect(names).toEqual([
    'NS payments.example.com.',
    'SOA payments.example.com.',
    'TXT payments.example.com.',
    'CNAME api.payments.example.com.',
    'CNAME app.payments.example.com.',
    'CNAME db.payments.example.com.',
  ])
})

test('a hosted zone tells its name and its name servers', async () => {
  const { dns } = await dnsGround()
  expect(await dns.send(new GetHostedZoneCommand({ Id: HostedZoneId }))).toMatchObject({
    HostedZone: {
      Id: `/hostedzone/${HostedZoneId}`,
      Name: 'payments.example.com.',
      ResourceRecordSetCount: 6,
    },
    DelegationSet: { NameServers: ['ns-1.example.net', 'ns-2.example.org'] },
  })
})
