import { AsyncLocalStorage } from 'node:async_hooks'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import { outbox } from '../../../src/adapters/outbox/outbox.ts'
import { type Kind, SLACK_RATES } from '../../../src/adapters/slack/rates.ts'
import { LANES, type Lane } from '../../../src/ports/chat.ts'
import { QuotaFailure, TransientFailure } from '../../../src/ports/failure.ts'
import type { Outbox } from '../../../src/ports/outbox.ts'

const UPDATE = 'chat.update'
const CHANNEL = { kind: 'chat.postMessage', of: 'C1' } as const
const { burst, reserve } = SLACK_RATES.rates['chat.postMessage']

/** An outbox, what was sent in its order, and how each call ended. */
function ground() {
  const clock = manualClock()
  const start = clock.now().getTime()
  const box = outbox(clock, SLACK_RATES)
  const sent: { name: string; at: number }[] = []
  const ended = new Map<string, unknown>()
  const ends = async (name: string, call: Promise<unknown>) => {
    const as = await call.catch((error: unknown) => error)
    if (ended.has(name)) throw new Error(`${name} ended twice`)
    ended.set(name, as)
  }
  const sending = (name: string) => sent.push({ name, at: (clock.now().getTime() - start) / 1000 })
  return {
    box,
    sent,
    ended,
    names: () => sent.map(({ name }) => name),
    post(name: string, lane: Lane, of = 'C1', fails?: Error) {
      void ends(
        name,
        box.put({ ...CHANNEL, of, lane }, async () => {
          sending(name)
          if (fails) throw fails
          return name
        }),
      )
    },
    paint(name: string, lane: Lane, message = 'm1', until: Promise<void> = Promise.resolve()) {
      void ends(
        name,
        box.paint({ kind: UPDATE, lane }, message, () => {
          sending(name)
          return until
        }),
      )
    },
    async pass(seconds: number) {
      for (let step = 0; step < seconds * 4; step += 1) {
        clock.advance(250)
        await settle()
      }
    },
  }
}

/** Whatever needs no time is done. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

const laneOf = (name: string): Lane => LANES.find((lane) => name.startsWith(lane)) ?? 'progress'

const fill = (made: ReturnType<typeof ground>) => {
  for (let at = 0; at < burst; at += 1) made.post(`first${at}`, 'decision')
}

describe('calls that wait for room', () => {
  test('are sent by their lane, and within a lane the oldest first', async () => {
    const made = ground()
    fill(made)
    const called = ['progress 1', 'prompt 1', 'failure 1', 'decision 1', 'prompt 2', 'decision 2'] as const
    for (const name of called) made.post(name, laneOf(name))
    await made.pass(10)
    expect(made.names().slice(burst)).toEqual([
      ...['decision 1', 'decision 2', 'failure 1', 'prompt 1', 'prompt 2', 'progress 1'],
    ])
  })

  test('hold up nobody else: another channel, and the edits of messages, are sent at once', async () => {
    const made = ground()
    fill(made)
    made.post('waits', 'decision')
    made.post('elsewhere', 'progress', 'C2')
    made.paint('edit', 'progress')
    await settle()
    expect(made.names().slice(burst)).toEqual(['elsewhere', 'edit'])
  })

  test('for longer than a thread can be held fail at once and unsent, and say when to come back', async () => {
    const made = ground()
    fill(made)
    for (let at = 0; at < 12; at += 1) made.post(`p${at}`, 'prompt')
    await settle()
    expect(made.ended.get('p11')).toEqual(expect.any(QuotaFailure))
    expect(made.ended.get('p11')).toMatchObject({ retryAfterSeconds: 10 })
    expect(made.ended.has('p8')).toBe(false)
    await made.pass(10)
    expect(made.names()).toHaveLength(burst + 9)
  })

  test('and are pushed back by higher lanes fail in time', async () => {
    const made = ground()
    fill(made)
    made.post('progress', 'progress')
    for (let second = 0; second < 11; second += 1) {
      made.post(`decision ${second}`, 'decision')
      await made.pass(1)
    }
    expect(made.names()).not.toContain('progress')
    expect(made.ended.get('progress')).toBeInstanceOf(QuotaFailure)
  })

  test('are told when the bot closes; what is under way comes to its end first', async () => {
    const made = ground()
    let finish = () => {}
    made.paint('under way', 'prompt', 'm1', new Promise((resolve) => (finish = resolve)))
    fill(made)
    made.post('waits', 'decision')
    let isClosed = false
    const closing = made.box.close().then(() => (isClosed = true))
    await settle()
    expect(made.ended.get('waits')).toBeInstanceOf(TransientFailure)
    expect(isClosed).toBe(false)
    finish()
    await closing
    made.post('too late', 'decision')
    await made.pass(20)
    expect(made.ended.get('too late')).toBeInstanceOf(TransientFailure)
    expect(made.names()).not.toContain('too late')
  })
})

test('progress alone never takes all there is: what needs people finds room at once', async () => {
  const made = ground()
  for (let at = 0; at < 20; at += 1) made.post(`progress ${at}`, 'progress')
  made.post('failure', 'failure')
  await settle()
  expect(made.names()).toHaveLength(burst - reserve + 1)
  expect(made.names().at(-1)).toBe('failure')
})

describe('a 429', () => {
  const wait = (seconds: number) => new QuotaFailure('Slack asked to wait.', seconds)

  test('shuts its channel until the time it names, and no other', async () => {
    const made = ground()
    made.post('refused', 'decision', 'C1', wait(5))
    await settle()
    made.post('next', 'decision')
    made.post('elsewhere', 'progress', 'C2')
    await made.pass(4)
    expect(made.names()).toEqual(['refused', 'elsewhere'])
    await made.pass(2)
    expect(made.sent.at(-1)).toEqual({ name: 'next', at: 5 })
  })

  test('is told at once to whoever cannot be sent in time any more', async () => {
    const made = ground()
    fill(made)
    made.post('refused', 'decision', 'C1', wait(60))
    for (const lane of LANES) made.post(lane, lane)
    await made.pass(1)
    for (const lane of LANES) expect(made.ended.get(lane)).toBeInstanceOf(QuotaFailure)
    expect(made.names()).toEqual([...made.names().slice(0, burst), 'refused'])
  })
})

describe('of the paintings of one message', () => {
  test('that wait only the newest is sent, and the earlier ones share its outcome', async () => {
    const made = ground()
    let finish = () => {}
    made.paint('first', 'progress', 'm1', new Promise((resolve) => (finish = resolve)))
    made.paint('second', 'progress')
    made.paint('third', 'decision')
    await made.pass(1)
    expect(made.names()).toEqual(['first'])
    expect(made.ended.has('second')).toBe(false)
    finish()
    await made.pass(1)
    expect(made.names()).toEqual(['first', 'third'])
    expect([...made.ended.keys()].sort()).toEqual(['first', 'second', 'third'])
  })

  test('none overtakes the one before, whatever its lane', async () => {
    const made = ground()
    let finish = () => {}
    made.paint('old', 'progress', 'm1', new Promise((resolve) => (finish = resolve)))
    made.paint('new', 'decision')
    made.paint('other', 'progress', 'm2')
    await made.pass(5)
    expect(made.names()).toEqual(['old', 'other'])
    finish()
    await settle()
    expect(made.names()).toEqual(['old', 'other', 'new'])
  })
})

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('post' as const),
      lane: fc.constantFrom(...LANES),
      of: fc.constantFrom('C1', 'C2'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('paint' as const),
      lane: fc.constantFrom(...LANES),
      of: fc.constantFrom('m1', 'm2', 'm3'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('pass' as const), seconds: fc.constantFrom(0.25, 1, 3) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('refuse' as const),
      of: fc.constantFrom('C1', 'C2'),
      seconds: fc.constantFrom(1, 8, 30),
    }),
  },
)

test('whatever comes in whatever order: each call ends once, none is sent twice, none overtakes a higher lane, and the rates hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 120 }), async (acts) => {
      const clock = manualClock()
      const box: Outbox<Kind> = outbox(clock, SLACK_RATES)
      const waiting = new Map<number, { of: string; lane: Lane }>()
      const sends: { id: number; of: string; at: number; paints: boolean }[] = []
      const ends: number[] = []
      const overtaken: string[] = []
      const refusals = new Map<string, number>()
      const painting = new Set<string>()
      async function send(id: number, of: string, paints: boolean) {
        const mine = waiting.get(id)
        waiting.delete(id)
        sends.push({ id, of, at: clock.now().getTime(), paints })
        for (const [other, { of: where, lane }] of waiting) {
          const higher = mine && LANES.indexOf(lane) < LANES.indexOf(mine.lane)
          if (higher && where === of && !paints) overtaken.push(`${other} by ${id}`)
        }
        if (painting.has(of)) overtaken.push(`a painting of ${of} by ${id}`)
        if (paints) painting.add(of)
        await settle()
        painting.delete(of)
        const seconds = refusals.get(of)
        refusals.delete(of)
        if (seconds) throw new QuotaFailure('Slack asked to wait.', seconds)
      }
      let calls = 0
      for (const one of acts) {
        if (one.does === 'pass') {
          clock.advance(one.seconds * 1000)
          await settle()
        } else if (one.does === 'refuse') refusals.set(one.of, one.seconds)
        else {
          const id = calls++
          const { of, lane } = one
          waiting.set(id, { of, lane })
          const call =
            one.does === 'post'
              ? box.put({ kind: 'chat.postMessage', of, lane }, () => send(id, of, false))
              : box.paint({ kind: UPDATE, lane }, of, () => send(id, of, true))
          const end = () => {
            waiting.delete(id)
            ends.push(id)
          }
          void call.then(end, end)
        }
      }
      for (let second = 0; second < 12; second += 1) {
        clock.advance(1000)
        await settle()
        await settle()
      }
      expect(overtaken).toEqual([])
      expect([...ends].sort((a, b) => a - b)).toEqual(Array.from({ length: calls }, (_, id) => id))
      expect(new Set(sends.map(({ id }) => id)).size).toBe(sends.length)
      for (const message of ['m1', 'm2', 'm3']) {
        const order = sends.filter(({ of }) => of === message).map(({ id }) => id)
        expect(order).toEqual([...order].sort((a, b) => a - b))
      }
      for (const of of ['C1', 'C2']) withinRate(sends.filter((one) => one.of === of).map(({ at }) => at))
    }),
    { numRuns: 150 },
  )
})

test('each is sent as its caller speaks, whoever serves the line', async () => {
  const clock = manualClock()
  const box = outbox(clock, SLACK_RATES)
  const speaker = new AsyncLocalStorage<string>()
  const sent: (string | undefined)[] = []
  const send = async () => void sent.push(speaker.getStore())
  for (let at = 0; at < burst; at += 1) void box.put({ ...CHANNEL, lane: 'decision' }, send)
  void box.put({ ...CHANNEL, lane: 'prompt' }, send)
  void speaker.run('de', () => box.put({ ...CHANNEL, lane: 'prompt' }, send))
  void box.put({ ...CHANNEL, lane: 'prompt' }, send)
  for (let second = 0; second < 5; second += 1) {
    clock.advance(1_000)
    await settle()
  }
  expect(sent.slice(burst)).toEqual([undefined, 'de', undefined])
})

/** In no span of time more than its burst and what has come up since. */
function withinRate(times: readonly number[]): void {
  const { perMinute } = SLACK_RATES.rates['chat.postMessage']
  times.forEach((from, first) => {
    times.slice(first).forEach((to, more) => {
      expect(more + 1).toBeLessThanOrEqual(burst + ((to - from) / 60_000) * perMinute + 0.01)
    })
  })
}
