import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import { plainText } from '../../src/conversation/as-text.ts'
import type { Card } from '../../src/conversation/card.ts'
import { executionId } from '../../src/domain/execution.ts'
import { keep } from '../../src/engine/keep.ts'
import { teller } from '../../src/engine/tell.ts'
import type { Chat } from '../../src/ports/chat.ts'
import { begun } from '../support/executions.ts'
import { asking, memoryChat, toldRun } from './thread-ground.ts'

test('of several processes that tell a run at once one speaks, and nothing is said twice', async () => {
  const clock = manualClock()
  const [store, threads] = [memoryExecutions(), memoryThreads()]
  const { execution, record } = begun()
  await store.create(execution, record)
  const said: Card[] = []
  const chat: Chat = {
    platform: 'slack',
    post: async ({ channel }, card) => {
      said.push(card)
      return { platform: 'slack', channel, message: `m${said.length}` }
    },
    direct: (person, card) => chat.post({ platform: 'slack', channel: person }, card),
    update: async () => {},
    attach: async () => {},
  }
  const process = () =>
    teller({
      ...{ keep: keep(store, clock), store, threads, clock, log: pino({ level: 'silent' }) },
      progressSeconds: 10,
      chats: new Map([[chat.platform, chat]]),
    })
  const tellers = [process(), process(), process()]
  for (const { soon } of tellers) soon(execution.id)
  await Promise.all(tellers.map(({ settled }) => settled()))
  clock.advance(60_000)
  await Promise.all(tellers.map(({ settled }) => settled()))
  const texts = said.map(({ text }) => plainText([text]))
  expect(new Set(texts).size).toBe(texts.length)
  expect(texts.length).toBeGreaterThan(0)
  expect((await threads.get(execution.id, { platform: 'slack', channel: 'C1' }))?.told).toBe(1)
})

test('a process that slept while it painted an old card paints it again, as it stands by then', async () => {
  const { chat, messages } = memoryChat()
  let sleeping: (() => void) | undefined
  let wakes = () => {}
  const awake = new Promise<void>((resolve) => {
    wakes = resolve
  })
  const drowsy: Chat = {
    ...chat,
    async update(...painting) {
      sleeping?.()
      const sleeps = sleeping !== undefined
      sleeping = undefined
      if (sleeps) await awake
      await chat.update(...painting)
    },
  }
  const run = await toldRun({ chat: drowsy, edges: { gate: ['task'], task: [] } })
  await run.turn()
  const sleeper = run.telling()
  const asleep = new Promise<void>((resolve) => {
    sleeping = resolve
  })
  const card = String(messages.findIndex((message) => asking([message]).length > 0))
  sleeper.repaint(executionId.parse('01TOLD'), { platform: 'slack', channel: 'C1', message: card })
  await Promise.race([asleep, sleeper.settled()])
  expect(sleeping).toBeUndefined()

  run.clock.advance(60_000)
  run.restart()
  await run.approve('gate')
  await run.turn()
  expect(asking(messages)).toEqual([])

  wakes()
  await sleeper.settled()
  expect(asking(messages)).toHaveLength(1)
  run.clock.advance(5_000)
  await sleeper.settled()
  expect(asking(messages)).toEqual([])
})

test('a process that read the run and fell asleep paints nothing over what was painted since, and reads it anew', async () => {
  const { chat, messages } = memoryChat()
  const run = await toldRun({ chat, edges: { gate: ['task'], task: [] } })
  await run.turn()
  const sleeper = await run.asleep()
  await run.approve('gate')
  await run.turn()
  const painted = messages.map(({ edits }) => edits)
  sleeper.soon(executionId.parse('01TOLD'))
  await sleeper.settled()
  run.clock.advance(5_000)
  await sleeper.settled()
  expect(asking(messages)).toEqual([])
  expect(messages.map(({ edits }) => edits)).toEqual(painted)
})

test('a process that always sleeps when it has renewed its hold says nothing without one', async () => {
  const { chat, messages } = memoryChat()
  const run = await toldRun({ chat, edges: { gate: ['task'], task: [] } })
  const sleeper = run.slow(30, 1)
  sleeper.soon(executionId.parse('01TOLD'))
  await sleeper.settled()
  // Its first hold was good for the headline; for what comes after that it had none that held.
  expect(messages).toHaveLength(1)
  await run.turn()
  expect(asking(messages)).toHaveLength(1)
})
