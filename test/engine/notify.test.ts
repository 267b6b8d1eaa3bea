import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryPlans } from '../../src/adapters/memory/plans.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import type { Card } from '../../src/conversation/card.ts'
import type { Notice } from '../../src/conversation/notices.ts'
import { advance } from '../../src/domain/advance.ts'
import { begin } from '../../src/domain/begin.ts'
import { executionId, type Place } from '../../src/domain/execution.ts'
import type { Json } from '../../src/domain/json.ts'
import { accept } from '../../src/domain/report.ts'
import { ENGINE, taskId } from '../../src/domain/task.ts'
import { keep } from '../../src/engine/keep.ts'
import { type Notifying, notifies } from '../../src/engine/notify.ts'
import { teller } from '../../src/engine/tell.ts'
import type { Chat } from '../../src/ports/chat.ts'
import { FinalFailure, TransientFailure } from '../../src/ports/failure.ts'
import type { Notifier } from '../../src/ports/notifier.ts'
import type { PlanStore } from '../../src/ports/plan-store.ts'
import type { ThreadStore } from '../../src/ports/thread-store.ts'
import { ANNA, planOf } from '../domain/run.ts'

const ID = executionId.parse('01SAMPLE')
const MOVE = taskId.parse('move')
const IDS = ['01SAMPLE-1-0', '01SAMPLE-3-0']

const planFor = (recipient: string): Json => ({
  recovery_plan_id: 'pay',
  notifications: { default_recipients: [recipient] },
  tasks: [{ task_id: 'move', task_type: 'work', task_successors: [] }],
})

/** A run whose one task has failed, over memory stores: records 1 (begun), 2 (started), 3 (failed). */
async function ground(places: readonly Place[] = []) {
  const clock = manualClock()
  const [store, plans, threads] = [memoryExecutions(), memoryPlans(), memoryThreads()]
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const save = async (recipient: string) => {
    const document = planFor(recipient)
    const { id, hash } = planOf(document)
    await plans.put({ id, hash, document, savedAt: clock.now().toISOString(), savedBy: 'test' })
  }
  await save('first@example.com')
  const order = {
    id: ID,
    mode: 'drill' as const,
    places,
    at: clock.now().toISOString(),
    by: ANNA,
    source: 'test',
  }
  const { execution, record } = begin(planOf(planFor('first@example.com')), 1, order)
  await store.create(execution, record)
  const own = keep(store, clock)
  const commit = async (changes: Parameters<typeof own.commit>[1]['changes']) => {
    const before = await own.current(ID)
    if (before) await own.commit(before, { by: ENGINE, source: 'test', changes })
  }
  await commit(advance(execution, clock.now()))
  const running = await own.current(ID)
  const failure = { kind: 'unknown', message: 'It broke.' } as const
  if (running) await commit(accept(running, MOVE, 1, { says: 'fail', failure }))

  /** A process of its own: it knows only what is stored. */
  const process = (notifier: Notifier, more: Partial<Notifying> = {}) => {
    const notifying = notifies({
      name: 'sample',
      notifier,
      keep: keep(store, clock),
      store,
      plans,
      threads,
      clock,
      log,
      ...more,
    })
    onTestFinished(() => notifying.close())
    return {
      ...notifying,
      async now() {
        notifying.soon(ID)
        await notifying.settled()
      },
    }
  }
  return { clock, store, plans, threads, log, lines, save, process, commit }
}

/** A way out that keeps what it was given, after failing as often as there are failures. */
function out(...failures: Error[]) {
  const sent: Notice[] = []
  const notifier: Notifier = {
    async send(notices) {
      const failure = failures.shift()
      if (failure) throw failure
      sent.push(...notices)
    },
  }
  return { sent, notifier, ids: () => sent.map(({ id }) => id) }
}

test('what has happened is sent once, however often it is asked for and by however many', async () => {
  const { process } = await ground()
  const { notifier, ids } = out()
  const one = process(notifier)
  await one.now()
  await one.now()
  await process(notifier).now()
  expect(ids()).toEqual(IDS)
})

test("the recipients are those of the plan's version that runs, not of a newer one", async () => {
  const { process, save, plans } = await ground()
  await save('second@example.com')
  expect((await plans.get('pay'))?.version).toBe(2)
  const { notifier, sent } = out()
  await process(notifier).now()
  expect(sent.map(({ recipients }) => recipients)).toEqual([['first@example.com'], ['first@example.com']])
})

test('a process that dies between sending and saving is followed by one that sends the same ids', async () => {
  const { process, clock, threads } = await ground()
  const { notifier, ids, sent } = out()
  const dying: ThreadStore = {
    ...threads,
    async save(thread) {
      if (sent.length > 0) throw new TransientFailure('The process is dead.')
      return threads.save(thread)
    },
  }
  const dead = process(notifier, { threads: dying })
  await dead.now()
  await dead.close()
  expect(ids()).toEqual(IDS.slice(0, 1))

  const next = process(notifier)
  await next.now()
  expect(ids(), 'held by the dead one').toHaveLength(1)
  clock.advance(31_000)
  await next.settled()
  expect(ids()).toEqual(['01SAMPLE-1-0', ...IDS])
})

test('an outage delays what is sent, and repeats nothing that had gone before it', async () => {
  const { process, clock, lines } = await ground()
  const { notifier, ids } = out()
  const flaky = process({
    async send(notices) {
      const busy = clock.now().getTime() < Date.parse('2026-01-08T12:01:00Z')
      if (busy && notices[0]?.type === 'TaskFailed') throw new TransientFailure('It is busy.')
      await notifier.send(notices)
    },
  })
  await flaky.now()
  expect(ids()).toEqual(IDS.slice(0, 1))
  expect(lines.join()).toContain('notices are sent later')
  for (let seconds = 0; seconds < 60; seconds += 15) {
    clock.advance(15_000)
    await flaky.settled()
  }
  expect(ids()).toEqual(IDS)
})

test('a notice that can never be sent is logged and holds up no other', async () => {
  const { process, lines } = await ground()
  const { notifier, ids } = out(new FinalFailure('The topic is gone.'))
  await process(notifier).now()
  expect(ids()).toEqual(IDS.slice(1))
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { by: 'sample', notices: IDS.slice(0, 1), msg: 'notices can never be sent' },
  ])
})

test('a way out that is stuck holds up neither the thread nor another way out', async () => {
  const place = { platform: 'slack', channel: 'C1' }
  const { process, clock, store, threads, log } = await ground([place])
  const free = out()
  let stuck = false
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const hanging = process(
    {
      async send() {
        stuck = true
        await released
      },
    },
    { name: 'stuck' },
  )
  hanging.soon(ID)
  await expect.poll(() => stuck).toBe(true)

  const cards: Card[] = []
  const chat: Chat = {
    platform: 'slack',
    async post(at, card) {
      cards.push(card)
      return { ...at, message: String(cards.length) }
    },
    direct: (person, card) => chat.post({ platform: 'slack', channel: person }, card),
    update: async () => {},
    attach: async () => {},
  }
  const telling = teller({
    keep: keep(store, clock),
    store,
    threads,
    progressSeconds: 10,
    chats: new Map([['slack', chat]]),
    clock,
    log,
  })
  telling.soon(ID)
  await telling.settled()
  expect(cards.some(({ text }) => text.includes('It broke.'))).toBe(true)
  await process(free.notifier, { name: 'free' }).now()
  expect(free.ids()).toEqual(IDS)
  release()
  await telling.close()
})

test('what is older than a day is passed over, and what comes after it is sent', async () => {
  const { process, clock, commit } = await ground()
  const { notifier, sent } = out()
  clock.advance(25 * 3_600_000)
  const late = process(notifier)
  await late.now()
  expect(sent).toEqual([])
  await commit([{ what: 'moved', task: MOVE, event: 'skip', from: 'FAILED', to: 'SKIPPED', attempt: 1 }])
  await late.now()
  expect(sent.map(({ type }) => type)).toEqual(['RunEnded'])
})

test.each([
  ['is gone', undefined],
  ['cannot be read', { recovery_plan_id: 'pay', notifications: 'by pigeon' }],
])('a plan that %s still has its events, for nobody, and the log says so', async (_what, document) => {
  const { process, lines, plans } = await ground()
  const { notifier, sent, ids } = out()
  const get: PlanStore['get'] = async (id) => {
    const stored = await plans.get(id)
    return document && stored && { ...stored, document }
  }
  await process(notifier, { plans: { get } }).now()
  expect(ids()).toEqual(IDS)
  expect(sent.flatMap(({ recipients }) => recipients)).toEqual([])
  expect(lines.join()).toContain('nobody is written to')
})
