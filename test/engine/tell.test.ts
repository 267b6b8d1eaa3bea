import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import { plainText } from '../../src/conversation/as-text.ts'
import type { Card } from '../../src/conversation/card.ts'
import { keep } from '../../src/engine/keep.ts'
import { teller } from '../../src/engine/tell.ts'
import type { Chat } from '../../src/ports/chat.ts'
import { begun } from '../support/executions.ts'

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
