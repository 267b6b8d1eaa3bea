import {
  AutomationDefinitionNotFoundException,
  AutomationExecutionNotFoundException,
  DescribeAutomationExecutionsCommand,
  DescribeDocumentCommand,
  GetAutomationExecutionCommand,
  IdempotentParameterMismatch,
  InvalidAutomationExecutionParametersException,
  InvalidAutomationStatusUpdateException,
  InvalidDocument,
  InvalidFilterKey,
  SSMClient,
  StartAutomationExecutionCommand,
  type StartAutomationExecutionCommandInput,
  StopAutomationExecutionCommand,
} from '@aws-sdk/client-ssm'
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts'
import { failureOf, practise, rule } from './practice.ts'

const WARM = { DocumentName: 'Lifeboat-WarmCache', Parameters: { Application: ['payments'] } }
const TOKEN = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'

async function ssmGround(scenario: Scenario = []) {
  const ground = await practise({ scenario })
  const ssm = ground.client(SSMClient)
  const start = async (input: StartAutomationExecutionCommandInput) =>
    (await ssm.send(new StartAutomationExecutionCommand(input))).AutomationExecutionId ?? ''
  const execution = async (id: string) =>
    (await ssm.send(new GetAutomationExecutionCommand({ AutomationExecutionId: id }))).AutomationExecution
  const stepStatuses = async (id: string) =>
    (await execution(id))?.StepExecutions?.map(({ StepStatus }) => StepStatus)
  const list = async (...filters: [string, string][]) => {
    const Filters = filters.map(([Key, value]) => ({ Key, Values: [value] }))
    // The test may ask for a key that does not exist, which the client's type forbids.
    const input = JSON.parse(JSON.stringify({ Filters }))
    const listed = await ssm.send(new DescribeAutomationExecutionsCommand(input))
    return listed.AutomationExecutionMetadataList?.map(({ AutomationExecutionId }) => AutomationExecutionId)
  }
  return { ...ground, ssm, start, execution, stepStatuses, list }
}

describe('an automation', () => {
  test('goes through its steps and leaves its outputs', async () => {
    const { start, execution, stepStatuses, passAwsMinutes, clock } = await ssmGround()
    const id = await start(WARM)
    expect(await execution(id)).toMatchObject({
      AutomationExecutionStatus: 'Pending',
      ExecutionStartTime: clock.now(),
      Parameters: { Application: ['payments'] },
    })
    passAwsMinutes(1)
    expect(await execution(id)).toMatchObject({
      AutomationExecutionStatus: 'InProgress',
      CurrentStepName: 'loadKeys',
    })
    expect(await stepStatuses(id)).toEqual(['Success', 'InProgress', 'Pending'])
    passAwsMinutes(2)
    expect(await execution(id)).toMatchObject({
      AutomationExecutionStatus: 'Success',
      ExecutionEndTime: expect.any(Date),
      Outputs: { 'verifyHitRate.HitRate': ['0.97'] },
    })
    expect(await stepStatuses(id)).toEqual(['Success', 'Success', 'Success'])
  })

  test('started again with its token is the same one, in whatever case the token is written', async () => {
    const { start, list } = await ssmGround()
    const id = await start({ ...WARM, ClientToken: TOKEN })
    expect(await start({ ...WARM, ClientToken: TOKEN.toUpperCase() })).toBe(id)
    expect(await list()).toEqual([id])
    const other = start({ ...WARM, Parameters: { Application: ['ledger'] }, ClientToken: TOKEN })
    expect(await failureOf(other)).toBeInstanceOf(IdempotentParameterMismatch)
  })

  test('fails at the step and with the words of the scenario, and goes no further', async () => {
    const action = { automationFails: true, step: 'loadKeys', message: 'No cache node answered.' } as const
    const { start, execution, stepStatuses, passAwsMinutes } = await ssmGround([
      rule({ document: 'Lifeboat-WarmCache' }, action, { times: 1 }),
    ])
    const id = await start(WARM)
    passAwsMinutes(5)
    expect(await execution(id)).toMatchObject({
      AutomationExecutionStatus: 'Failed',
      FailureMessage: expect.stringContaining('No cache node answered.'),
    })
    expect(await stepStatuses(id)).toEqual(['Success', 'Failed', 'Pending'])

    const again = await start(WARM)
    passAwsMinutes(5)
    expect(await execution(again)).toMatchObject({ AutomationExecutionStatus: 'Success' })
  })

  test('hangs in a step for ever', async () => {
    const { start, execution, stepStatuses, passAwsMinutes } = await ssmGround([
      rule({ document: 'Lifeboat-WarmCache' }, { automationHangs: true, step: 'findCacheNodes' }),
    ])
    const id = await start(WARM)
    passAwsMinutes(60 * 24)
    expect(await execution(id)).toMatchObject({ AutomationExecutionStatus: 'InProgress' })
    expect(await stepStatuses(id)).toEqual(['InProgress', 'Pending', 'Pending'])
  })

  test('succeeds with outputs that tell of a failure', async () => {
    const automationOutputs = { 'probeEndpoints.Status': ['unhealthy'] }
    const { start, execution, passAwsMinutes } = await ssmGround([
      rule({ document: 'Lifeboat-HealthCheck' }, { automationOutputs }),
    ])
    const id = await start({ ...WARM, DocumentName: 'Lifeboat-HealthCheck' })
    passAwsMinutes(5)
    expect(await execution(id)).toMatchObject({
      AutomationExecutionStatus: 'Success',
      Outputs: automationOutputs,
    })
  })

  test('stops when it is told to, once', async () => {
    const { ssm, start, execution, stepStatuses, passAwsMinutes } = await ssmGround()
    const id = await start(WARM)
    passAwsMinutes(1)
    const stop = new StopAutomationExecutionCommand({ AutomationExecutionId: id, Type: 'Cancel' })
    await ssm.send(stop)
    expect(await execution(id)).toMatchObject({ AutomationExecutionStatus: 'Cancelling' })
    passAwsMinutes(10)
    expect(await execution(id)).toMatchObject({ AutomationExecutionStatus: 'Cancelled' })
    expect(await stepStatuses(id)).toEqual(['Success', 'Cancelled', 'Pending'])
    expect(await failureOf(ssm.send(stop))).toBeInstanceOf(InvalidAutomationStatusUpdateException)
  })
})

describe('SSM refuses', () => {
  test.each([
    ['an unknown document', { DocumentName: 'Lifeboat-Nothing' }, AutomationDefinitionNotFoundException],
    [
      'an unknown parameter',
      { ...WARM, Parameters: { Host: ['x'] } },
      InvalidAutomationExecutionParametersException,
    ],
    ['a missing parameter', { ...WARM, Parameters: {} }, InvalidAutomationExecutionParametersException],
  ])('%s', async (_what, input, Failure) => {
    const { start } = await ssmGround()
    expect(await failureOf(start(input))).toBeInstanceOf(Failure)
  })

  test('tokens that are no UUID and more than five tags', async () => {
    const { start } = await ssmGround()
    const Tags = Array.from({ length: 6 }, (_, index) => ({ Key: `tag-${index}`, Value: 'x' }))
    expect(await failureOf(start({ ...WARM, ClientToken: 'task-1' }))).toMatchObject({
      name: 'ValidationException',
    })
    expect(await failureOf(start({ ...WARM, Tags }))).toMatchObject({ name: 'ValidationException' })
  })

  test('executions and documents it does not know', async () => {
    const { ssm, execution } = await ssmGround()
    expect(await failureOf(execution(TOKEN))).toBeInstanceOf(AutomationExecutionNotFoundException)
    const failure = await failureOf(ssm.send(new DescribeDocumentCommand({ Name: 'Lifeboat-Nothing' })))
    expect(failure).toBeInstanceOf(InvalidDocument)
  })
})

describe('the list of automations', () => {
  test('is filtered by id, tag, time and name', async () => {
    const { start, list, clock } = await ssmGround()
    const early = await start({ ...WARM, Tags: [{ Key: 'lifeboat:run', Value: '1' }] })
    clock.advance(60_000)
    const late = await start({ ...WARM, DocumentName: 'Lifeboat-HealthCheck' })
    expect(await list()).toEqual([late, early])
    expect(await list(['ExecutionId', early])).toEqual([early])
    expect(await list(['TagKey', 'lifeboat:run'])).toEqual([early])
    expect(await list(['StartTimeAfter', '2026-01-08T12:00:30Z'])).toEqual([late])
    expect(await list(['DocumentNamePrefix', 'Lifeboat-W'], ['TagKey', 'lifeboat:run'])).toEqual([early])
    expect(await failureOf(list(['Colour', 'red']))).toBeInstanceOf(InvalidFilterKey)
  })

  test('comes in pages of ten', async () => {
    const { ssm, start } = await ssmGround()
    for (let count = 0; count < 12; count += 1) await start(WARM)
    const page = await ssm.send(new DescribeAutomationExecutionsCommand({}))
    const rest = await ssm.send(new DescribeAutomationExecutionsCommand({ NextToken: page.NextToken }))
    expect(page.AutomationExecutionMetadataList).toHaveLength(10)
    expect(rest.AutomationExecutionMetadataList).toHaveLength(2)
  })

  test('does not show the newest while it lags', async () => {
    const { start, list, clock } = await ssmGround([
      rule({ operation: 'DescribeAutomationExecutions' }, { listLagSeconds: 30 }),
    ])
    const id = await start(WARM)
    expect(await list()).toEqual([])
    clock.advance(30_000)
    expect(await list()).toEqual([id])
  })
})

test('a document tells its parameters', async () => {
  const { ssm } = await ssmGround()
  const { Document } = await ssm.send(new DescribeDocumentCommand({ Name: 'Lifeboat-SmokeTest' }))
  expect(Document).toMatchObject({ DocumentType: 'Automation', Status: 'Active', DocumentVersion: '1' })
  expect(Document?.Parameters?.map(({ Name }) => Name)).toEqual(['Application', 'Endpoint'])
})
