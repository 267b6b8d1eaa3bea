import { DrsClient, StartRecoveryCommand } from '@aws-sdk/client-drs'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { begin } from '../../src/domain/begin.ts'
import { executionId, taskOf } from '../../src/domain/execution.ts'
import { taskId } from '../../src/domain/task.ts'
import { keep } from '../../src/engine/keep.ts'
import type { Working } from '../../src/engine/look.ts'
import { TASK_TYPES } from '../../src/engine/task-types/index.ts'
import { type Waking, wake } from '../../src/engine/wake.ts'
import { work } from '../../src/engine/work.ts'
import type { Scenario } from '../../src/sandbox/aws/scenario.ts'
import { awsGround, server } from '../adapters/aws/ground.ts'
import { ANNA, planOf } from '../domain/run.ts'
import { rule } from '../sandbox/aws/practice.ts'

const ID = executionId.parse('01SAMPLE')
const LAUNCH = taskId.parse('launch')
const SERVERS = [server(1), server(2)]
const START = { operation: 'StartRecovery' }

/** A real failover of two servers, which the engine may retry by itself, over the SDK and a practice AWS. */
async function ground(scenario: Scenario = []) {
  const aws = await awsGround(scenario)
  const { clock, world } = aws
  const memory = memoryExecutions()
  let sleepMinutes = 0
  const store: typeof memory = {
    ...memory,
    save: async (...save) => {
      const saved = await memory.save(...save)
      clock.advance(sleepMinutes * 60_000)
      sleepMinutes = 0
      return saved
    },
  }
  const known = keep(store, clock)
  const log = pino({ level: 'silent' })
  const task = { task_id: LAUNCH, task_type: 'drs_recovery', inputs: { source_servers: SERVERS }, retries: 3 }
  const plan = planOf({ recovery_plan_id: 'pay', tasks: [{ ...task, task_successors: [] }] }, TASK_TYPES)
  const order = { id: ID, mode: 'recovery' as const, places: [], by: ANNA, source: 'test' }
  const { execution, record } = begin(plan, 1, { ...order, at: clock.now().toISOString() })
  await store.create(execution, record)
  const queue = { put: async () => true, trouble: async () => undefined, close: async () => {} }
  const waking: Waking = { keep: known, index: store, queue, clock, log }
  let tokens = 0
  const working: Working = {
    ...{ keep: known, index: store, types: TASK_TYPES, world, clock, log, pollSeconds: 10, leaseSeconds: 15 },
    newToken: () => `token-${++tokens}`,
  }
  await wake(ID, waking)
  const launch = async () => taskOf((await store.load(ID)) ?? execution, LAUNCH)
  return {
    ...aws,
    launch,
    cancel: async () => {
      const before = await known.current(ID)
      const made = { by: ANNA, source: 'test', changes: [{ what: 'cancelled' as const, reason: 'over' }] }
      if (before) await known.commit(before, made)
    },
    /** The process sleeps for so long once its next save has passed. */
    sleepAfterSave: (minutes: number) => {
      sleepMinutes = minutes
    },
    look: async () => work({ execution: ID, task: LAUNCH, attempt: (await launch()).attempt }, working),
  }
}

test('of two workers that look at the same time one sends', async () => {
  const { look, launch, callsOf } = await ground()
  await Promise.all([look(), look(), look()])
  expect(callsOf('StartRecovery')).toHaveLength(1)
  expect(await launch()).toMatchObject({ effect: { phase: 'running', adopted: false } })
})

test('a worker that slept between intent and call starts nothing: AWS refuses the signature, and the next look sends anew', async () => {
  const { look, launch, clock, callsOf, sleepAfterSave } = await ground()
  sleepAfterSave(6)
  await look()
  expect(callsOf('StartRecovery')).toMatchObject([{ outcome: 'refused' }])
  expect(await launch()).toMatchObject({ status: 'IN_PROGRESS', attempt: 1, effect: { phase: 'ready' } })
  clock.advance(60_000)
  await look()
  expect(callsOf('StartRecovery')).toMatchObject([{ outcome: 'refused' }, { outcome: 'answered' }])
})

test('what had not begun when the run was cancelled ends with the next look, and nothing is sent', async () => {
  const { look, launch, cancel, callsOf } = await ground()
  await cancel()
  await look()
  expect(await launch()).toMatchObject({ status: 'CANCELLED', summary: 'Nothing had been started yet.' })
  expect(callsOf('StartRecovery')).toEqual([])
})

test('a start whose reply was lost goes on, and its job is found by its tags and followed', async () => {
  const { look, launch, clock, callsOf } = await ground([rule(START, { loseReply: true })])
  await look()
  expect(await launch()).toMatchObject({ status: 'IN_PROGRESS', attempt: 1, effect: { phase: 'starting' } })
  clock.advance(16_000)
  await look()
  expect(await launch()).toMatchObject({
    status: 'IN_PROGRESS',
    attempt: 1,
    effect: { phase: 'running', adopted: true, references: [expect.stringMatching(/^drsjob-/)] },
  })
  expect(callsOf('StartRecovery')).toHaveLength(1)
})

test('a job that the list shows only minutes later is waited for, and not started again', async () => {
  const { look, launch, clock, callsOf } = await ground([
    rule(START, { loseReply: true }),
    rule({ operation: 'DescribeJobs' }, { listLagSeconds: 240 }),
  ])
  await look()
  for (let passed = 0; passed < 300; passed += 30) {
    clock.advance(30_000)
    await look()
  }
  expect(callsOf('StartRecovery')).toHaveLength(1)
  expect(await launch()).toMatchObject({ attempt: 1, effect: { phase: 'running', adopted: true } })
})

test('of several jobs that it may have started none is taken: people choose, and the engine tries nothing itself', async () => {
  const { look, launch, clock, client, passAwsMinutes } = await ground([
    rule(START, { cutBefore: true }, { times: 1 }),
  ])
  await look()
  const console = client(DrsClient)
  const sourceServers = SERVERS.map((sourceServerID) => ({ sourceServerID }))
  const jobs: string[] = []
  for (let round = 0; round < 2; round++) {
    const { job } = await console.send(new StartRecoveryCommand({ sourceServers }))
    jobs.push(job?.jobID ?? '')
    passAwsMinutes(30)
  }
  clock.advance(16_000)
  await look()
  const { status, attempt, failure } = await launch()
  expect({ status, attempt, kind: failure?.kind }).toEqual({ status: 'FAILED', attempt: 1, kind: 'unknown' })
  expect(failure?.candidates?.flat().toSorted()).toEqual(jobs.toSorted())
})

test('a check that AWS does not answer clearly changes nothing, and the next one goes on', async () => {
  const broken = { error: { code: 'InternalServerException' } }
  // Three tries of the SDK are one check; the first look may start and check.
  const { look, launch, passAwsMinutes } = await ground([
    rule({ operation: 'DescribeJobLogItems' }, broken, { times: 6 }),
  ])
  await look()
  const running = await launch()
  expect(running).toMatchObject({ status: 'IN_PROGRESS', effect: { phase: 'running' } })
  await look()
  expect(await launch()).toEqual(running)
  passAwsMinutes(30)
  await look()
  expect(await launch()).toMatchObject({ status: 'COMPLETED', attempt: 1 })
})
