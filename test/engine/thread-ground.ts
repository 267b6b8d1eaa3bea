import { pino } from 'pino'
import { type ManualClock, manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import type { Card } from '../../src/conversation/card.ts'
import { begin } from '../../src/domain/begin.ts'
import type { Change } from '../../src/domain/change.ts'
import { executionId, taskOf } from '../../src/domain/execution.ts'
import { taskId } from '../../src/domain/task.ts'
import { type Keep, keep } from '../../src/engine/keep.ts'
import { teller } from '../../src/engine/tell.ts'
import { wake } from '../../src/engine/wake.ts'
import type { Chat, Lane } from '../../src/ports/chat.ts'
import { GoneFailure } from '../../src/ports/failure.ts'
import type { ThreadStore } from '../../src/ports/thread-store.ts'
import { ANNA, planFrom } from '../domain/run.ts'

export interface Standing {
  readonly channel: string
  readonly under: string | undefined
  readonly announced: boolean
  card: Card
  edits: number
}

export interface Call {
  readonly does: 'post' | 'update' | 'direct'
  readonly channel: string
  readonly lane: Lane
}

/** A chat of messages in memory. What `trouble` gives for a call is what the call fails with. */
export function memoryChat(trouble: (call: Call) => Error | undefined = () => undefined) {
  const messages: Standing[] = []
  const gone = new Set<string>()
  const calls: Call[] = []
  function calling(call: Call): void {
    const error = trouble(call)
    calls.push(call)
    if (error) throw error
  }
  function say(channel: string, card: Card, under?: string, announced = false) {
    if (under !== undefined && gone.has(under)) throw new GoneFailure('thread_not_found')
    messages.push({ channel, under, announced, card, edits: 0 })
    return { platform: 'slack', channel, message: String(messages.length - 1) }
  }
  const chat: Chat = {
    platform: 'slack',
    async post({ channel }, card, { lane = 'prompt', under, announced } = {}) {
      calling({ does: 'post', channel, lane })
      return say(channel, card, under?.message, announced)
    },
    async direct(person, card, { lane = 'prompt' } = {}) {
      calling({ does: 'direct', channel: person, lane })
      return say(person, card)
    },
    async update({ channel, message }, card, { lane = 'prompt' } = {}) {
      calling({ does: 'update', channel, lane })
      const one = messages[Number(message)]
      if (!one || gone.has(message)) throw new GoneFailure('message_not_found')
      Object.assign(one, { card, edits: one.edits + 1 })
    },
    attach: async () => {},
  }
  return { chat, messages, calls, delete: (message: number) => gone.add(String(message)) }
}

/** A run that is told in these places, in a test's hands. */
export async function toldRun(parts: {
  readonly chat: Chat
  readonly edges: { readonly [id: string]: readonly string[] }
  readonly id?: string
  readonly channels?: readonly string[]
  readonly clock?: ManualClock
}) {
  const { chat, edges, channels = ['C1'], clock = manualClock('2026-01-08T12:00:00.000Z') } = parts
  const id = executionId.parse(parts.id ?? '01TOLD')
  const [store, threads] = [memoryExecutions(), memoryThreads()]
  const runs = keep(store, clock)
  const process = (kept: Keep = runs, stored: ThreadStore = threads) =>
    teller({
      ...{ keep: kept, store, threads: stored, clock, log: pino({ level: 'silent' }), progressSeconds: 10 },
      chats: new Map([['slack', chat]]),
    })
  let telling = process()
  const places = channels.map((channel) => ({ platform: 'slack', channel }))
  const order = { mode: 'recovery' as const, by: ANNA, source: 'test', at: clock.now().toISOString(), places }
  const { execution, record } = begin(planFrom(edges), 1, { ...order, id: id })
  await runs.create(execution, record)

  async function current() {
    const found = await runs.current(id)
    if (!found) throw new Error('no run')
    return found
  }
  /** Steps that are owed are made, and whoever tells is told. */
  async function go(): Promise<void> {
    await wake(id, { keep: runs })
    telling.soon(id)
  }
  async function turn(): Promise<void> {
    await go()
    await telling.settled()
  }
  async function end(ids: readonly string[], says: 'complete' | 'fail'): Promise<void> {
    const before = await current()
    const changes = ids.map((id): Change => {
      const { status: from, attempt, ...task } = taskOf(before, taskId.parse(id))
      const moved = { what: 'moved', task: task.id, from, attempt } as const
      return says === 'complete'
        ? { ...moved, event: 'complete', to: 'COMPLETED', summary: 'Done.' }
        : { ...moved, event: 'fail', to: 'FAILED', failure: { kind: 'unknown', message: 'It broke.' } }
    })
    await runs.change(id, () => changes)
  }
  return {
    clock,
    go,
    turn,
    end,
    telling: () => telling,
    /** Another process, which has read the run as it is now, fell asleep, and goes on with that when it is asked to tell. */
    async asleep() {
      const old = await current()
      let looks = 0
      return process({ ...runs, current: async (id) => (looks++ === 0 ? old : runs.current(id)) })
    },
    /** Another process, that falls asleep for so long whenever it has renewed its hold of the thread, but for the first so many times. */
    slow: (seconds: number, after: number) => {
      let saves = 0
      return process(runs, {
        get: threads.get,
        save: async (thread) => {
          const isSaved = await threads.save(thread)
          if (++saves > after) clock.advance(seconds * 1000)
          return isSaved
        },
      })
    },
    restart() {
      telling = process()
    },
    thread: (channel = 'C1') => threads.get(id, { platform: 'slack', channel }),
    async pass(seconds: number) {
      clock.advance(seconds * 1000)
      await telling.settled()
      await turn()
    },
    async approve(id: string) {
      const before = await current()
      const { status: from, attempt, ...task } = taskOf(before, taskId.parse(id))
      const moved = { what: 'moved', task: task.id, from, attempt } as const
      const changes: Change[] = [{ ...moved, event: 'approve', to: 'COMPLETED' }]
      await runs.commit(before, { by: ANNA, source: 'test', changes })
    },
  }
}

/** Those that wait for somebody to press. */
export const asking = (messages: readonly Standing[]): Standing[] =>
  messages.filter(({ card }) => card.blocks.some(({ kind }) => kind === 'buttons'))
