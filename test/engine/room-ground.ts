import { pino } from 'pino'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryRooms } from '../../src/adapters/memory/rooms.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import type { Card } from '../../src/conversation/card.ts'
import { begin } from '../../src/domain/begin.ts'
import { decide, type Request } from '../../src/domain/decide.ts'
import { type Execution, executionId, taskOf } from '../../src/domain/execution.ts'
import { taskId } from '../../src/domain/task.ts'
import { keep } from '../../src/engine/keep.ts'
import { type RoomParts, warRooms } from '../../src/engine/room.ts'
import { teller } from '../../src/engine/tell.ts'
import { wake } from '../../src/engine/wake.ts'
import type { Chat } from '../../src/ports/chat.ts'
import type { Rooms } from '../../src/ports/rooms.ts'
import { ANNA, planFrom } from '../domain/run.ts'

export const ID = executionId.parse('01TOLD41C9')

export interface Channel {
  id: string
  name: string
  run: string
  archived: boolean
  topics: string[]
  pins: string[]
  links: string[]
  members: string[]
}

/** What a call to the world does first: nothing, throw, or never come back. `done` is whether the world has acted by then. */
export type Weather = (call: string, done: boolean) => Promise<void> | void

/** A run that has a room, in a world whose calls can fail, or be the last thing a process does. */
export async function ground(
  more: Partial<RoomParts> = {},
  { home }: { /** Where rooms are threads; the run is told in C1. */ readonly home?: string } = {},
) {
  const clock = manualClock('2026-11-23T14:00:00.000Z')
  const [store, threads, roomStore] = [memoryExecutions(), memoryThreads(), memoryRooms()]
  const runs = keep(store, clock)
  const blank = { run: '', archived: false, topics: [], pins: [], links: [], members: [] }
  const channels: Channel[] = home === undefined ? [] : [{ id: home, name: 'incidents', ...blank }]
  const messages: { at: string; under: string | undefined; card: Card; edits: number }[] = []
  const calls: string[] = []
  const sky: { weather: Weather } = { weather: () => {} }
  const log = pino({ level: 'silent' })

  async function doing<Answer>(call: string, act: () => Answer): Promise<Answer> {
    calls.push(call)
    await sky.weather(call, false)
    const answer = act()
    await sky.weather(call, true)
    return answer
  }
  const channelOf = (id: string): Channel => {
    const channel = channels.find((one) => one.id === id)
    if (!channel) throw new Error(`no channel ${id}`)
    return channel
  }
  const once = (list: string[], item: string) => void (list.includes(item) || list.push(item))
  const rooms: Rooms = {
    open: (name, run) =>
      doing('open', () => {
        const standing = channels.find((one) => one.run === run && !one.archived)
        const taken = channels.filter((one) => one.name.startsWith(name)).length
        const [id, own] = [`CROOM${channels.length}`, taken > 0 ? `${name}-${taken + 1}` : name]
        const made = { id, name: own, run, archived: false, topics: [], pins: [], links: [], members: [] }
        const channel = standing ?? made
        if (!standing) channels.push(made)
        return { place: { platform: 'slack', channel: channel.id }, name: channel.name }
      }),
    furnish: ({ channel }, piece) =>
      doing(piece.kind, () => {
        if (piece.kind === 'topic') channelOf(channel).topics.push(piece.text)
        if (piece.kind === 'pin') once(channelOf(channel).pins, piece.message.message)
        if (piece.kind === 'link') once(channelOf(channel).links, `${piece.title}: ${piece.url}`)
      }),
    invite: ({ channel }, people) =>
      doing('invite', () => people.forEach((who) => void once(channelOf(channel).members, who))),
    archive: ({ channel }) =>
      doing('archive', () => void Object.assign(channelOf(channel), { archived: true })),
    ...(home !== undefined && { isHome: ({ channel }) => channel === home }),
    linkTo: ({ message }) => doing('linkTo', () => `https://example.com/p${message}`),
  }
  const chat: Chat = {
    platform: 'slack',
    post: async ({ channel }, card, { under } = {}) => {
      messages.push({ at: channel, under: under?.message, card, edits: 0 })
      return { platform: 'slack', channel, message: String(messages.length - 1) }
    },
    direct: (to, card) =>
      doing('direct', () => {
        messages.push({ at: to, under: undefined, card, edits: 0 })
        return { platform: 'slack', channel: to, message: String(messages.length - 1) }
      }),
    attach: async () => {},
    update: async ({ message }, card) => {
      const one = messages[Number(message)]
      if (one) Object.assign(one, { card, edits: one.edits + 1 })
    },
  }
  const document = {
    custom_attributes: {
      runbook: 'https://example.com/runbook',
      bridge: 'https://example.com/call',
      other: 'https://example.com/other',
    },
  }
  const stored = { id: 'sample', version: 1, hash: '', document, savedAt: '', savedBy: '' }

  /** A process: its memory is gone with it, the stores and the world stay. */
  function process() {
    const telling = teller({
      ...{ keep: runs, store, threads, clock, log, progressSeconds: 1 },
      chats: new Map([['slack', chat]]),
      room: { show: (execution) => working.show(execution), lost: (...given) => working.lost(...given) },
    })
    const working = warRooms({
      ...{ keep: runs, threads, clock, log, store: roomStore },
      plans: { get: () => doing('plan', () => stored) },
      rooms: new Map([['slack', rooms]]),
      chats: new Map([['slack', chat]]),
      invited: () => doing('roster', () => [ANNA.id, 'slack:U2']),
      news: (id) => telling.soon(id),
      ...more,
    })
    return {
      async turn() {
        telling.soon(ID)
        working.soon(ID)
        await Promise.all([telling.settled(), working.settled()])
        await telling.settled()
      },
      /** Begins and does not wait. */
      begin() {
        telling.soon(ID)
        working.soon(ID)
      },
    }
  }
  const order = { id: ID, mode: 'recovery' as const, by: ANNA, source: 'test', at: clock.now().toISOString() }
  const places = [{ platform: 'slack', channel: 'C1' }]
  const begun = begin(planFrom({ first: ['gate'], gate: [] }), 1, { ...order, places, room: true })
  await runs.create(begun.execution, begun.record)
  await wake(ID, { keep: runs })

  async function now(): Promise<Execution> {
    const execution = await runs.current(ID)
    if (!execution) throw new Error('no run')
    return execution
  }
  return {
    ...{ clock, channels, messages, calls, sky, chat, threads, roomStore, process, now },
    texts: (at: string) => messages.filter((one) => one.at === at).map(({ card }) => card.text),
    async ask(request: Request) {
      const execution = await now()
      const decided = decide(execution, request)
      if (decided.kind === 'refused') throw new Error(decided.refusal.why)
      await runs.commit(execution, { by: ANNA, source: 'test', changes: decided.changes })
      await wake(ID, { keep: runs })
    },
    async complete(id: string) {
      const task = taskOf(await now(), taskId.parse(id))
      const moved = { what: 'moved', task: task.id, from: task.status, attempt: task.attempt } as const
      await runs.change(ID, () => [{ ...moved, event: 'complete', to: 'COMPLETED', summary: 'Done.' }])
      await wake(ID, { keep: runs })
    },
    /** Lets the time pass, a second at a time. */
    async pass(seconds: number, one: { turn(): Promise<void> }) {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1000)
        await one.turn()
      }
    },
  }
}
