import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryMutes } from '../../src/adapters/memory/mutes.ts'
import { memoryPlans } from '../../src/adapters/memory/plans.ts'
import { memoryRooms } from '../../src/adapters/memory/rooms.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import { asText } from '../../src/conversation/as-text.ts'
import type { Reply } from '../../src/conversation/card.ts'
import { executionId, type Mode, type Place } from '../../src/domain/execution.ts'
import { policySchema, type Role } from '../../src/domain/permission.ts'
import { desk } from '../../src/engine/desk.ts'
import { type EngineParts, engine } from '../../src/engine/engine.ts'
import { keep } from '../../src/engine/keep.ts'
import { watch } from '../../src/engine/watch.ts'
import { ANNA, KINDS, planOf } from '../domain/run.ts'

const ID = executionId.parse('01SAMPLE')
const ASKER = { actor: ANNA, source: 'test' }
const HERE: Place = { platform: 'slack', channel: 'C1' }
const ROOM: Place = { platform: 'slack', channel: 'CROOM' }
const ELSEWHERE: Place = { platform: 'slack', channel: 'C9' }

/** A run of one gate, told in one channel, with a room that stands; and who may what. */
async function ground(mode: Mode = 'recovery', warRoom?: EngineParts['warRoom']) {
  const clock = manualClock()
  const [store, plans, rooms, threads] = [memoryExecutions(), memoryPlans(), memoryRooms(), memoryThreads()]
  let roles: readonly Role[] = ['operator', 'approver']
  const door = engine({
    ...{ keep: keep(store, clock), index: store, plans, kinds: KINDS, clock },
    queue: { put: async () => true, trouble: async () => undefined, close: async () => {} },
    policy: policySchema.parse({ bindings: [] }),
    directory: { identify: async (actor) => ({ actor, groups: [], roles }) },
    log: pino({ level: 'silent' }),
    ...(warRoom ? { warRoom } : {}),
  })
  const document = { recovery_plan_id: 'sample', tasks: [{ task_id: 'gate', task_type: 'approval' }] }
  const { hash } = planOf(document)
  await plans.put({ id: 'sample', hash, document, savedAt: '', savedBy: '' })
  await door.start({ id: ID, plan: 'sample', mode, places: [HERE] }, ASKER)
  const openedAt = clock.now().toISOString()
  await rooms.save({ execution: ID, openedAt, place: ROOM, done: {}, trouble: {}, revision: 0 })
  const front = desk({
    ...{ door, types: new Map(), clock, store, mutes: memoryMutes(), toldIn: [], roomAt: rooms.at },
    trouble: async () => undefined,
    explaining: {
      policy: policySchema.parse({ bindings: [] }),
      directory: { identify: async (actor) => ({ actor, groups: [], roles }) },
      ...{ plans, rosters: new Map(), clock },
    },
  })
  return {
    clock,
    threads,
    front,
    watcher: watch({ door, rooms, threads }),
    say: (text: string, place = HERE) => front.command(text, ASKER, place),
    become: (...now: Role[]) => {
      roles = now
    },
    async run() {
      const loaded = await store.load(ID)
      if (!loaded) throw new Error('no run')
      return loaded
    },
    async notes() {
      const changes = (await store.changesSince(ID, 0)).flatMap((record) => record.changes)
      return changes.flatMap((change) => (change.what === 'noted' ? [change.text] : []))
    },
  }
}

const text = (reply: Reply) => (reply.kind === 'whisper' ? reply.card.text : reply.kind)

describe('which runs have a room from their start', () => {
  test.each([
    ['real', 'recovery', true],
    ['real', 'drill', false],
    ['always', 'drill', true],
    ['asked', 'recovery', false],
    [undefined, 'recovery', false],
  ] as const)('%s: a %s has one: %s', async (when, mode, has) => {
    expect((await (await ground(mode, when)).run()).room !== undefined).toBe(has)
  })
})

describe('a note', () => {
  test('is about the run that is told here, whose room this is, or the only one', async () => {
    const { say, notes } = await ground()
    for (const place of [HERE, ROOM, ELSEWHERE])
      expect(text(await say(`note in ${place.channel}`, place))).toBe('silent')
    expect(await notes()).toEqual(['in C1', 'in CROOM', 'in C9'])
  })

  test('is possible for a day after the end where the run was told, and in its room for ever', async () => {
    const { say, notes, clock } = await ground()
    await say('approve gate')
    expect(text(await say('note one'))).toBe('silent')
    expect(text(await say('note two', ELSEWHERE))).toContain('Nothing is running')
    clock.advance(25 * 3_600_000)
    expect(text(await say('note three'))).toContain('Nothing is running')
    expect(text(await say('note four', ROOM))).toBe('silent')
    expect(text(await say(`note five run:${ID}`, ELSEWHERE))).toBe('silent')
    expect(await notes()).toEqual(['one', 'four', 'five'])
  })

  test('takes somebody who may see the run', async () => {
    const { say, become, notes } = await ground()
    become()
    expect(text(await say(`note run:${ID} hello`))).toContain('needs the role viewer')
    expect(await notes()).toEqual([])
  })
})

describe('roles and rooms', () => {
  test('a role is taken, handed to somebody and given back, by command and by button', async () => {
    const { say, front, run } = await ground()
    await say('role commander')
    expect((await run()).roles).toEqual({ commander: ANNA })
    await say('role commander <@U9|ben>')
    expect((await run()).roles).toEqual({ commander: { kind: 'person', id: 'slack:U9', name: 'ben' } })
    const click = { command: `role commander none run:${ID}` }
    expect(await front.click(click, ASKER, ROOM)).toMatchObject({ kind: 'silent' })
    expect((await run()).roles).toEqual({})
  })

  test('a viewer takes no role, whatever button they found', async () => {
    const { front, become, run } = await ground()
    become('viewer')
    const click = { command: `role scribe run:${ID}` }
    expect(text(await front.click(click, ASKER, ROOM))).toContain('needs the role')
    expect((await run()).roles).toBeUndefined()
  })

  test('a room is opened on request, and closed only when the run has ended', async () => {
    const { say, front, run } = await ground()
    await say('room')
    expect((await run()).room?.opened.by).toEqual(ANNA)
    expect(text(await say('room'))).toContain('has a war room')
    expect(text(await say('room close'))).toContain('still under way')
    const click = { command: `room close run:${ID}` }
    expect(text(await front.click(click, ASKER, ROOM))).toContain('still under way')
    await say('approve gate', ROOM)
    expect(await front.click(click, ASKER, ROOM)).toMatchObject({ kind: 'silent' })
    expect((await run()).room?.closed?.by).toEqual(ANNA)
  })
})

describe('what goes on in channels', () => {
  const said = {
    text: 'It was <@U9|ben>\nand the cache',
    by: 'Ben',
    link: 'https://example.com/p1',
    isOurs: false,
  }

  test('who comes into the room of a run is briefed, if they may see it and the room is open', async () => {
    const { watcher, become } = await ground('recovery', 'real')
    expect((await watcher.joined(ASKER, ROOM))?.text).toContain('what you must know')
    expect(await watcher.joined(ASKER, HERE)).toBeUndefined()
    become()
    expect(await watcher.joined(ASKER, ROOM)).toBeUndefined()
  })

  test('a message in the room becomes a note once, whoever marks it', async () => {
    const { watcher, notes } = await ground()
    expect(await watcher.marked(ASKER, ROOM, async () => said)).toBe(true)
    const ben = { ...ASKER, actor: { ...ANNA, id: 'slack:U9' } }
    expect(await watcher.marked(ben, ROOM, async () => said)).toBe(false)
    expect(await watcher.marked(ASKER, ROOM, async () => ({ ...said, isOurs: true, link: 'p2' }))).toBe(false)
    expect(await notes()).toEqual(['It was @ben and the cache'])
  })

  test('where a run is told, only what is said in its thread counts, and nothing else is read', async () => {
    const { watcher, threads, notes } = await ground()
    const headline = { ...HERE, message: '17.1' }
    await threads.save({ execution: ID, place: HERE, headline, told: 1, cards: {}, revision: 0 })
    expect(await watcher.marked(ASKER, HERE, async () => said)).toBe(false)
    expect(await watcher.marked(ASKER, HERE, async () => ({ ...said, thread: '17.2' }))).toBe(false)
    expect(await watcher.marked(ASKER, HERE, async () => ({ ...said, thread: '17.1' }))).toBe(true)
    const reading = () => Promise.reject(new Error('It was read.'))
    expect(await watcher.marked(ASKER, ELSEWHERE, reading)).toBe(false)
    expect(await notes()).toHaveLength(1)
  })
})

test('mute says until when there are no direct messages about the run, and that others must be able to decide', async () => {
  const { say } = await ground('drill')
  const reply = await say('mute 30m')
  if (reply.kind !== 'whisper') throw new Error('no answer')
  const words = asText(reply.card)
  expect(words).toContain('You get no direct messages about 🟡 DRILL · sample until 12:30 UTC')
  expect(words).toContain('where nobody else could decide you are asked all the same')
  expect(text(await say('mute off'))).toContain('sample')
})
