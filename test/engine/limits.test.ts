import { DrsClient, StartRecoveryCommand } from '@aws-sdk/client-drs'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { linesFor } from '../../src/conversation/thread-line.ts'
import { begin } from '../../src/domain/begin.ts'
import { type Execution, type ExecutionId, executionId, taskOf } from '../../src/domain/execution.ts'
import { type Task, taskId } from '../../src/domain/task.ts'
import { keep } from '../../src/engine/keep.ts'
import type { Working } from '../../src/engine/look.ts'
import { TASK_TYPES } from '../../src/engine/task-types/index.ts'
import { type Waking, wake } from '../../src/engine/wake.ts'
import { work } from '../../src/engine/work.ts'
import type { Scenario } from '../../src/sandbox/aws/scenario.ts'
import { awsGround } from '../adapters/aws/ground.ts'
import { shelf, shelves, withWarehouse } from '../adapters/aws/warehouse.ts'
import { ANNA, planOf } from '../domain/run.ts'
import { rule } from '../sandbox/aws/practice.ts'

const LAUNCH = taskId.parse('launch')
const POLL_SECONDS = 10

/** Runs of one DRS task each, over memory stores, the SDK and a practice AWS with many servers. */
async function ground(scenario: Scenario = [], quotas: { readonly [code: string]: number } = {}) {
  const aws = await awsGround(scenario, {}, { estate: withWarehouse(560, { ...quotas }) })
  const { clock, world } = aws
  const store = memoryExecutions()
  const known = keep(store, clock)
  const log = pino({ level: 'silent' })
  const queue = { put: async () => true, trouble: async () => undefined, close: async () => {} }
  const waking: Waking = { keep: known, index: store, queue, clock, log }
  let tokens = 0
  const working: Working = {
    ...{ keep: known, index: store, types: TASK_TYPES, world, clock, log },
    ...{ pollSeconds: POLL_SECONDS, leaseSeconds: 15 },
    newToken: () => `token-${++tokens}`,
  }
  const console = aws.client(DrsClient)

  const whole = async (id: ExecutionId): Promise<Execution> => {
    const execution = await store.load(id)
    if (!execution) throw new Error(`no run ${id}`)
    return execution
  }
  const launch = async (id: ExecutionId): Promise<Task> => taskOf(await whole(id), LAUNCH)
  const look = async (id: ExecutionId) =>
    work({ execution: id, task: LAUNCH, attempt: (await launch(id)).attempt }, working)

  return {
    ...aws,
    launch,
    look,
    /** A run whose only task launches these servers; the engine may retry it by itself so often. */
    async run(name: string, servers: readonly string[], retries = 0): Promise<ExecutionId> {
      const task = { task_id: LAUNCH, task_type: 'drs_recovery', retries, task_successors: [] }
      const document = {
        recovery_plan_id: name,
        tasks: [{ ...task, inputs: { source_servers: [...servers] } }],
      }
      const id = executionId.parse(`01${name}`)
      const order = { id, mode: 'recovery' as const, places: [], by: ANNA, source: 'test' }
      const at = clock.now().toISOString()
      const { execution, record } = begin(planOf(document, TASK_TYPES), 1, { ...order, at })
      await store.create(execution, record)
      await wake(id, waking)
      clock.advance(1_000)
      return id
    },
    /** Looks at the run as its worker would, until it ends or that many looks were made. */
    async follow(id: ExecutionId, looks = 60): Promise<Task> {
      for (let at = 0; at < looks && (await launch(id)).status === 'IN_PROGRESS'; at++) {
        const worked = await look(id)
        if (worked.kind === 'again') clock.advance(worked.milliseconds)
      }
      return launch(id)
    },
    /** Somebody in the console starts one job a server. */
    async occupy(servers: readonly string[]): Promise<string[]> {
      const jobs: string[] = []
      for (const sourceServerID of servers) {
        const { job } = await console.send(new StartRecoveryCommand({ sourceServers: [{ sourceServerID }] }))
        jobs.push(job?.jobID ?? '')
      }
      return jobs
    },
    lines: async (id: ExecutionId) =>
      linesFor(await store.changesSince(id, 0), await whole(id)).map((line) =>
        line.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '')).join(''),
      ),
    starts: () =>
      aws.callsOf('StartRecovery').filter(({ input }) => JSON.stringify(input).includes('lifeboat:')),
  }
}

const serversOf = ({ input }: { input: unknown }): string[] =>
  [...JSON.stringify(input).matchAll(/"sourceServerID":"([^"]+)"/g)].map(([, id]) => id ?? '')

describe('more servers than one job takes', () => {
  test('are split, and judged together', async () => {
    const { run, follow, starts, lines } = await ground()
    const id = await run('all', shelves(1, 250))
    const done = await follow(id)
    expect(starts().map((call) => serversOf(call).length)).toEqual([100, 100, 50])
    expect(starts().flatMap(serversOf)).toEqual(shelves(1, 250))
    const { effect } = done
    const jobs = effect?.phase === 'running' ? effect.references : []
    expect(jobs).toHaveLength(3)
    expect(done).toMatchObject({
      status: 'COMPLETED',
      summary: `Launched 250 servers (jobs ${jobs.join(', ')}).`,
    })
    for (const job of jobs)
      expect((await lines(id)).filter((line) => line.includes(`runs: ${job}`))).toHaveLength(1)
  })

  test('pass to a retry only those that failed, whichever part they were in', async () => {
    const fails = [7, 107, 207].map((one) =>
      rule({ server: `warehouse-${one}` }, { launchFails: true }, { times: 1 }),
    )
    const { run, follow, starts, lines } = await ground(fails)
    const id = await run('some', shelves(1, 250), 1)
    const done = await follow(id)
    expect(done).toMatchObject({ status: 'COMPLETED', attempt: 2 })
    expect(starts().map((call) => serversOf(call).length)).toEqual([100, 100, 50, 3])
    expect(serversOf(starts()[3] ?? { input: '' })).toEqual([7, 107, 207].map(shelf))
    const failed = (await lines(id)).find((line) => line.startsWith('❌'))
    for (const one of [7, 107, 207]) expect(failed).toContain(`${shelf(one)} (failed)`)
    expect(failed).toContain('3 of 250 servers not launched')
  })

  test('go on with the next part when a part’s reply was lost: its own job is found, no other', async () => {
    const { run, follow, starts } = await ground([
      rule({ operation: 'StartRecovery' }, { loseReply: true }, { skip: 1, times: 1 }),
    ])
    const done = await follow(await run('lost', shelves(1, 250)))
    expect(done).toMatchObject({ status: 'COMPLETED', attempt: 1, effect: { adopted: true } })
    expect(starts().flatMap(serversOf)).toEqual(shelves(1, 250))
  })

  test('let the parts that run come to their end when another is refused for good, and a retry takes up the rest', async () => {
    const denied = { error: { code: 'AccessDeniedException' } }
    const { run, follow, starts, lines } = await ground([
      rule({ operation: 'StartRecovery' }, denied, { skip: 1, times: 1 }),
    ])
    const id = await run('denied', shelves(1, 150), 1)
    expect(await follow(id)).toMatchObject({ status: 'COMPLETED', attempt: 2 })
    expect(starts().map(serversOf)).toEqual([shelves(1, 100), shelves(101, 150), shelves(101, 150)])
    const failed = (await lines(id)).find((line) => line.startsWith('❌'))
    expect(failed).toContain('50 of 150 servers not launched')
    expect(failed).toContain('AccessDenied')
  })
})

describe('a start for which there is no room', () => {
  const HANGING = Array.from({ length: 19 }, (_, place) =>
    rule({ server: `warehouse-${501 + place}` }, { jobHangs: true }),
  )

  test('waits in line behind other people’s jobs, says where, and goes when one of them ends', async () => {
    const { run, follow, look, launch, occupy, lines, starts, passAwsMinutes } = await ground(HANGING)
    await occupy(shelves(501, 520))
    const id = await run('late', [shelf(1)])
    await follow(id, 2)
    expect(starts()).toEqual([])
    const because = 'DRS runs 20 jobs at once, and all are taken.'
    expect(await launch(id)).toMatchObject({
      status: 'IN_PROGRESS',
      effect: { phase: 'ready', tries: 0, queued: { because, place: 1 } },
    })
    await look(id)
    expect((await lines(id)).filter((line) => line.includes('waits in line'))).toEqual([
      `⏳ launch waits in line: ${because} Place 1 in line.`,
    ])
    passAwsMinutes(40)
    await look(id)
    expect(await launch(id)).toMatchObject({ effect: { phase: 'running' } })
    expect(starts()).toHaveLength(1)
  })

  test('keeps its place among those who wait: who came first goes first', async () => {
    const { run, look, launch, occupy, starts, clock, passAwsMinutes } = await ground(HANGING)
    await occupy(shelves(501, 520))
    const first = await run('first', [shelf(1)])
    const second = await run('second', [shelf(2)])
    await look(first)
    await look(second)
    expect(await launch(first)).toMatchObject({ effect: { queued: { place: 1 } } })
    expect(await launch(second)).toMatchObject({ effect: { queued: { place: 2 } } })
    passAwsMinutes(40)
    // The second one looks first, and steps back.
    await look(second)
    expect(starts()).toEqual([])
    await look(first)
    expect(starts().flatMap(serversOf)).toEqual([shelf(1)])
    clock.advance(POLL_SECONDS * 1000)
    await look(second)
    expect(starts()).toHaveLength(1)
    expect(await launch(second)).toMatchObject({ effect: { queued: { place: 1 } } })
  })

  test('waits for those before it no longer than a minute: their worker may be gone', async () => {
    const { run, look, launch, occupy, starts, clock, passAwsMinutes } = await ground(HANGING)
    await occupy(shelves(501, 520))
    const first = await run('first', [shelf(1)])
    const second = await run('second', [shelf(2)])
    await look(first)
    await look(second)
    passAwsMinutes(40)
    for (let waited = 0; waited < 60; waited += POLL_SECONDS) {
      await look(second)
      expect(starts()).toEqual([])
      clock.advance(POLL_SECONDS * 1000)
    }
    await look(second)
    expect(starts().flatMap(serversOf)).toEqual([shelf(2)])
    expect(await launch(first)).toMatchObject({ effect: { phase: 'ready' } })
  })

  test('names the job that holds its server, and starts when that has ended', async () => {
    const { run, look, lines, occupy, starts, passAwsMinutes } = await ground()
    const [job] = await occupy([shelf(3)])
    const id = await run('held', shelves(1, 5))
    await look(id)
    expect(starts()).toEqual([])
    expect((await lines(id)).at(-1)).toBe(
      `⏳ launch waits in line: The job ${job}, which is still active, holds ${shelf(3)}.`,
    )
    passAwsMinutes(40)
    await look(id)
    expect(starts().flatMap(serversOf)).toEqual(shelves(1, 5))
  })

  test('waits until the servers in all jobs leave room for its own', async () => {
    const { run, follow, look, launch, starts } = await ground([], { 'L-05AFA8C6': 150 })
    const id = await run('wide', shelves(1, 200))
    await look(id)
    await look(id)
    expect(starts()).toHaveLength(1)
    expect(await launch(id)).toMatchObject({
      effect: { phase: 'running', further: { phase: 'ready', queued: { place: 1 } } },
    })
    expect(await follow(id)).toMatchObject({ status: 'COMPLETED', attempt: 1 })
    expect(starts().flatMap(serversOf)).toEqual(shelves(1, 200))
  })

  test('is never failed by it: AWS may say so as often as it likes, and it is told once', async () => {
    const full = rule(
      { operation: 'StartRecovery' },
      { error: { code: 'ServiceQuotaExceededException' } },
      { times: 30 },
    )
    const { run, follow, launch, lines, starts } = await ground([full])
    const id = await run('often', [shelf(1)])
    await follow(id, 20)
    expect(await launch(id)).toMatchObject({ status: 'IN_PROGRESS', effect: { phase: 'ready', tries: 0 } })
    expect(await follow(id)).toMatchObject({ status: 'COMPLETED', attempt: 1 })
    expect(starts()).toHaveLength(31)
    expect((await lines(id)).filter((line) => line.includes('waits in line'))).toHaveLength(1)
  })

  test('waits no longer than its task may take', async () => {
    const { run, look, occupy, launch, starts, clock } = await ground([
      rule({ server: 'warehouse-3' }, { jobHangs: true }),
    ])
    await occupy([shelf(3)])
    const id = await run('ever', [shelf(3)])
    await look(id)
    clock.advance(119 * 60_000)
    await look(id)
    expect(await launch(id)).toMatchObject({ status: 'IN_PROGRESS', effect: { phase: 'ready', tries: 0 } })
    clock.advance(60_000)
    await look(id)
    expect(await launch(id)).toMatchObject({ status: 'FAILED', failure: { kind: 'timed-out' } })
    expect(starts()).toEqual([])
  })

  test('is started all the same where nobody may look at the jobs, and tries again where nobody can', async () => {
    const { run, look, launch, starts, clock } = await ground([
      rule({ operation: 'DescribeJobs' }, { throttle: true }, { times: 3 }),
      rule({ operation: 'DescribeJobs' }, { error: { code: 'AccessDeniedException' } }, { times: 1 }),
    ])
    const id = await run('blind', [shelf(1)])
    await look(id)
    expect(starts()).toEqual([])
    expect((await launch(id)).effect).toBeUndefined()
    clock.advance(POLL_SECONDS * 1000)
    await look(id)
    expect(starts()).toHaveLength(1)
  })
})
