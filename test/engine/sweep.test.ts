import { pino } from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { begin } from '../../src/domain/begin.ts'
import { type Execution, executionId, isFinished } from '../../src/domain/execution.ts'
import { byHand } from '../../src/engine/by-hand.ts'
import { keep } from '../../src/engine/keep.ts'
import type { Working } from '../../src/engine/look.ts'
import type { TaskType, World } from '../../src/engine/task-types/task-type.ts'
import { jobsIn, sweep, type Waking, wake } from '../../src/engine/wake.ts'
import { crashed, work } from '../../src/engine/work.ts'
import type { Job, JobQueue } from '../../src/ports/job-queue.ts'
import { ANNA, planOf } from '../domain/run.ts'

const log = pino({ level: 'silent' })

/** A queue that forgets everything at once, and one that never answers. */
const forgetful: JobQueue = { put: async () => true, trouble: async () => undefined, close: async () => {} }
const dead: JobQueue = { ...forgetful, put: async () => false }

/** Runs over a memory store, of one kind of task whose start and check a test may bend. */
function ground(queue: JobQueue, bent: Partial<TaskType> = {}) {
  const clock = manualClock()
  const store = memoryExecutions()
  let starts = 0
  const type: TaskType = {
    ...{ type: 'work', title: () => 'Work', inputs: z.looseObject({}), timeoutMinutes: 60, quietSeconds: 0 },
    describe: () => 'Works.',
    start: async () => [`job-${++starts}`],
    find: async () => [],
    check: async () => ({ kind: 'completed', summary: 'Done.', lines: [] }),
    cancel: async () => 'Stopped.',
    ...bent,
  }
  const types = new Map([[type.type, type]])
  const known = keep(store, clock, (_execution, record) => hands.put(jobsIn(record)))
  // This kind of task asks nothing of it.
  const world: World = Object.create(null)
  let tokens = 0
  const working: Working = {
    ...{ keep: known, index: store, types, world, clock, log, pollSeconds: 10, leaseSeconds: 15 },
    newToken: () => `token-${++tokens}`,
  }
  const look = (job: Job) => work(job, working)
  const hands = byHand({ queue, work: look, clock, log })
  const waking: Waking = {
    ...{ keep: known, index: store, queue: hands, clock, log },
  }
  async function start(name: string): Promise<Execution> {
    const tasks = [
      { task_id: 'a', task_type: 'work', task_successors: ['b', 'c'] },
      { task_id: 'b', task_type: 'work', task_successors: ['d'] },
      { task_id: 'c', task_type: 'work', task_successors: ['d'] },
      { task_id: 'd', task_type: 'work', task_successors: [] },
    ]
    const plan = planOf({ recovery_plan_id: name, tasks }, types)
    const order = { mode: 'drill' as const, places: [], by: ANNA, source: 'test' }
    const at = clock.now().toISOString()
    const { execution, record } = begin(plan, 1, { ...order, at, id: executionId.parse(`01${name}`) })
    await store.create(execution, record)
    return execution
  }
  const current = async ({ id }: Execution) => {
    const execution = await store.load(id)
    if (!execution) throw new Error(`no run ${id}`)
    return execution
  }
  return { clock, store, waking, working, look, start, current, starts: () => starts }
}

const ROUNDS = 20

async function sweptUntil(done: () => Promise<boolean>, { waking, clock }: ReturnType<typeof ground>) {
  for (let round = 0; round < ROUNDS; round++) {
    await sweep(waking)
    // The looks that it began are done within a few turns: everything is in memory.
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    clock.advance(5_000)
    if (await done()) return
  }
  throw new Error('It never ended.')
}

test('with a dead queue and no stream the sweeps of a worker bring fifty runs to their end, each task started once', async () => {
  const around = ground(dead)
  const runs = await Promise.all(Array.from({ length: 50 }, (_, place) => around.start(`run-${place}`)))
  const done = async () => (await Promise.all(runs.map(around.current))).every(isFinished)
  await sweptUntil(done, around)
  expect(around.starts()).toBe(50 * 4)
  const ends = await Promise.all(runs.map(around.current))
  expect(ends.every(({ tasks }) => [...tasks.values()].every(({ status }) => status === 'COMPLETED'))).toBe(
    true,
  )
})

test('wakings that come ten times, at once and in any order leave the same records as one', async () => {
  const around = ground(forgetful)
  const [once, often] = [await around.start('once'), await around.start('often')]
  const job = (run: Execution, task: string): Job => ({ execution: run.id, task, attempt: 1 })
  for (const task of ['a', 'b', 'c', 'd']) {
    await wake(once.id, around.waking)
    await around.look(job(once, task))
    await around.look(job(once, task))
    // Late and double looks of everything, and wakings between them.
    const looks = ['d', 'c', 'b', 'a'].map((other) => () => around.look(job(often, other)))
    const wakings = Array.from({ length: 10 }, () => () => wake(often.id, around.waking))
    await Promise.all([...wakings, ...looks, ...looks].map((run) => run()))
    around.clock.advance(1_000)
  }
  await sweptUntil(async () => isFinished(await around.current(often)), {
    ...around,
    waking: {
      ...around.waking,
      queue: byHand({ queue: dead, work: around.look, clock: around.clock, log }),
    },
  })
  const [a, b] = [await around.current(once), await around.current(often)]
  expect(b.version).toBe(a.version)
  expect(around.starts()).toBe(8)
})

test('a run that cannot be read keeps no other asleep', async () => {
  const around = ground(dead)
  const [bad, good] = [await around.start('bad'), await around.start('good')]
  const readable = around.waking.keep
  const waking: Waking = {
    ...around.waking,
    keep: {
      ...readable,
      change: async (id, decide) => {
        if (id === bad.id) throw new Error('unreadable')
        return readable.change(id, decide)
      },
    },
  }
  await sweptUntil(async () => isFinished(await around.current(good)), { ...around, waking })
  expect((await sweep(waking)).map(({ id }) => id)).not.toContain(bad.id)
})

test('an attempt whose looks broke off fails as crashed, names what it may leave behind, and is not retried by itself', async () => {
  const around = ground(forgetful, { check: async () => Promise.reject(new TypeError('a bug')) })
  const run = await around.start('bug')
  await wake(run.id, around.waking)
  const job = { execution: run.id, task: 'a', attempt: 1 }
  await around.look(job)
  await expect(around.look(job)).rejects.toThrow('a bug')
  expect(await crashed(job, around.working)).toEqual({ kind: 'done' })
  const failed = [...(await around.current(run)).tasks.values()].find(({ id }) => id === 'a')
  expect(failed).toMatchObject({ status: 'FAILED', attempt: 1, failure: { kind: 'crashed' } })
  expect(failed?.failure?.message).toContain('job-1 may still be running in AWS. Look there')

  // An attempt that no longer counts is left alone.
  const { version } = await around.current(run)
  expect(await crashed(job, around.working)).toEqual({ kind: 'done' })
  expect((await around.current(run)).version).toBe(version)
})

test('a crash between the intent and the answer says that something may run without a reference to it', async () => {
  const around = ground(forgetful, { start: async () => Promise.reject(new TypeError('a bug')) })
  const run = await around.start('bug')
  await wake(run.id, around.waking)
  const job = { execution: run.id, task: 'a', attempt: 1 }
  await expect(around.look(job)).rejects.toThrow('a bug')
  await crashed(job, around.working)
  const [failed] = [...(await around.current(run)).tasks.values()]
  expect(failed?.failure?.message).toContain('may have started something in AWS, without a reference to it')
})
