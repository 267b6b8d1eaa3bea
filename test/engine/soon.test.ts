import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { executionId } from '../../src/domain/execution.ts'
import { soon } from '../../src/engine/soon.ts'
import { TransientFailure } from '../../src/ports/failure.ts'

const ID = executionId.parse('01SAMPLE')

/** Tells what the answers say, in their order; without an answer it is told. */
function ground(...answers: (() => 'told' | 'held' | Promise<'told' | 'held'>)[]) {
  const clock = manualClock()
  const failures: unknown[] = []
  let rounds = 0
  const telling = soon({
    clock,
    retrySeconds: 3,
    async tell() {
      rounds += 1
      return (await answers.shift()?.()) ?? 'told'
    },
    failed: (_id, error) => failures.push(error),
  })
  const pass = async (seconds: number) => {
    clock.advance(seconds * 1000)
    await telling.settled()
  }
  return { ...telling, pass, failures, rounds: () => rounds }
}

const throwing = (error: Error) => () => {
  throw error
}

test('what comes up while a run is being told is told in one more round, however often it came', async () => {
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const made = ground(() => finished.then(() => 'told'))
  made.soon(ID)
  for (let times = 0; times < 5; times += 1) made.soon(ID)
  expect(made.rounds()).toBe(1)
  finish()
  await made.settled()
  expect(made.rounds()).toBe(2)
})

test('whenever a telling ends, what comes up at that moment is told in one more round', async () => {
  for (let steps = 0; steps < 12; steps += 1) {
    const made = ground()
    made.soon(ID)
    for (let step = 0; step < steps; step += 1) await Promise.resolve()
    made.soon(ID)
    await made.settled()
    expect(made.rounds(), `after ${steps} steps`).toBe(2)
  }
})

test('what is held or fails is told again, after its wait and not before', async () => {
  const busy = new TransientFailure('It is busy.', 60)
  const made = ground(() => 'held', throwing(new Error('It broke.')), throwing(busy))
  made.soon(ID)
  await made.settled()
  await made.pass(2)
  expect(made.rounds()).toBe(1)
  await made.pass(1)
  expect(made.rounds()).toBe(2)
  await made.pass(3)
  expect(made.rounds()).toBe(3)
  await made.pass(59)
  expect(made.rounds()).toBe(3)
  await made.pass(1)
  expect(made.rounds()).toBe(4)
  expect(made.failures).toEqual([new Error('It broke.'), busy])
})

test('after its close nothing is told, not even what waits for another try', async () => {
  const made = ground(() => 'held')
  made.soon(ID)
  await made.close()
  made.soon(ID)
  await made.pass(60)
  expect(made.rounds()).toBe(1)
})
