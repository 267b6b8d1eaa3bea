import { Queue } from 'bullmq'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { bullWorker, type WorkerOptions } from '../../../src/adapters/bullmq/worker.ts'
import { type ManualClock, manualClock } from '../../../src/adapters/memory/clock.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { TransientFailure } from '../../../src/ports/failure.ts'
import type { Job } from '../../../src/ports/job-queue.ts'
import { freshRedis } from '../../support/servers.ts'
import { clientAt, log, queueAt, until } from './redis.ts'

const redis = await freshRedis()
const job: Job = { execution: '01J0000000', task: 'dns', attempt: 1 }
const other: Job = { ...job, task: 'servers' }

let prefixes = 0
beforeEach(() => void prefixes++)
const prefix = () => `test-${prefixes}`

type Options = Pick<WorkerOptions, 'work'> & Partial<WorkerOptions> & { hands?: ManualClock }

/** A worker of the test's own queue, on a manual clock where it is given one. It ends with the test. */
function worker({ hands, ...options }: Options) {
  const clock = hands ?? systemClock
  const made = bullWorker({
    ...{ redisUrl: redis.url, prefix: prefix(), concurrency: 4, clock, log },
    ...options,
  })
  onTestFinished(async () => {
    let isClosed = false
    void made.close().finally(() => {
      isClosed = true
    })
    await until(() => {
      hands?.advance(1_000)
      return isClosed
    })
  })
  return made
}

const queue = () => queueAt(redis.url, prefix())

/** A look that does not end before the test does. */
function endless() {
  let end = () => {}
  const look = new Promise<{ kind: 'done' }>((resolve) => {
    end = () => resolve({ kind: 'done' })
  })
  return { look, end }
}

const startOf = (clock: ManualClock) => clock.now().getTime()

test('a look that takes more than ten seconds is let go, and its job comes again', async () => {
  const clock = manualClock(new Date().toISOString())
  const { look, end } = endless()
  const seen: string[] = []
  worker({
    hands: clock,
    concurrency: 1,
    work: async ({ task }) => {
      seen.push(task)
      return seen.length === 1 ? look : { kind: 'done' }
    },
  })
  const jobs = queue()
  await jobs.put([job])
  await until(() => seen.length === 1)
  await jobs.put([other])
  clock.advance(9_999)
  expect(seen).toEqual(['dns'])
  clock.advance(1)
  await until(() => seen.length === 3)
  expect(seen).toEqual(['dns', 'servers', 'dns'])
  end()
})

test('close takes no new job, and waits for a look that does not end not longer than ten seconds', async () => {
  const clock = manualClock(new Date().toISOString())
  const { look, end } = endless()
  const seen: string[] = []
  const first = worker({
    hands: clock,
    work: async ({ task }) => {
      seen.push(task)
      return look
    },
  })
  const jobs = queue()
  await jobs.put([job])
  await until(() => seen.length === 1)
  let isClosed = false
  void first.close().then(() => {
    isClosed = true
  })
  await jobs.put([other])
  expect(isClosed).toBe(false)
  const from = startOf(clock)
  clock.advance(10_000)
  // From here on as fast as real time: Redis has its second to say goodbye.
  await until(() => {
    clock.advance(20)
    return isClosed
  })
  expect(startOf(clock) - from).toBeLessThan(11_500)
  expect(seen).toEqual(['dns'])

  // Nothing is lost: the next worker takes both.
  const next: string[] = []
  worker({
    work: async ({ task }) => {
      next.push(task)
      return { kind: 'done' }
    },
  })
  await until(() => next.length === 2)
  expect(next.sort()).toEqual(['dns', 'servers'])
  end()
})

test('the third look that throws is reported as a crash, and the other jobs go on', async () => {
  const looks: string[] = []
  const crashed: Job[] = []
  worker({
    work: async ({ task }) => {
      looks.push(task)
      if (task === 'dns') throw new TypeError('a bug')
      return { kind: 'done' }
    },
    onCrashed: async (taken) => {
      crashed.push(taken)
      return { kind: 'done' }
    },
  })
  const jobs = queue()
  await jobs.put([job, other])
  await until(() => crashed.length === 1)
  expect(crashed).toEqual([job])
  expect(looks.filter((task) => task === 'dns')).toHaveLength(3)
  expect(looks).toContain('servers')
})

test('a crash that cannot be reported is reported again after the next look that throws', async () => {
  let reports = 0
  worker({
    work: async () => {
      throw new TypeError('a bug')
    },
    onCrashed: async () => {
      reports += 1
      if (reports === 1) throw new TransientFailure('the table does not answer')
      return { kind: 'done' }
    },
  })
  await queue().put([job])
  await until(() => reports === 2)
})

test('a failure of the world is no crash, however often it comes', async () => {
  let looks = 0
  const crashed: Job[] = []
  worker({
    work: async () => {
      looks += 1
      if (looks <= 4) throw new TransientFailure('the table does not answer')
      return { kind: 'done' }
    },
    onCrashed: async (taken) => {
      crashed.push(taken)
      return { kind: 'done' }
    },
  })
  await queue().put([job])
  await until(() => looks === 5)
  expect(crashed).toEqual([])
})

test('a worker that takes nothing although Redis takes its heartbeats is rebuilt, and after three the process ends', async () => {
  const admin = new Queue('jobs', { connection: clientAt(redis.url), prefix: prefix() })
  await admin.pause()
  const hands = manualClock(new Date().toISOString())
  let exits = 0
  worker({ hands, work: async () => ({ kind: 'done' }), exit: () => void exits++ })
  for (let crew = 1; crew <= 3; crew++) {
    expect(exits).toBe(0)
    await beaten(hands, admin)
    hands.advance(30_000)
  }
  expect(exits).toBe(1)
})

test('while Redis itself does not answer the worker is rebuilt for ever, and the process does not end', async () => {
  const hands = manualClock(new Date().toISOString())
  let exits = 0
  worker({
    ...{ redisUrl: 'redis://127.0.0.1:1', hands },
    work: async () => ({ kind: 'done' }),
    exit: () => void exits++,
  })
  for (let crew = 1; crew <= 10; crew++) {
    hands.advance(40_000)
    await new Promise(setImmediate)
  }
  expect(exits).toBe(0)
})

/** Has the worker put a heartbeat, and waits until it heard that Redis took it. */
async function beaten(hands: ManualClock, admin: Queue): Promise<void> {
  const before = await admin.getWaitingCount()
  hands.advance(5_000)
  await until(async () => (await admin.getWaitingCount()) > before)
  // Redis answered the worker before it answered this.
  await admin.getWaitingCount()
  await new Promise(setImmediate)
}
