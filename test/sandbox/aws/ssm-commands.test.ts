import { DescribeRecoveryInstancesCommand, DrsClient, StartRecoveryCommand } from '@aws-sdk/client-drs'
import {
  CancelCommandCommand,
  DuplicateInstanceId,
  InvalidCommandId,
  InvalidDocument,
  InvalidFilterKey,
  InvalidInstanceId,
  InvalidParameters,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts'
import { failureOf, practise, rule, stateFile } from './practice.ts'

const [ONE, TWO] = ['i-0a000000000000001', 'i-0a000000000000002'] as const
const ORDER = {
  DocumentName: 'AWS-RunShellScript',
  InstanceIds: [ONE, TWO],
  Parameters: { commands: ['true'] },
  Comment: 'sample',
}

async function commandGround(scenario: Scenario = [], kept?: string) {
  const ground = await practise({ scenario, ...(kept ? { stateFile: kept } : {}) })
  const ssm = ground.client(SSMClient, { region: 'us-east-1' })
  const send = async (input: Partial<SendCommandCommandInput> = {}) =>
    (await ssm.send(new SendCommandCommand({ ...ORDER, ...input }))).Command?.CommandId ?? ''
  const invocations = async (CommandId: string) => {
    const asked = new ListCommandInvocationsCommand({ CommandId, Details: true })
    return (await ssm.send(asked)).CommandInvocations
  }
  const statuses = async (CommandId: string) => {
    const { Commands } = await ssm.send(new ListCommandsCommand({ CommandId }))
    return [Commands?.[0]?.Status, ...((await invocations(CommandId)) ?? []).map(({ Status }) => Status)]
  }
  const list = async (...filters: [string, string][]) => {
    const Filters = filters.map(([key, value]) => ({ key, value }))
    // The test may ask for a key that does not exist, which the client's type forbids.
    const input = JSON.parse(JSON.stringify({ Filters }))
    const { Commands } = await ssm.send(new ListCommandsCommand(input))
    return Commands?.map(({ CommandId }) => CommandId)
  }
  return { ...ground, ssm, send, invocations, statuses, list }
}

describe('a command', () => {
  test('is pending, in progress and done, also after a restart', async () => {
    const file = stateFile()
    const before = await commandGround([], file)
    const id = await before.send()
    expect(await before.statuses(id)).toEqual(['Pending', 'Pending', 'Pending'])
    before.passAwsMinutes(0.1)
    expect(await before.statuses(id)).toEqual(['InProgress', 'InProgress', 'InProgress'])
    const after = await commandGround([], file)
    after.passAwsMinutes(1)
    expect(await after.statuses(id)).toEqual(['Success', 'Success', 'Success'])
  })

  test('fails on the machines that the scenario names, with its words', async () => {
    const action = { commandFails: true, status: 'ExecutionTimedOut', output: 'Too slow.' } as const
    const { send, statuses, invocations, passAwsMinutes } = await commandGround([
      rule({ server: 'payments-app-2' }, action, { times: 1 }),
    ])
    const id = await send()
    passAwsMinutes(1)
    expect(await statuses(id)).toEqual(['TimedOut', 'Success', 'TimedOut'])
    expect((await invocations(id))?.[1]).toMatchObject({
      StatusDetails: 'ExecutionTimedOut',
      CommandPlugins: [{ Output: expect.stringContaining('Too slow.') }],
    })
    const again = await send()
    passAwsMinutes(1)
    expect(await statuses(again)).toEqual(['Success', 'Success', 'Success'])
  })

  test('that hangs on one machine is cancelled only there', async () => {
    const { ssm, send, statuses, passAwsMinutes } = await commandGround([
      rule({ server: ONE }, { commandHangs: true }),
    ])
    const id = await send()
    passAwsMinutes(60)
    expect(await statuses(id)).toEqual(['InProgress', 'InProgress', 'Success'])
    await ssm.send(new CancelCommandCommand({ CommandId: id }))
    expect(await statuses(id)).toEqual(['Cancelling', 'Cancelling', 'Success'])
    passAwsMinutes(1)
    expect(await statuses(id)).toEqual(['Cancelled', 'Cancelled', 'Success'])
  })

  test('reaches what DRS has launched, in the recovery Region', async () => {
    const { client, passAwsMinutes, calls } = await commandGround()
    const drs = client(DrsClient)
    const sourceServers = [{ sourceServerID: 's-0a000000000000001' }]
    await drs.send(new StartRecoveryCommand({ sourceServers }))
    const there = client(SSMClient)
    const send = new SendCommandCommand(ORDER)
    expect(await failureOf(there.send(send))).toBeInstanceOf(InvalidInstanceId)
    expect(calls().at(-1)).toMatchObject({ operation: 'SendCommand', outcome: 'refused' })
    passAwsMinutes(60)
    const { items = [] } = await drs.send(new DescribeRecoveryInstancesCommand({}))
    const InstanceIds = items.flatMap(({ ec2InstanceID }) => ec2InstanceID ?? [])
    const { Command } = await there.send(new SendCommandCommand({ ...ORDER, InstanceIds }))
    expect(InstanceIds).toHaveLength(1)
    expect(Command?.InstanceIds).toEqual(InstanceIds)
  })
})

test.each([
  ['an instance that does not exist', { InstanceIds: [ONE, 'i-0ffffffffffffffff'] }, InvalidInstanceId],
  ['an instance named twice', { InstanceIds: [ONE, ONE] }, DuplicateInstanceId],
  ['a document that is no command', { DocumentName: 'Lifeboat-WarmCache' }, InvalidDocument],
  ['a missing parameter', { Parameters: {} }, InvalidParameters],
])('SSM refuses a command for %s', async (_what, wrong, Failure) => {
  const { send } = await commandGround()
  expect(await failureOf(send(wrong))).toBeInstanceOf(Failure)
})

test('a comment of more than 100 characters is refused, and a command that is not known', async () => {
  const { ssm, send, statuses } = await commandGround()
  expect(await failureOf(send({ Comment: 'x'.repeat(101) }))).toMatchObject({ name: 'ValidationException' })
  const CommandId = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'
  expect(await failureOf(statuses(CommandId))).toBeInstanceOf(InvalidCommandId)
  expect(await failureOf(ssm.send(new CancelCommandCommand({ CommandId })))).toBeInstanceOf(InvalidCommandId)
})

test('the list of commands is filtered by time and document, comes in pages of ten, and may lag', async () => {
  const { ssm, send, list, clock, setScenario } = await commandGround()
  const early = await send()
  clock.advance(60_000)
  const late = await send({ DocumentName: 'AWS-RunPowerShellScript' })
  expect(await list()).toEqual([late, early])
  expect(await list(['InvokedAfter', '2026-01-08T12:00:30Z'])).toEqual([late])
  expect(await list(['DocumentName', 'AWS-RunShellScript'])).toEqual([early])
  expect(await failureOf(list(['Colour', 'red']))).toBeInstanceOf(InvalidFilterKey)
  setScenario([rule({ operation: 'ListCommands' }, { listLagSeconds: 30 })])
  expect(await list()).toEqual([early])
  clock.advance(30_000)
  for (let count = 0; count < 10; count += 1) await send()
  setScenario([])
  const page = await ssm.send(new ListCommandsCommand({}))
  const rest = await ssm.send(new ListCommandsCommand({ NextToken: page.NextToken }))
  expect([page.Commands?.length, rest.Commands?.length]).toEqual([10, 2])
})
