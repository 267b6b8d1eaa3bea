import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { memoryExecutions } from '../../../src/adapters/memory/executions.ts'
import { begin } from '../../../src/domain/begin.ts'
import { executionId, taskOf } from '../../../src/domain/execution.ts'
import { taskId } from '../../../src/domain/task.ts'
import { keep } from '../../../src/engine/keep.ts'
import type { Working } from '../../../src/engine/look.ts'
import { TASK_TYPES } from '../../../src/engine/task-types/index.ts'
import type { Checked } from '../../../src/engine/task-types/task-type.ts'
import { type Waking, wake } from '../../../src/engine/wake.ts'
import { work } from '../../../src/engine/work.ts'
import { AmbiguousFailure, FinalFailure, TransientFailure } from '../../../src/ports/failure.ts'
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts'
import { awsGround } from '../../adapters/aws/ground.ts'
import { ANNA, planOf } from '../../domain/run.ts'
import { failureOf, rule } from '../../sandbox/aws/practice.ts'
import { story } from './story.ts'

const machine = (number: number) => `i-0a${String(number).padStart(15, '0')}`
const [ONE, TWO, THREE] = [machine(1), machine(2), machine(3)] as const
const SEND = { operation: 'SendCommand' }
const inputs = {
  document: 'AWS-RunShellScript',
  instances: [ONE, TWO, THREE],
  parameters: { commands: 'systemctl start payments' },
  region: 'us-east-1',
}
const carryOf = (checked: Checked) => (checked.kind === 'failed' ? checked.carry : undefined)

describe('ssm_command', () => {
  test('runs on every instance, tells each one once, and is completed', async () => {
    const { type, attempt, callsOf, passAwsMinutes } = await story('ssm_command', inputs)
    const begun = attempt()
    const references = await type.start(begun, [])
    expect(callsOf('SendCommand')).toMatchObject([
      {
        input: {
          DocumentName: 'AWS-RunShellScript',
          InstanceIds: [ONE, TWO, THREE],
          Parameters: { commands: ['systemctl start payments'] },
          Comment: 'lifeboat 01SAMPLE/launch@1',
        },
      },
    ])
    const first = await type.check(begun, { references, detail: {} })
    expect(first).toEqual({ kind: 'running', detail: { done: [], of: 3 }, lines: [] })
    passAwsMinutes(1)
    const detail = { done: [ONE], of: 3 }
    expect(await type.check(begun, { references, detail })).toEqual({
      kind: 'completed',
      summary: `AWS-RunShellScript succeeded on 3 instances (command ${references[0]}).`,
      lines: [`${TWO}: Success`, `${THREE}: Success`],
    })
  })

  test('fails with what each instance said, and a retry sends only to those that failed', async () => {
    const { type, attempt, callsOf, passAwsMinutes } = await story('ssm_command', inputs, [
      rule({ server: TWO }, { commandFails: true, output: 'no such\u0007 <b>unit</b>\nmore' }, { times: 1 }),
      rule({ server: 'payments-api-1' }, { commandFails: true, status: 'Undeliverable' }, { times: 1 }),
    ])
    const references = await type.start(attempt(), [])
    passAwsMinutes(1)
    const failed = await type.check(attempt(), { references, detail: {} })
    expect(failed).toMatchObject({
      kind: 'failed',
      message: `AWS-RunShellScript did not succeed on 2 of 3 instances: ${TWO} (Failed: no such unit), ${THREE} (Undeliverable: failed to run commands: exit status 1). A retry sends it only to these. Command ${references[0]}.`,
    })

    const second = attempt(2, 'recovery', carryOf(failed))
    const again = await type.start(second, [])
    expect(callsOf('SendCommand')[1]).toMatchObject({
      input: { InstanceIds: [TWO, THREE], Comment: 'lifeboat 01SAMPLE/launch@2' },
    })
    passAwsMinutes(1)
    expect(await type.check(second, { references: again, detail: {} })).toMatchObject({ kind: 'completed' })
    const all = attempt(3, 'recovery', { succeeded: [ONE, TWO, THREE] })
    expect(await type.start(all, [])).toEqual([])
    expect(await type.check(all, { references: [], detail: {} })).toMatchObject({ kind: 'completed' })
    expect(callsOf('SendCommand')).toHaveLength(2)
  })

  test('is not over while one instance is still at it', async () => {
    const { type, attempt, passAwsMinutes } = await story('ssm_command', inputs, [
      rule({ server: TWO }, { commandHangs: true }),
      rule({ server: ONE }, { commandFails: true }),
    ])
    const references = await type.start(attempt(), [])
    passAwsMinutes(30)
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({
      kind: 'running',
      detail: { done: [ONE, THREE], of: 3 },
    })
  })

  test('waits for a command that the lists do not show yet, and for instances that they leave out', async () => {
    const { type, attempt, clock } = await story('ssm_command', inputs, [
      rule({ operation: 'ListCommands' }, { listLagSeconds: 30 }),
      rule({ operation: 'ListCommandInvocations' }, { listLagSeconds: 60 }),
    ])
    const references = await type.start(attempt(), [])
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({ kind: 'running' })
    clock.advance(31_000)
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({ kind: 'running' })
    clock.advance(30_000)
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({ kind: 'completed' })
  })

  test('is refused for good where an instance is not managed, and its retry has nothing behind it', async () => {
    const { type, attempt } = await story('ssm_command', { ...inputs, instances: [ONE, machine(99)] })
    const failure = await failureOf(type.start(attempt(), []))
    expect(failure).toBeInstanceOf(FinalFailure)
    expect(failure).toMatchObject({
      message: expect.stringMatching(/i-0a0+99.*check that it runs, its agent/),
    })
    expect(await type.find(attempt(), [])).toEqual([])
  })

  test('is found by its comment after a lost reply, among many and not for another attempt', async () => {
    const { type, attempt, commands, origin } = await story('ssm_command', inputs, [
      rule(SEND, { loseReply: true }, { times: 1 }),
    ])
    const begun = attempt()
    expect(await failureOf(type.start(begun, []))).toBeInstanceOf(AmbiguousFailure)
    const order = { ...inputs, parameters: { commands: ['true'] } }
    for (let other = 2; other < 14; other += 1)
      await commands.send({ region: 'us-east-1' }, { ...order, origin: origin(other) })
    expect(await type.find(begun, [])).toEqual([[expect.stringMatching(/^[0-9a-f-]{36}$/)]])
    expect(await type.find(attempt(99), [])).toEqual([])
  })

  test('has a comment of at most 100 characters, the same each time, however long its task is called', async () => {
    const { type, attempt, callsOf } = await story('ssm_command', inputs)
    const long = (task: string) => ({ ...attempt(), origin: { ...attempt().origin, task } })
    const begun = long('t'.repeat(128))
    const references = await type.start(begun, [])
    expect(callsOf('SendCommand')[0]).toMatchObject({
      input: { Comment: expect.stringMatching(/^lifeboat [0-9a-f-]{36}$/) },
    })
    expect(await type.find(begun, [])).toEqual([references])
    expect(await type.find(long(`${'t'.repeat(127)}u`), [])).toEqual([])
  })

  test('dies on its way five minutes after its intent: AWS refuses the signature', async () => {
    const { type, attempt, callsOf, clock } = await story('ssm_command', inputs)
    const begun = attempt()
    clock.advance(6 * 60_000)
    expect(await failureOf(type.start(begun, []))).toBeInstanceOf(TransientFailure)
    expect(callsOf('SendCommand')).toMatchObject([{ outcome: 'refused' }])
  })

  test('was asked to stop when it is cancelled, which is no promise', async () => {
    const { type, attempt, passAwsMinutes } = await story('ssm_command', inputs, [
      rule({ server: TWO }, { commandHangs: true }),
    ])
    const references = await type.start(attempt(), [])
    passAwsMinutes(1)
    expect(await type.cancel(attempt(), references)).toBe(
      `AWS-RunShellScript (${references[0]}) was asked to stop; on some instances it may still run to its end.`,
    )
    passAwsMinutes(1)
    expect(await type.check(attempt(), { references, detail: {} })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(`on 1 of 3 instances: ${TWO} (Cancelled)`),
    })
    expect(await type.cancel(attempt(), [])).toBe('Nothing was started.')
  })

  test('says that it runs in a drill as well', async () => {
    const { type, attempt } = await story('ssm_command', { ...inputs, instances: [ONE] })
    const { inputs: parsed } = attempt()
    expect(type.describe(parsed, 'drill')).toBe(
      'Runs the command AWS-RunShellScript on 1 instance in us-east-1, in a drill as well.',
    )
  })

  test.each([
    ['an instance named twice', { instances: [ONE, ONE] }],
    ['no instance', { instances: [] }],
    ['more than 50 instances', { instances: Array.from({ length: 51 }, (_, index) => machine(index)) }],
    ['a server of DRS', { instances: ['s-0a000000000000001'] }],
    ['a delivery time below that of SSM', { timeout_seconds: 29 }],
  ])('refuses %s', (_what, wrong) => {
    expect(TASK_TYPES.get('ssm_command')?.inputs.safeParse({ ...inputs, ...wrong }).success).toBe(false)
  })
})

/** The engine's looks at one such task, over the SDK and a practice AWS. */
async function looks(scenario: Scenario) {
  const aws = await awsGround(scenario)
  const { clock, world } = aws
  const id = executionId.parse('01SAMPLE')
  const task = taskId.parse('start')
  const store = memoryExecutions()
  const document = {
    recovery_plan_id: 'pay',
    tasks: [{ task_id: task, task_type: 'ssm_command', inputs, task_successors: [] }],
  }
  const order = { id, mode: 'recovery' as const, places: [], by: ANNA, source: 'test' }
  const { execution, record } = begin(planOf(document, TASK_TYPES), 1, {
    ...order,
    at: clock.now().toISOString(),
  })
  await store.create(execution, record)
  const log = pino({ level: 'silent' })
  const queue = { put: async () => true, trouble: async () => undefined, close: async () => {} }
  const known = keep(store, clock)
  const waking: Waking = { keep: known, index: store, queue, clock, log }
  let tokens = 0
  const working: Working = {
    ...{ keep: known, index: store, types: TASK_TYPES, world, clock, log, pollSeconds: 10, leaseSeconds: 15 },
    newToken: () => `token-${++tokens}`,
  }
  await wake(id, waking)
  const now = async () => taskOf((await store.load(id)) ?? execution, task)
  const look = async () => work({ execution: id, task, attempt: (await now()).attempt }, working)
  return {
    ...aws,
    now,
    look,
    /** Looks every ten seconds. */
    lookFor: async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 10) {
        clock.advance(10_000)
        await look()
      }
    },
  }
}

describe('of a command whose sending is unclear', () => {
  test('there is one: it is found, even when the list is late, and followed', async () => {
    const { look, lookFor, now, callsOf } = await looks([
      rule(SEND, { loseReply: true }),
      rule({ operation: 'ListCommands' }, { listLagSeconds: 240 }),
    ])
    await look()
    expect(await now()).toMatchObject({ effect: { phase: 'starting' } })
    await lookFor(270)
    expect(await now()).toMatchObject({ status: 'COMPLETED', attempt: 1 })
    expect(callsOf('SendCommand')).toHaveLength(1)
  })

  test('there is none: it is sent again, and not before the quiet time has passed', async () => {
    const { look, lookFor, now, callsOf } = await looks([rule(SEND, { cutBefore: true }, { times: 1 })])
    await look()
    await lookFor(320)
    expect(callsOf('SendCommand')).toHaveLength(1)
    expect(await now()).toMatchObject({ status: 'IN_PROGRESS', effect: { phase: 'starting' } })
    await lookFor(30)
    expect(callsOf('SendCommand')).toHaveLength(2)
    await lookFor(10)
    expect(await now()).toMatchObject({ status: 'COMPLETED', attempt: 1 })
  })
})
