import { describe, expect, test } from 'vitest'
import { TASK_TYPES } from '../../../src/engine/task-types/index.ts'
import { AmbiguousFailure, FinalFailure } from '../../../src/ports/failure.ts'
import { server } from '../../adapters/aws/ground.ts'
import { failureOf, rule } from '../../sandbox/aws/practice.ts'
import { story } from './story.ts'

describe('drs_recovery', () => {
  const inputs = { source_servers: [server(1), server(2)] }

  test('completes when every server is launched', async () => {
    const { type, attempt, passAwsMinutes } = await story('drs_recovery', inputs)
    const begun = attempt()
    const references = await type.start(begun, [])
    passAwsMinutes(1)
    const first = await type.check(begun, { references, detail: {} })
    expect(first).toMatchObject({ kind: 'running', detail: { launched: 0, of: 2 } })
    passAwsMinutes(30)
    const detail = first.kind === 'running' ? first.detail : {}
    const last = await type.check(begun, { references, detail })
    expect(last).toMatchObject({ kind: 'completed', summary: expect.stringContaining('2 servers') })
    expect(last.lines).not.toContain(first.lines[0])
  })

  test('fails per server though the job is completed, and a retry launches only the failed one', async () => {
    const { type, attempt, passAwsMinutes, callsOf } = await story('drs_recovery', inputs, [
      rule({ server: 'payments-app-2' }, { launchFails: true }, { times: 1 }),
    ])
    const references = await type.start(attempt(), [])
    passAwsMinutes(30)
    const failed = await type.check(attempt(), { references, detail: {} })
    expect(failed).toMatchObject({ kind: 'failed', carry: { launched: [server(1)] } })
    expect(failed.kind === 'failed' && failed.message).toContain(`${server(2)} (failed)`)

    const second = attempt(2, 'recovery', failed.kind === 'failed' ? failed.carry : {})
    const again = await type.start(second, [])
    expect(callsOf('StartRecovery')[1]).toMatchObject({
      input: { sourceServers: [{ sourceServerID: server(2) }] },
    })
    passAwsMinutes(30)
    expect(await type.check(second, { references: again, detail: {} })).toMatchObject({ kind: 'completed' })
  })

  test('counts a skipped server as not launched', async () => {
    const { type, attempt, passAwsMinutes } = await story('drs_recovery', inputs, [
      rule({ server: 'payments-app-1' }, { skipServer: true }),
    ])
    const references = await type.start(attempt(), [])
    passAwsMinutes(30)
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('skipped'),
    })
  })

  test('finds the job whose reply was lost', async () => {
    const { type, attempt, callsOf } = await story('drs_recovery', inputs, [
      rule({ operation: 'StartRecovery' }, { loseReply: true }),
    ])
    const begun = attempt()
    expect(await failureOf(type.start(begun, []))).toBeInstanceOf(AmbiguousFailure)
    expect(await type.find(begun, [])).toEqual([[expect.stringMatching(/^drsjob-/)]])
    expect(callsOf('StartRecovery')).toHaveLength(1)
  })

  test('says which job goes on when it is cancelled', async () => {
    const { type, attempt } = await story('drs_recovery', inputs)
    const references = await type.start(attempt(), [])
    expect(await type.cancel(attempt(), references)).toContain(references[0])
  })
})

describe('ssm_automation', () => {
  const inputs = { document: 'Lifeboat-WarmCache', parameters: { Application: ['payments'] } }

  test('is followed to its end, and starting it twice starts it once', async () => {
    const { type, attempt, passAwsMinutes } = await story('ssm_automation', inputs)
    const begun = attempt()
    const references = await type.start(begun, [])
    expect(await type.start(begun, [])).toEqual(references)
    expect(await type.find(begun, [])).toEqual([references])
    expect(await type.find(attempt(2), [])).toEqual([])
    passAwsMinutes(1)
    expect(await type.check(begun, { references, detail: {} })).toMatchObject({
      kind: 'running',
      lines: ['findCacheNodes: Success', 'loadKeys: InProgress'],
    })
    passAwsMinutes(5)
    expect(await type.check(begun, { references, detail: {} })).toMatchObject({ kind: 'completed' })
  })

  test('fails with the step and its message', async () => {
    const { type, attempt, passAwsMinutes } = await story('ssm_automation', inputs, [
      rule(
        { document: 'Lifeboat-WarmCache' },
        { automationFails: true, step: 'loadKeys', message: 'No cache node answers.' },
      ),
    ])
    const references = await type.start(attempt(), [])
    passAwsMinutes(10)
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/step loadKeys Failed.*No cache node answers/),
    })
  })

  test('is asked to stop when it is cancelled, also when it has ended', async () => {
    const { type, attempt, automation, passAwsMinutes } = await story('ssm_automation', inputs)
    const references = await type.start(attempt(), [])
    expect(await type.cancel(attempt(), references)).toContain('asked to stop')
    passAwsMinutes(10)
    expect(await type.cancel(attempt(), references)).toContain('asked to stop')
    expect(await automation.run({}, references[0] ?? '')).toMatchObject({ status: 'Cancelled' })
  })
})

describe('database_failover', () => {
  const target = 'arn:aws:rds:us-west-2:111122223333:cluster:payments-db-usw2'
  const inputs = { global_cluster: 'payments-db', target_cluster: target }

  test.each([
    [{}, 'SwitchoverGlobalCluster'],
    [{ allow_data_loss: true }, 'FailoverGlobalCluster'],
  ])('moves the writer once with %o by %s', async (more, operation) => {
    const { type, attempt, changes, passAwsMinutes } = await story('database_failover', {
      ...inputs,
      ...more,
    })
    const begun = attempt()
    const references = await type.start(begun, [])
    expect(await type.start(begun, [])).toEqual(references)
    expect(await type.check(begun, { references, detail: {} })).toMatchObject({ kind: 'running' })
    passAwsMinutes(10)
    expect(await type.check(begun, { references, detail: {} })).toMatchObject({ kind: 'completed' })
    await type.start(attempt(2), [])
    expect(changes()).toMatchObject([{ operation }])
  })

  test('fails when the writer has not moved', async () => {
    const { type, attempt, passAwsMinutes } = await story('database_failover', inputs, [
      rule({ cluster: 'payments-db' }, { failoverFails: true }),
    ])
    const begun = attempt()
    const references = await type.start(begun, [])
    const first = await type.check(begun, { references, detail: {} })
    passAwsMinutes(10)
    const detail = first.kind === 'running' ? first.detail : {}
    expect(await type.check(begun, { references, detail })).toMatchObject({ kind: 'failed' })
  })

  test('finds the move whose reply was lost', async () => {
    const { type, attempt } = await story('database_failover', inputs, [
      rule({ operation: 'SwitchoverGlobalCluster' }, { loseReply: true }),
    ])
    const begun = attempt()
    expect(await type.find(begun, [])).toEqual([])
    expect(await failureOf(type.start(begun, []))).toBeInstanceOf(AmbiguousFailure)
    expect(await type.find(begun, [])).toEqual([['payments-db']])
  })

  test('is refused for a cluster that is no member', async () => {
    const { type, attempt } = await story('database_failover', { ...inputs, target_cluster: `${target}-x` })
    expect(await failureOf(type.start(attempt(), []))).toBeInstanceOf(FinalFailure)
  })

  test('moves nothing in a drill', async () => {
    const { type, attempt, changes } = await story('database_failover', inputs)
    const drill = attempt(1, 'drill')
    const references = await type.start(drill, [])
    expect(await type.check(drill, { references, detail: {} })).toMatchObject({
      kind: 'completed',
      summary: expect.stringMatching(/^Drill: checked only/),
    })
    expect(changes()).toEqual([])
  })
})

describe('route53_failover', () => {
  const inputs = {
    hosted_zone_id: 'Z0SAMPLEPAYMENTS',
    records: [
      { name: 'app.payments.example.com', type: 'CNAME', values: ['payments-app.us-west-2.example.com'] },
    ],
  }

  test('sets the records, waits until all name servers know, and tells what was before', async () => {
    const { type, attempt, dns, passAwsMinutes } = await story('route53_failover', inputs)
    const references = await type.start(attempt(), [])
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({ kind: 'running' })
    passAwsMinutes(2)
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({
      kind: 'completed',
      summary: expect.stringContaining('payments-app.us-east-1.example.com'),
    })
    expect(await dns.records({}, 'Z0SAMPLEPAYMENTS')).toContainEqual(
      expect.objectContaining({ values: ['payments-app.us-west-2.example.com'] }),
    )
  })

  test('changes nothing in a drill, and finds a name outside the zone', async () => {
    const { type, attempt, changes } = await story('route53_failover', inputs)
    const drill = attempt(1, 'drill')
    const references = await type.start(drill, [])
    expect(await type.check(drill, { references, detail: {} })).toMatchObject({ kind: 'completed' })
    const stray = { ...inputs.records[0], name: 'app.evilpayments.example.com', ttl: 60 }
    const wrong = { ...drill, inputs: { ...inputs, records: [stray] } }
    expect(await type.check(wrong, { references, detail: {} })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('app.evilpayments.example.com'),
    })
    expect(changes()).toEqual([])
  })
})

test('wait ends when its minutes have passed on the clock, whoever looks', async () => {
  const { type, attempt, clock } = await story('wait', { minutes: 5 })
  const begun = attempt()
  const references = await type.start(begun, [])
  expect(await type.find(begun, [])).toEqual([references])
  clock.advance(4 * 60_000)
  expect(await type.check(begun, { references, detail: {} })).toMatchObject({ kind: 'running' })
  clock.advance(60_000)
  expect(await type.check(begun, { references, detail: {} })).toMatchObject({ kind: 'completed' })
})

test('an approval is never started by a worker', async () => {
  const { type, attempt } = await story('approval', {})
  await expect(type.start(attempt(), [])).rejects.toThrow('a bug')
})

test.each([
  ['drs_recovery', 'a server named twice', { source_servers: [server(1), server(1)] }],
  [
    'drs_recovery',
    'more than 500 servers',
    { source_servers: Array.from({ length: 501 }, (_, index) => server(index)) },
  ],
  ['wait', 'a field it does not know', { minutes: 5, role_arn: 'x' }],
  [
    'ssm_automation',
    'a role with a star',
    { document: 'AWS-Sample', role_arn: 'arn:aws:iam::111122223333:role/*' },
  ],
  [
    'database_failover',
    'a target that is no ARN',
    { global_cluster: 'payments-db', target_cluster: 'payments-db-usw2' },
  ],
])('%s refuses %s', (name, _what, inputs) => {
  expect(TASK_TYPES.get(name)?.inputs.safeParse(inputs).success).toBe(false)
})
